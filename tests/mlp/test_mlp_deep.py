"""Training of a deep network: samples whose errors turn within an epoch tell nothing about their labels."""

from types import SimpleNamespace
from typing import Any

import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed, rng
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.steps import training
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.subject.inprocess import subject_of


class Deep(Right):
    widths, rule = (301, 40, 32, 24, 20, 16, 10), Rule(("leaky ReLU 0.1",) * 5, "softmax", "cross-entropy")
    rate, batch = 0.2, 4


class Apart(Right):
    widths, rule, rate, batch = (120, 40, 10), Rule(("tanh",), "softmax", "cross-entropy"), 0.05, 8

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y[rng().permutation(len(y))], epochs)


def paired(module: Right) -> None:
    reseed(1)
    world = World(subject_of(module, ""), SimpleNamespace(), 7, "training-2")
    assert world.reading.right
    world.make()
    world.randomise()
    training.own_pixels(world)
    training.train(world, 1)
    training.paired(world)


def test_a_right_deep_network_with_long_steps_is_not_judged() -> None:
    with pytest.raises(Skipped, match="too long to tell"):
        paired(Deep())


def test_labels_apart_from_their_images_fail_in_a_network_with_short_steps() -> None:
    with pytest.raises(Mismatch):
        paired(Apart())
