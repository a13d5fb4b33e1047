"""An epoch uses every sample of a set larger than a batch, also where fewer pixels than samples tell them apart."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.moved_weights.used_samples import most_of_more
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


class Small(Right):
    widths = (6, 9, 5)
    rule = Rule(("tanh",), "softmax", "cross-entropy")
    batch = 10


def judged(train: Callable[[Small, Net, Any, Any], None]) -> None:
    reseed(1)
    cls = type("Made", (Small,), {"train": lambda self, net, x, y, epochs: train(self, net, x, y)})
    world = World(subject_of(cls(), ""), SimpleNamespace(), 1, "training-1")
    assert world.reading.right
    world.make()
    most_of_more(world)


def all_batches(self: Small, net: Net, x: Any, y: Any) -> None:
    Right.train(self, net, x, y, 1)


def without_a_fifth(self: Small, net: Net, x: Any, y: Any) -> None:
    Right.train(self, net, x[: -len(x) // 5], y[: -len(x) // 5], 1)


def only_the_first(self: Small, net: Net, x: Any, y: Any) -> None:
    some = self.batches(len(x))[0]
    self.step(net, x[some], y[some])


def twice_and_no_more(self: Small, net: Net, x: Any, y: Any) -> None:
    for some in self.batches(len(x))[:2]:
        self.step(net, x[some], y[some])


@pytest.mark.parametrize("train", [all_batches, without_a_fifth])
def test_a_training_that_uses_most_samples_passes(train: Callable[[Small, Net, Any, Any], None]) -> None:
    judged(train)


@pytest.mark.parametrize("train", [only_the_first, twice_and_no_more])
def test_a_training_of_a_few_batches_alone_fails(train: Callable[[Small, Net, Any, Any], None]) -> None:
    with pytest.raises(Mismatch, match="larger set"):
        judged(train)
