"""Weights that moved before the error went back through them."""

import numpy as np

from nnkata.katas.mlp.misconceptions.backward import moved
from nnkata.katas.mlp.reading import close
from nnkata.katas.mlp.trial import Trial, whole
from nnkata.katas.mlp.world import World


def updated_first(trial: Trial) -> set[int]:
    """The arrays explained by weights that moved by some rate before the error went back through them.

    The gradient of the last hidden layer's weights is linear in the rate, so the rate is inferred from it and tried on
    all.
    """
    layout = trial.layout
    if len(layout.layers) < 2:
        return set()
    leaf = layout.layers[-2][0]

    base = trial.right[0][leaf]
    found: set[int] = set()
    for one_by_one in (False, True):
        one = trial.gradients(moved(1.0, one_by_one), trial.batches[0])[leaf]
        side, came = (one - base).ravel(), whole(trial.batches[0].gradients[leaf], base)
        if came.shape != base.shape or not side.any():
            continue
        rate = float((came - base).ravel() @ side / (side @ side))
        found |= trial.explained(moved(rate, one_by_one)) if rate > 0 else set()
    return found


def moved_first(world: World, rate: float) -> bool:
    """Whether the latest step's moves fit weights that moved before the error went back through them."""
    reading = world.reading
    assert reading.layout is not None
    assert reading.fit is not None

    start = [now - move for now, move in zip(map(np.asarray, world.read()), world.notes["moves"], strict=True)]
    for one_by_one in (False, True):
        passed = moved(rate, one_by_one)(reading.fit.rule, reading.layout.whole(start), world.x)
        expected = reading.layout.taken_apart(passed.gradients(world.y))
        if all(close(m / -rate, g, 1e-3) for m, g in zip(world.notes["moves"], expected, strict=True)):
            return True
    return False
