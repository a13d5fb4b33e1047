"""A step that also shrinks the weights, as AdamW's does, keeps images and labels together."""

from types import SimpleNamespace
from typing import Any

import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.steps.training import own_pixels, paired, train
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


class Shrinking(Right):
    """Its steps make the weights smaller by a twentieth."""

    widths = (12, 16, 8)
    rule = Rule(("tanh",), "softmax", "cross-entropy")
    rate = 0.1

    def step(self, net: Net, x: Any, y: Any) -> None:
        for array, gradient in zip(net.arrays, self.gradients(net, x, y), strict=True):
            array *= 0.95
            array -= self.rate * gradient


class Mixed(Shrinking):
    """The labels are those of other samples as well."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y[::-1], epochs)


def judged(module: Right) -> None:
    reseed(1)
    world = World(subject_of(module, ""), SimpleNamespace(), 1, "training-2")
    assert world.reading.right
    world.make()
    world.randomise()
    own_pixels(world)
    train(world, 1)
    paired(world)


def test_a_step_that_shrinks_the_weights_keeps_pairs_together() -> None:
    judged(Shrinking())


def test_labels_in_another_order_still_fail() -> None:
    with pytest.raises(Mismatch, match="own label"):
        judged(Mixed())
