"""The decay of weights in gradients of which no loss is known yet: from the part beside the inputs of each layer.

A gradient Aᵀδ lies in the space of the rows of A, whatever δ is; a multiple of the weights does not.
"""

from collections.abc import Sequence

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import ALIKE, Batch

#: The relative difference of a part of a gradient from a multiple of the weights' part.
EXACT = 1e-3


def beside(layout: Layout, rule: Rule, batches: Sequence[Batch]) -> tuple[float, bool]:
    """The decay that all layers wide enough to show one have, and whether it is divided by the samples; else 0."""
    found: list[tuple[float, float]] = []
    for place, (leaf, _bias) in enumerate(layout.layers):
        parts = [_multiple(layout, rule, batch, place, leaf) for batch in batches[:2]]
        if any(part is not None for part in parts):
            found.append((parts[0] or 0.0, parts[1] or 0.0))
    if len(found) < 2:
        return 0.0, False
    one, other = found[0]
    if not one or not other or not np.allclose(found, found[0], rtol=ALIKE):
        return 0.0, False
    n, m = (len(batch.x) for batch in batches[:2])
    if np.isclose(one, other, rtol=ALIKE):
        return one, False
    return (one * n, True) if np.isclose(one * n, other * m, rtol=ALIKE) else (0.0, False)


def _multiple(layout: Layout, rule: Rule, batch: Batch, place: int, leaf: int) -> float | None:
    """The multiple of a layer's weights beside its inputs; 0 if it is none, None if the batch is too large for it."""
    came = np.asarray(batch.gradients[leaf], np.float64)
    if came.shape != layout.shapes[leaf] or not np.isfinite(came).all():
        return None
    layers = layout.whole(batch.parameters)
    inputs = Pass(rule, layers, batch.x).A[place]
    if len(inputs) >= inputs.shape[1] or layout.joined is not None:
        return None
    project = _beside(inputs)
    own, part = project @ layers[place][0], project @ (came if layout.rows else came.T)
    length = float((own * own).sum())
    share = float((own * part).sum()) / length if length else 0.0
    exact = np.abs(part - share * own).max() <= EXACT * abs(share) * np.abs(own).max(initial=0.0)
    return share if exact and abs(share) * np.abs(own).max() > EXACT * ALIKE * np.abs(came).max() else 0.0


def _beside(inputs: Array) -> Array:
    """The projection on the complement of the rows of some inputs (n, d)."""
    return np.asarray(np.eye(inputs.shape[1]) - np.linalg.pinv(inputs) @ inputs)
