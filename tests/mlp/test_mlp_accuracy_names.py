"""An accuracy of 0 is that of the last samples only if that of the first ones is 1 in the other order."""

from types import SimpleNamespace
from typing import Any

import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.steps.accuracy import fraction_is, known_answers, measure
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


class OfTheLast(Right):
    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return super().accuracy(net, x[-3:], y[-3:])


class Never(Right):
    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return 0.0


@pytest.mark.parametrize(("module", "names"), [(OfTheLast(), {"accuracy-of-the-last-batch"}), (Never(), set())])
def test_an_accuracy_of_none_is_named_in_both_orders(module: Right, names: set[str]) -> None:
    reseed(1)
    world = World(subject_of(module, ""), SimpleNamespace(), 1, "accuracy-3")
    world.make()
    world.randomise()
    known_answers(world, 20, 8)
    measure(world)
    with pytest.raises(Mismatch) as error:
        fraction_is(world, 0.4)
    assert getattr(error.value.evidence, "names", None) == names
