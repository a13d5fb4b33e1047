"""Infer the activations and the output function of a network from its outputs.

One activation in all hidden layers is tried first, then all combinations, which are computed at once on one sample.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, OUTPUTS, USUAL
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import Batch, close

#: The most hidden layers whose activations are combined, and the most numbers of a layer in all combinations.
MOST_LAYERS, MOST_NUMBERS = 3, 1_000_000
#: A tolerance is a share of the largest output, and a sample alone may have smaller ones than its batch.
ALONE = 10.0


def functions(
    layouts: Sequence[Layout], batches: Sequence[Batch], tolerance: float
) -> tuple[Layout, tuple[str, ...], str] | None:
    """The layout, the hidden activations and the output that give these numbers on every batch; None if none do."""
    for layout in layouts:
        depth = len(layout.layers) - 1
        for hidden in ((name,) * depth for name in (ACTIVATIONS if depth else ("linear",))):
            fitting = [name for name in OUTPUTS if _gives(layout, hidden, name, batches, tolerance)]
            if fitting:
                return layout, hidden, fitting[0]
        for hidden, output in _mixed(layout, batches[0], tolerance):
            if _gives(layout, hidden, output, batches, tolerance):
                return layout, hidden, output
    return None


def _gives(layout: Layout, hidden: tuple[str, ...], output: str, batches: Sequence[Batch], tolerance: float) -> bool:
    rule = Rule(hidden, output, USUAL[output][0])
    return all(
        batch.output is not None
        and close(batch.output, Pass(rule, layout.whole(batch.parameters), batch.x).output, tolerance)
        for batch in batches
    )


def _mixed(layout: Layout, batch: Batch, tolerance: float) -> Iterator[tuple[tuple[str, ...], str]]:
    """The different hidden activations, with the output, that give the output of the batch's first sample.

    The commonest activations come first. There are none for more than three hidden layers, and for very wide ones.
    """
    depth, names = len(layout.layers) - 1, list(ACTIVATIONS)
    numbers = [width * len(names) ** n for n, width in enumerate(layout.widths[1:])]
    if batch.output is None or not 1 < depth <= MOST_LAYERS or max(numbers) > MOST_NUMBERS:
        return
    layers = layout.whole(batch.parameters)
    values, wanted = batch.x[:1], batch.output[:1]
    with np.errstate(all="ignore"):
        for place, (weights, bias) in enumerate(layers):
            z = values @ weights + (0.0 if bias is None else bias)
            if place < depth:  # the rows of a layer's first activation, then those of its second, …
                values = np.concatenate([ACTIVATIONS[name].value(z) for name in names])
        least = ALONE * tolerance * float(np.max(np.abs(wanted), initial=0.0))
        rows = [np.flatnonzero(np.abs(OUTPUTS[name](z) - wanted).max(axis=1) <= least) for name in OUTPUTS]
    combined = list(product(range(len(names)), repeat=depth))
    found = [(combined[row][::-1], name) for name, fitting in zip(OUTPUTS, rows, strict=True) for row in fitting]
    for places, name in sorted(found, key=lambda one: (max(one[0]), one[0])):
        if len(set(places)) > 1:
            yield tuple(names[place] for place in places), name
