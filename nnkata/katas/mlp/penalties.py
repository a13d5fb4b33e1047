"""The penalty on weights in a loss: its part beside the error of the samples."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.mlp.oracle import Pass, Rule


def with_penalty(rule: Rule, rests: Sequence[float], passes: Sequence[Pass], near: float) -> Rule | None:
    """The rule with the penalty that gives these rests of a loss, one for each batch; None if no one penalty does.

    A penalty is a multiple of the squared weights, of these divided by the number of samples, or of the absolute
    weights. `near` is the rounding of a rest.
    """
    plain = replace(rule, decay=0.0, sparse=0.0, spread=False)
    if all(abs(rest) <= near for rest in rests):
        return plain
    squares = [0.5 * sum(float((W**2).sum()) for W, _bias in passed.layers) for passed in passes]
    sizes = [sum(float(np.abs(W).sum()) for W, _bias in passed.layers) for passed in passes]
    spread = [square / passed.n for square, passed in zip(squares, passes, strict=True)]
    if (decay := _multiple(rests, squares, near)) is not None:
        return replace(plain, decay=decay)
    if (decay := _multiple(rests, spread, near)) is not None:
        return replace(plain, decay=decay, spread=True)
    if (sparse := _multiple(rests, sizes, near)) is not None:
        return replace(plain, sparse=sparse)
    return None


def _multiple(rests: Sequence[float], terms: Sequence[float], near: float) -> float | None:
    """The number that times each term is its rest; None if there is none."""
    found = rests[0] / terms[0] if terms[0] else 0.0
    fits = all(abs(rest - found * term) <= 2 * near for rest, term in zip(rests, terms, strict=True))
    return found if fits and found else None
