"""Units that start alike: the name for weights of one number is that of no other such start."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.right import Right, reseed, rng
from nnkata.katas.mlp.steps.parameters import units_differ
from nnkata.katas.mlp.world import World
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


class Ones(Right):
    def draw(self, fan_in: int, width: int) -> Array:
        return np.ones((fan_in, width))


class Repeated(Right):
    """Its units have the same weights, which differ by input."""

    def draw(self, fan_in: int, width: int) -> Array:
        return np.tile(rng().normal(size=(fan_in, 1)), (1, width))


class OnePair(Right):
    def draw(self, fan_in: int, width: int) -> Array:
        weights = super().draw(fan_in, width)
        weights[:, 0] = weights[:, 1]
        return weights


@pytest.mark.parametrize(("module", "name"), [(Ones(), "starts-at-zero"), (Repeated(), ""), (OnePair(), "")])
def test_only_weights_of_one_number_are_named_so(module: Right, name: str) -> None:
    reseed(1)
    world = World(subject_of(module, ""), SimpleNamespace(), 1, "start-2")
    world.make()
    world.before = world.read()
    with pytest.raises(Mismatch, match="different units of layer 1") as raised:
        units_differ(world)
    assert raised.value.evidence.names == {name}
