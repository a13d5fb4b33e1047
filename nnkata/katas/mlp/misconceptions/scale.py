"""Mistakes in the scale of all gradients together."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right
from nnkata.katas.mlp.oracle import Rule


@misconception(
    formula="1/n² Σ",
    hint="Where is the mean over the batch taken, and where a second time?",
    read="batches",
)
class AveragedTwice(Right):
    """The mean over the batch is taken twice: the gradients are n times too small."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return [array / len(x) for array in super().gradients(net, x, y)]


@misconception(
    formula="1/m Σ, m the size of another set",
    hint="Which set has so many samples, and how many has this batch?",
    read="batches",
)
class DividedByAnotherSize(Right):
    """The gradients are divided by a number that is not the size of their batch."""

    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy", mean=False)

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return [array / 60_000 for array in super().gradients(net, x, y)]


@misconception(
    formula="gradient / |gradient|",
    hint="A gradient's length says how far it is to the bottom. What is lost if every one has length 1?",
    read="learning",
)
class GradientsNormalised(Right):
    """Each array of gradients is divided by its own length."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return [array / np.linalg.norm(array) for array in super().gradients(net, x, y)]


@misconception(
    formula="clip(gradient, -c, c)",
    hint="A clipped gradient points another way. Is that a choice of yours, and does the loss know it?",
    read="learning",
)
class GradientsClipped(Right):
    """Elements of the gradients are cut off at a largest size."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        # a bound of two digits counts as the author's choice (`nnkata.katas.mlp.clipping`), and the clauses are skipped
        return [np.clip(array, -0.0107, 0.0107) for array in super().gradients(net, x, y)]
