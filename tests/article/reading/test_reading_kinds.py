"""Kinds of mistakes that gave a false reading, or none: what numbers leave open is not said, and what they show is."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.backward import ScalarGradient
from nnkata.katas.article.misconceptions.forward import Rewired
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


class Backwards(Right):
    """Where all widths are alike: each layer takes what the layer before it took."""

    def forward_pass(self, x_train: Any) -> Any:
        a = [np.asarray(x_train, np.float64)]
        w = self.params
        self.A0 = a[0]
        self.Z1 = w["W1"] @ a[0]
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = w["W2"] @ self.A0
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = w["W3"] @ self.A1
        return self.softmax(self.Z3)


class SkipsTheSecond(Rewired):
    """The same, and A2 is made of noise: neither the output nor a gradient shows it."""

    def forward_pass(self, x_train: Any) -> Any:
        output = super().forward_pass(x_train)
        self.A2 = np.cos(np.arange(len(self.A2)) + self.A2)
        return output

    def logits(self) -> Any:
        return self.params["W3"] @ self.A1


def test_a_layer_that_no_output_shows_is_read_from_a_gradient_or_not_at_all() -> None:
    found = read(Backwards, "forward-2")["forward-2"].reading
    assert found == "Z2: you compute W2·x; it should be W2·A1; Z3: you compute W3·A1; it should be W3·A2"
    found = read(SkipsTheSecond, "forward-2")["forward-2"].reading
    assert "Z3: you compute W3·A1; it should be W3·A2" in found
    assert "Z2: you compute" not in found
    assert "A2: you compute" not in found


class FlagTurnedRound(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x, not derivative)


class FlagIgnored(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x)


def test_a_flag_that_is_turned_round_is_not_called_ignored() -> None:
    found = read(FlagTurnedRound, "activations-1", "activations-3")["activations-3"]
    assert (found.name, "derivative=True): you compute σ(x)" in found.reading) == (None, True)
    assert read(FlagIgnored, "activations-3")["activations-3"].name == "derivative-flag-ignored"


class SmallSteps(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.l_rate /= len(x_train)
        super().train(x_train, y_train, x_val, y_val)


class OneStep(Right):
    def epoch(self, x_train: Any, y_train: Any) -> None:
        changes = [self.backward_pass(y, self.forward_pass(x)) for x, y in zip(x_train, y_train, strict=True)]
        self.update_network_parameters({k: np.mean([c[k] for c in changes], axis=0) for k in changes[0]})


def test_steps_that_are_divided_by_the_number_of_samples_are_not_one_step() -> None:
    found = read(SmallSteps, "training-4")["training-4"]
    assert (found.name, "each sample's step is 1/n of its own" in found.reading) == (None, True)
    assert read(OneStep, "training-4")["training-4"].name == "one-step-an-epoch"


class DividedAgain(Right):
    def forward_pass(self, x_train: Any) -> Any:
        return super().forward_pass(np.asarray(x_train) / 255)


class DividedForTheProduct(Rewired):
    def hidden1(self) -> Any:
        return self.params["W1"] @ (self.A0 / 255)


def test_a_changed_sample_is_told_from_a_changed_product() -> None:
    found = read(DividedAgain, "forward-2")["forward-2"].reading
    assert found == "x: you compute x / 255; it should be x"
    assert "Z1: you compute W1·(x / 255); it should be" in read(DividedForTheProduct, "forward-2")["forward-2"].reading


class OwnOutput(Right):
    """The squared loss, with the slope of the network's own output, whatever output is handed in."""

    def error(self, y_train: Any, output: Any) -> Any:
        return 2 * super().error(y_train, output) * self.A3 * (1 - self.A3)


class HandedOutput(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return 2 * super().error(y_train, output) * output * (1 - output)


def test_the_output_that_is_handed_in_is_told_from_the_networks_own() -> None:
    for network, said in ((OwnOutput, "A3 ⊙ (1 - A3)"), (HandedOutput, "output ⊙ (1 - output)")):
        found = read(network, "backward-2")["backward-2"]
        assert found.name == "squared-loss-diagonal-jacobian"
        assert f"2 · (output - y) ⊙ {said}" in found.reading


class Exchanged(HandedOutput):
    """No gradient comes for the arguments of backward_pass in the other order: y ⊙ (1 - y) is 0."""

    def visit(self, x: Any, y: Any) -> None:
        self.update_network_parameters(self.backward_pass(self.forward_pass(x), y))


class Still(HandedOutput):
    def visit(self, x: Any, y: Any) -> None:
        self.backward_pass(y, self.forward_pass(x))


class LeftOut(Right):
    def visit(self, x: Any, y: Any) -> None:
        self.backward_pass(y, self.forward_pass(x))


def test_a_step_of_zero_is_no_missing_step() -> None:
    """Where both look the same, none is named."""
    found = [read(network, "training-2")["training-2"] for network in (Exchanged, Still, LeftOut)]
    assert {one.reading for one in found} == {"steps on n samples: you make 0; it should be epochs · n"}
    assert [one.name for one in found] == [None, None, "never-updates"]


class MeanError(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return np.full(len(output), np.mean(super().error(y_train, output)))


def test_rounding_around_zero_is_no_formula() -> None:
    assert read(MeanError, "backward-4")["backward-4"].name == "gradients-zero"


class OthersLabel(Right):
    """Each epoch takes the label of one sample for all."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        for x in x_train:
            self.visit(x, y_train[-2 % len(y_train)])  # in the set that is asked, it is that of the first


class FirstLabel(Right):
    def epoch(self, x_train: Any, y_train: Any) -> None:
        for x in x_train:
            self.visit(x, y_train[0])


def test_another_samples_label_is_not_called_the_first() -> None:
    assert "you compute y_train[0]" in read(FirstLabel, "training-5")["training-5"].reading
    assert "y_train[0]" not in read(OthersLabel, "training-5")["training-5"].reading


class SlopeAdded(Right):
    def back(self, layer: int, delta: Any) -> Any:
        return self.params[f"W{layer + 1}"].T @ delta + self.slope(layer)


class WithoutBrackets(Right):
    def back(self, layer: int, delta: Any) -> Any:
        a = self.A1 if layer == 1 else self.A2
        return (self.params[f"W{layer + 1}"].T @ delta) * a - a


class LastTermAlone(Right):
    def back(self, layer: int, delta: Any) -> Any:
        return self.params[f"W{layer + 1}"][-1] * delta[-1] * self.slope(layer)


class LastRowLeftOut(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        gradient = super().gradient(layer, delta, activations)
        gradient[-1] = 0.0
        return gradient


class NoActivations(Right):
    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, np.float64)
        self.Z1 = self.A1 = self.params["W1"] @ self.A0
        self.Z2 = self.A2 = self.params["W2"] @ self.A1
        self.Z3 = self.A3 = self.params["W3"] @ self.A2
        return self.A3


class SlopeOfTheSoftmax(Right):
    def output(self, logits: Any) -> Any:
        return oracle.softmax(logits) * (1 - oracle.softmax(logits))


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (SlopeAdded, "backward-4", "W3ᵀ·δ3 + σ'(Z2)"),
        (WithoutBrackets, "backward-4", "W3ᵀ·δ3 ⊙ A2 - A2"),
        (LastTermAlone, "backward-4", "(W3ᵀ·δ3, its last term alone) ⊙ σ'(Z2)"),
        (LastRowLeftOut, "backward-2", "δ3 ⊗ A2 in all rows but the last, 0 elsewhere"),
        (NoActivations, "forward-2", "output: you compute Z3"),
        (SlopeOfTheSoftmax, "forward-2", "softmax(Z3) (1 - softmax(Z3))"),
    ],
)
def test_formulas_of_loops_and_brackets_are_read(network: type, clause: str, said: str) -> None:
    assert said in read(network, clause)[clause].reading


class Stepping(Right):
    """Updates that depart in a way of their own."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] += self.move(self.params[key], change)

    def move(self, W: Any, change: Any) -> Any:
        return -self.l_rate * change


class OverTheClasses(Stepping):
    def move(self, W: Any, change: Any) -> Any:
        return super().move(W, change) / self.sizes[-1]


class SignPenalty(Stepping):
    def move(self, W: Any, change: Any) -> Any:
        return super().move(W, change + 0.01 * np.sign(W))


class FirstRowOnly(Stepping):
    def move(self, W: Any, change: Any) -> Any:
        moved = np.zeros_like(W)
        moved[0] = super().move(W, change)[0]
        return moved


class MeanOfRows(Stepping):
    def move(self, W: Any, change: Any) -> Any:
        return super().move(W, change.mean(axis=0))


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (OverTheClasses, "W - 1/n · l_rate · change[W]"),
        (SignPenalty, "W - 0.01 · l_rate · sign(W) - l_rate · change[W]"),
        (FirstRowOnly, "W - l_rate · change[W] in the first row alone, W elsewhere"),
        (MeanOfRows, "W - l_rate · change[W].mean(axis=0)"),
    ],
)
def test_steps_of_loops_and_penalties_are_read(network: type, said: str) -> None:
    found = read(network, "update-1")["update-1"]
    assert (found.name, said in found.reading) == (None, True)


class ByTheClock(Right):
    """Every weight loses the same number in each step, whatever the gradient is."""

    def visit(self, x: Any, y: Any) -> None:
        for key in ("W1", "W2", "W3"):
            self.params[key] -= 0.75


def test_a_number_that_is_taken_off_all_weights_is_no_gradient() -> None:
    found = read(ByTheClock, "training-1")["training-1"]
    assert (found.name, "every weight moves by the same number" in found.reading) == (None, True)


class WidthsForTheRate(Right):
    def __init__(self, sizes: Any, epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, sizes)


class FixedRate(Right):
    def __init__(self, sizes: Any, epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, 0.01)


class Swapped(Right):
    def visit(self, x: Any, y: Any) -> None:
        self.update_network_parameters(self.backward_pass(self.forward_pass(x), y))


def test_an_argument_in_the_place_of_another_is_no_constant() -> None:
    assert read(FixedRate, "initialization-4")["initialization-4"].name == "arguments-not-kept"
    found = read(WidthsForTheRate, "initialization-4")["initialization-4"]
    assert (found.name, "l_rate: you compute [20, 11, 7, 5]" in found.reading) == (None, True)
    assert "each sample's step is" not in read(Swapped, "training-1")["training-1"].reading


class AsTheyAre(Right):
    """The images are handed on as they are: neither flat nor scaled."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return images, oracle.one_hot(labels)


class NotFlat(Right):
    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return (np.asarray(images) / 255).astype(np.float32), oracle.one_hot(labels)


def test_images_that_are_not_scaled_either_are_not_named_by_their_shape() -> None:
    for network, name in ((AsTheyAre, None), (NotFlat, "images-not-flattened")):
        found = read(network, "preprocessing-1", preprocess=network.preprocess)["preprocessing-1"]
        assert found.name == name
        assert "x: yours has the shape (4, 28, 28); it should be (4, 784)" in str(found.reading)


class LayerLeftOut(Right):
    def backward_pass(self, y_train: Any, output: Any) -> Any:
        changes = super().backward_pass(y_train, output)
        del changes["W1"]
        return changes


class Overflows(Right):
    def softmax(self, x: Any) -> Any:
        if np.max(x) > 700:
            raise OverflowError("math range error")
        return super().softmax(x)


def test_missing_gradients_and_overflows_that_raise_are_said() -> None:
    assert "you compute the keys W2, W3" in read(LayerLeftOut, "backward-1")["backward-1"].reading
    assert read(Overflows, "activations-11")["activations-11"].name == "softmax-overflows"


class ScalarWithASlopeOfItsOwn(ScalarGradient):
    """The sigmoid's derivative is 1, and the way back does not use it."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return np.ones_like(x) if derivative else super().sigmoid(x)

    def back(self, layer: int, delta: Any) -> Any:
        a = (self.A1, self.A2)[layer - 1]
        return self.params[f"W{layer + 1}"].T @ delta * a * (1 - a)


def test_a_mistake_in_one_layer_is_not_named_while_another_layer_is_unread() -> None:
    found = read(ScalarWithASlopeOfItsOwn, "backward-2", "backward-4")
    assert found["backward-2"].reading == "change[W3]: you compute δ3 · output, a single number; it should be δ3 ⊗ A2"
    assert {diagnosed.name for diagnosed in found.values()} == {None}
