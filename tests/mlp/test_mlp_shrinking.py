"""Whether training keeps images and labels together, also if its steps shrink the weights as AdamW's do."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.moved_weights.pairing import pairing
from nnkata.katas.mlp.oracle import Pass, Rule
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


class Hinge(Right):
    """Hinge loss of linear outputs after two different activations."""

    widths = (12, 16, 12, 6)
    rule = Rule(("tanh", "softplus"), "linear", "hinge loss")
    rate = 0.05


class MixedHinge(Hinge):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y[::-1], epochs)


class Narrow(Right):
    widths = (12, 6, 8)
    rule = Rule(("tanh",), "softmax", "cross-entropy")


class MixedNarrow(Narrow):
    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y[::-1], epochs)


@pytest.mark.parametrize("module", [Hinge(), Narrow()], ids=["hinge", "narrow"])
def test_right_pairs_pass_with_another_loss_or_a_narrow_layer(module: Right) -> None:
    judged(module)


@pytest.mark.parametrize("module", [MixedHinge(), MixedNarrow()], ids=["hinge", "narrow"])
def test_mixed_pairs_fail_with_another_loss_or_a_narrow_layer(module: Right) -> None:
    with pytest.raises(Mismatch, match="own label"):
        judged(module)


def test_steps_of_one_length_in_all_weights_keep_pairs_together() -> None:
    rng = np.random.default_rng(3)
    x, y = np.eye(7), np.eye(8)[np.arange(7) % 8]
    layers: list[Any] = [(rng.normal(0, 0.4, (a, b)), np.zeros(b)) for a, b in ((7, 8), (8, 8))]
    passed = Pass(Rule(("ReLU",), "softmax", "squared error"), layers, x)
    own = pairing(passed, -np.sign(passed.deltas(y)[0]), y).own
    assert own.all()


def test_only_moves_towards_other_labels_are_labels_that_were_shuffled() -> None:
    rng = np.random.default_rng(4)
    x, y = np.eye(20), np.eye(8)[np.arange(20) % 8]
    layers: list[Any] = [(rng.normal(0, 0.4, (a, b)), np.zeros(b)) for a, b in ((20, 16), (16, 8))]
    passed = Pass(Rule(("tanh",), "softmax", "cross-entropy"), layers, x)
    steps = {"own": passed.deltas(y)[0], "others": passed.deltas(np.roll(y, 3, axis=1))[0]}
    weights = layers[0][0]
    moves = {
        "": -steps["own"],
        "shuffled-without-labels": -steps["others"],
        "steps-up": steps["own"],
        "clipped": np.maximum(weights - 0.1 * steps["own"], 0) - weights,
    }
    named = {kind: pairing(passed, move, y).name(8) for kind, move in moves.items()}
    assert named == {kind: kind if kind != "clipped" else "" for kind in moves}
