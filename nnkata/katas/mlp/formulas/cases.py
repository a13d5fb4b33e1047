"""Batches with the network's own gradients, from which formulas are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised

if TYPE_CHECKING:
    from nnkata.katas.mlp.world import World

#: The samples of each batch: single ones, which show a delta even in narrow layers, and several sizes.
SIZES = (3, 1, 2, 5, 1)


@dataclass(frozen=True, eq=False)
class Case:
    """One batch of a network with random parameters: the right way forward, and the returned gradients.

    Per layer: the returned `weights` (in, out) and `biases` (out,), None where the network has none. A bias's gradient
    of another size is kept as it is, raveled; of weights of another shape there is None.
    """

    passed: Pass
    y: Array
    weights: Sequence[Array | None]
    biases: Sequence[Array | None]
    written: Sequence[Array] = field(default_factory=list)
    came: Sequence[Array] = field(default_factory=list)

    @property
    def n(self) -> int:
        """The number of samples."""
        return self.passed.n

    def under(self, rule: Rule) -> "Case":
        """The same batch by another rule."""
        return replace(self, passed=Pass(rule, self.passed.layers, self.passed.x))


def observed(world: "World", rule: Rule) -> list[Case]:
    """The cases of a network, with parameters drawn anew for each.

    Raises:
        Mismatch: its gradients are not as many as its parameters.
        Raised: it raises.
    """
    layout = world.reading.layout
    assert layout is not None
    found = []
    for n in SIZES:
        world.randomise()
        x, y = world.samples(n)
        came = [_number(value) for value in world.gradients(x, y)]
        passed = Pass(rule, layout.whole(world.written), x)
        fitting = [
            value if value.shape == held.shape else np.full(held.shape, np.nan)
            for value, held in zip(came, world.written, strict=True)
        ]
        weights: list[Array | None] = []
        biases: list[Array | None] = []
        for (at, own), (matrix, bias) in zip(layout.layers, layout.whole(fitting), strict=True):
            weights.append(matrix if np.isfinite(matrix).all() else None)
            biases.append(bias if own is None or bias is None or np.isfinite(bias).all() else came[own].ravel())
            if at is not None and came[at].shape != world.written[at].shape:
                weights[-1] = None
        found.append(Case(passed, y, weights, biases, list(world.written), came))
    return found


def _number(value: object) -> Array:
    try:
        return np.asarray(value, np.float64)
    except (TypeError, ValueError):
        return np.full((), np.nan)


def cases_of(world: "World", rule: Rule) -> list[Case]:
    """`observed`, or none if the network gives no gradients of these batches."""
    try:
        return observed(world, rule)
    except (Mismatch, Raised):
        return []
