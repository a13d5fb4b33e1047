"""The samples that an epoch leaves out, and the mistake that leaves out just these."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed, rng
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.steps.training import all_used, own_pixels, train
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


class Shuffled(Right):
    """A network of 60 inputs, and so of 60 samples with a pixel of their own; a batch has 8."""

    widths = (60, 9, 5)
    rule = Rule(("tanh",), "softmax", "cross-entropy")
    batch = 8

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        order = rng().permutation(len(x))
        for some in self.parts(order):
            self.step(net, x[some], y[some])

    def parts(self, order: Any) -> Iterator[Any]:
        """The samples of each batch."""
        raise NotImplementedError


class WholeBatches(Shuffled):
    def parts(self, order: Any) -> Iterator[Any]:
        return (order[n * 8 : (n + 1) * 8] for n in range(len(order) // 8))


class EndsBeforeTheLastBatch(Shuffled):
    def parts(self, order: Any) -> Iterator[Any]:
        return (order[n : n + 8] for n in range(0, len(order) - 8, 8))


class EachBatchLacksItsLast(Shuffled):
    def parts(self, order: Any) -> Iterator[Any]:
        return (order[n : n + 7] for n in range(0, len(order), 8))


class KeepsATenthForATest(Shuffled):
    def parts(self, order: Any) -> Iterator[Any]:
        return iter(np.array_split(order[: len(order) * 9 // 10], 7))


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (WholeBatches, ("rest-dropped",)),
        (EndsBeforeTheLastBatch, ("rest-dropped",)),
        (EachBatchLacksItsLast, ()),
        (KeepsATenthForATest, ()),
    ],
)
def test_only_what_is_left_of_the_last_batch_is_called_its_rest(module: type[Shuffled], names: tuple[str, ...]) -> None:
    reseed(1)
    world = World(subject_of(module(), ""), SimpleNamespace(), 1, "training-1")
    world.make()
    own_pixels(world)
    world.randomise()
    train(world, 1)
    with pytest.raises(Mismatch) as raised:
        all_used(world)
    evidence = raised.value.evidence
    assert isinstance(evidence, Named)
    assert evidence.names == {*names}
