"""A rule's right gradients on random batches, with which wrong ones are compared."""

from collections.abc import Sequence

import numpy as np

from nnkata.katas.mlp.facts import Reading
from nnkata.katas.mlp.functions import OUTPUTS, USUAL, Array
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import Batch, close

#: The hidden activations to try with a wrong output.
TRIED = ("ReLU", "sigmoid", "tanh", "leaky ReLU 0.01", "linear")
#: Numbers below this share of a gradient's largest element are rounding.
SMALL = 1e-3
Arrays = Sequence[Array]


def comes_out(way: type[Pass], layout: Layout, reading: Reading) -> bool:
    """Whether a wrong pass gives the observed outputs, with some usual activations."""
    depth = len(layout.layers) - 1
    for hidden in TRIED if depth else TRIED[-1:]:
        for output in OUTPUTS:
            rule = Rule((hidden,) * depth, output, USUAL[output][0])
            if all(
                b.output is not None
                and close(b.output, way(rule, layout.whole(b.parameters), b.x).output, reading.tolerance)
                for b in reading.batches
            ):
                return True
    return False


class Trial:
    """One rule's right gradients on all batches, to compare wrong ones with."""

    def __init__(self, layout: Layout, rule: Rule, batches: Sequence[Batch], tolerance: float) -> None:
        self.layout, self.rule, self.batches, self.tolerance = layout, rule, batches, tolerance
        self.right = [self.gradients(Pass, batch) for batch in batches]
        #: A number much smaller than the right gradient counts as zero: a sum of a softmax's errors is 1e-17, not 0.
        self.least = [SMALL * float(np.max(np.abs(array), initial=0.0)) for array in self.right[0]]
        #: The wrong passes that were tried, and whether each changes arrays that are wrong, and no other.
        self.possible: dict[type[Pass], bool] = {}
        self.failing = {leaf for leaf in range(len(layout.shapes)) if not self._came(leaf, self.right)}

    def gradients(self, kind: type[Pass], batch: Batch) -> Arrays:
        """The gradients of a pass, right or wrong, for a batch, in the network's order."""
        layers = self.layout.whole(batch.parameters)
        with np.errstate(all="ignore"):
            return self.layout.taken_apart(kind(self.rule, layers, batch.x).gradients(batch.y))

    def _came(self, leaf: int, computed: Sequence[Arrays]) -> bool:
        return all(
            close(whole(batch.gradients[leaf], arrays[leaf]), arrays[leaf], self.tolerance, self.least[leaf])
            for batch, arrays in zip(self.batches, computed, strict=True)
        )

    def explained(self, kind: type[Pass], every: bool = False) -> set[int]:
        """The arrays that a wrong pass explains; none if another array contradicts it.

        With `every` there are none either unless it changes all wrong arrays.
        """
        first = self.gradients(kind, self.batches[0])
        touched = {
            leaf
            for leaf in range(len(first))
            if not close(first[leaf], self.right[0][leaf], self.tolerance, self.least[leaf])
        }
        self.possible[kind] = bool(touched) and touched <= self.failing
        if not self.possible[kind] or (every and touched != self.failing):
            return set()
        came = self.batches[0].gradients
        if not all(
            close(whole(came[leaf], first[leaf]), first[leaf], self.tolerance, self.least[leaf]) for leaf in touched
        ):
            return set()
        computed = [first, *(self.gradients(kind, batch) for batch in self.batches[1:])]
        fine = all(self._came(leaf, computed) and not self._missing(leaf, computed) for leaf in touched)
        return touched if fine else set()

    def proportional(self, kind: type[Pass]) -> bool:
        """Whether a wrong pass gives the last weights' gradient of the first batch, but for a factor."""
        leaf, batch = self.layout.layers[-1][0], self.batches[0]
        wrong, came = self._last(kind, batch), batch.gradients[leaf]
        length = float(np.vdot(wrong, wrong))
        if wrong.shape != came.shape or not length or not np.isfinite(length):
            return wrong.shape != came.shape or not np.any(came)
        factor = float(np.vdot(wrong, came)) / length
        return close(came, factor * wrong, 10 * self.tolerance)

    def _last(self, kind: type[Pass], batch: Batch) -> Array:
        """The last weights' gradient of a pass, without the way back where its own error is enough."""
        whole_way = self.layout.joined is not None or kind.deltas is not Pass.deltas
        if whole_way or kind.gradients is not Pass.gradients:
            return self.gradients(kind, batch)[self.layout.layers[-1][0]]
        with np.errstate(all="ignore"):
            passed = kind(self.rule, self.layout.whole(batch.parameters), batch.x)
            found = np.asarray(passed.weight_gradient(len(passed.layers) - 1, passed.error(batch.y)))
        return found if self.layout.rows else found.T

    def _missing(self, leaf: int, computed: Sequence[Arrays]) -> bool:
        """Whether the pass gives only zeros, and the submission a single number other than 0."""
        came = [batch.gradients[leaf] for batch in self.batches]
        one = any(array.size == 1 and array.any() for array in came)
        return one and self.right[0][leaf].size > 1 and not any(arrays[leaf].any() for arrays in computed)


def whole(came: Array, like: Array) -> Array:
    """A single number broadcast to the whole array, as NumPy's subtraction does."""
    return np.full(like.shape, came.ravel()[0]) if came.size == 1 and like.size > 1 else came
