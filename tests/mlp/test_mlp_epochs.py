"""The clause on the number of epochs: trainings that ignore it fail; right ones that stop early by design do not."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.steps.epochs import further
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.subject.inprocess import subject_of


def judged(module: Right) -> None:
    reseed(1)
    world = World(subject_of(module, ""), SimpleNamespace(), 1, "training-7")
    assert world.reading.ways
    world.make()
    further(world, 3)


class Returns(Right):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for _epoch in range(epochs):
            super().train(net, x, y, 1)
            return


class AlwaysFive(Right):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y, 5)


class SingleSamples(Returns):
    batch = 1  # two samples come in either order


@pytest.mark.parametrize("cls", [Returns, AlwaysFive, SingleSamples])
def test_a_training_that_ignores_the_number_of_epochs_fails(cls: type[Right]) -> None:
    with pytest.raises(Mismatch, match="the parameters after 3 epochs"):
        judged(cls())


class StopsWhenAllAreRight(Right):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for _epoch in range(epochs):
            super().train(net, x, y, 1)
            if self.accuracy(net, x, y) == 1:
                return


class KeepsTheBest(Right):
    """Of a fifth of the samples, or of all if they are few, the parameters with most right answers stay."""

    patience = 1

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        test = slice(0, max(1, len(x) // 5))
        best, kept, waited = -1.0, [a.copy() for a in net.arrays], 0
        for _epoch in range(epochs):
            super().train(net, x, y, 1)
            right = float(np.mean(self.output(net, x[test])[y[test] == 1]))
            waited = 0 if right > best else waited + 1
            if right > best:
                best, kept = right, [a.copy() for a in net.arrays]
            if waited >= self.patience:
                break
        for array, good in zip(net.arrays, kept, strict=True):
            array[...] = good


class Schedule(Right):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for epoch in range(epochs):
            self.rate = 0.2 * (1 - epoch / epochs)
            super().train(net, x, y, 1)
        self.rate = 0.2


@pytest.mark.parametrize("cls", [Right, StopsWhenAllAreRight, KeepsTheBest, Schedule])
def test_a_training_that_stops_early_or_slows_down_by_design_passes(cls: type[Right]) -> None:
    judged(cls())


class NeedsMany(Right):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        if len(x) < 10:
            raise ValueError("too few samples for a validation set")
        super().train(net, x, y, epochs)


class WholeBatchesAlone(Right):
    def batches(self, n: int) -> list[Any]:
        return [some for some in super().batches(n) if len(some) == self.batch]


@pytest.mark.parametrize("cls", [NeedsMany, WholeBatchesAlone])
def test_a_training_that_takes_no_small_sets_is_not_judged_by_them(cls: type[Right]) -> None:
    with pytest.raises(Skipped, match="one or two samples"):
        judged(cls())
