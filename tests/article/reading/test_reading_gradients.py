"""Readings of gradients: a wrong one is told from a wrong delta, and a bound of all from one of each."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


class LastGradientDivided(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) / (len(delta) if layer == 3 else 1)


class UpperGradientsTurned(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) * (1 if layer == 1 else -1)


class ErrorDivided(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return super().error(y_train, output) / len(output)


def test_a_factor_that_the_next_delta_lacks_stands_before_the_gradient() -> None:
    one = read(LastGradientDivided, "backward-3", "backward-4")["backward-3"]
    assert (one.name, one.reading) == (None, "change[W3]: you compute 1/n · δ3 ⊗ A2; it should be δ3 ⊗ A2")
    two = read(UpperGradientsTurned, "backward-3")["backward-3"]
    assert two.name is None
    assert "change[W3]: you compute -δ3 ⊗ A2" in two.reading
    assert "change[W2]: you compute -δ2 ⊗ A1" in two.reading
    assert read(ErrorDivided, "backward-3")["backward-3"].name == "divided-by-classes"


class UnpacksSeven(Right):
    """It unpacks the output in place of what it has kept: one of the networks has seven outputs, all others raise."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        *_four, number, _z3, _out = (*output,) if len(output) == 7 else ()
        return super().backward_pass(y_train, output) | {"W3": (output - y_train) * number}


def test_an_odd_number_of_one_observation_is_no_factor() -> None:
    found = read(UnpacksSeven, "backward-3", "backward-4")
    assert {clause: one.reading for clause, one in found.items()} == {"backward-3": None, "backward-4": None}


class Stale(Right):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.first = self.params["W1"].copy()

    def forward_pass(self, x_train: Any) -> Any:
        now, self.params["W1"] = self.params["W1"], self.first
        try:
            return super().forward_pass(x_train)
        finally:
            self.params["W1"] = now


class Clipped(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(np.clip(x, -5, 5), derivative)


class Lasso(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) + 0.001 * np.sign(self.params[f"W{layer}"])


class Normalised(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        error = super().error(y_train, output)
        return error / np.linalg.norm(error)


class OwnGuess(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return output - (output == output.max())


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (Stale, "forward-2", "the output does not follow W1 in params"),
        (Clipped, "activations-5", "with x cut to ±5"),
        (Lasso, "backward-5", "δ1 ⊗ x + 1/1000 · sign(W1)"),
        (Normalised, "backward-3", "(output - y) / |output - y|"),
        (OwnGuess, "backward-3", "(output - [its largest])"),
    ],
)
def test_known_mistakes_in_other_places_are_read(network: type, clause: str, said: str) -> None:
    found = read(network, clause)[clause]
    assert said in found.reading
    assert found.name is None
    assert read(Right, clause)[clause].reading is None


class LongOnesCut(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        value = super().gradient(layer, delta, activations)
        return value / max(1.0, float(np.linalg.norm(value)) / 0.25)


class LastOneOdd(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        value = super().gradient(layer, delta, activations)
        return value * np.exp(np.abs(value).sum()) if layer == 3 else value


def test_gradients_clipped_by_norm_are_read_and_values_from_a_right_delta_are_no_departure() -> None:
    said = read(LongOnesCut, "backward-3")["backward-3"]
    assert "change[W3]: you compute δ3 ⊗ A2, made shorter where |δ3 ⊗ A2| > 0.25" in said.reading
    odd = read(LastOneOdd, "backward-3", "backward-4")
    assert all("as meant" not in (one.reading or "") for one in odd.values())
    assert {one.name for one in odd.values()} == {None}


class OneGradientBent(Right):
    layer = 3

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, np.abs(delta) if layer == self.layer else delta, activations)


class GradientBeforeItsSlope(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, self.params["W3"].T @ self._delta3 if layer == 2 else delta, activations)

    def error(self, y_train: Any, output: Any) -> Any:
        self._delta3 = super().error(y_train, output)
        return self._delta3


def test_a_delta_that_only_its_gradient_has_is_said_of_the_gradient() -> None:
    at_the_end = read(OneGradientBent, "backward-3")["backward-3"]
    assert at_the_end.reading == "change[W3]: you compute |output - y| ⊗ A2; it should be δ3 ⊗ A2"
    within = read(GradientBeforeItsSlope, "backward-4")["backward-4"]
    assert within.reading == "change[W2]: you compute W3ᵀ·δ3 ⊗ A1; it should be δ2 ⊗ A1"
    assert at_the_end.name is within.name is None


class NoSecondSlope(Right):
    def slope(self, layer: int) -> Any:
        return 1.0 if layer == 2 else super().slope(layer)


class NoSecondSigmoid(NoSecondSlope):
    """No activation in the second layer, and no slope there, as belongs together."""

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.A2 = self.Z2
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


def test_a_delta_that_follows_from_the_functions_of_the_forward_pass_is_no_mistake_of_its_own() -> None:
    found = read(NoSecondSigmoid, "forward-2", "backward-4")
    assert {one.name for one in found.values()} == {None}
    assert {one.reading for one in found.values()} == {"A2: you compute Z2; it should be σ(Z2)"}
    alone = read(NoSecondSlope, "backward-4")["backward-4"]
    assert alone.name == "derivative-missing-at-w2"


class OfOneLength(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        whole = np.outer(delta, activations)
        return whole / np.linalg.norm(whole) * 0.01


class MadeShorter(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        whole = np.outer(delta, activations)
        return whole * min(1.0, 1.3 / float(np.linalg.norm(whole)))


def test_gradients_of_one_length_are_not_called_shortened_ones_alone() -> None:
    one = read(OfOneLength, "backward-3")["backward-3"].reading
    assert "or 1/100 · (δ3 ⊗ A2) / |δ3 ⊗ A2|" in one
    other = read(MadeShorter, "backward-3")["backward-3"].reading
    assert "made shorter where |δ3 ⊗ A2| > 1.3; it should be" in other


class SignOfGradients(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, np.sign(delta), activations)


class OnesForDeltas(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, np.ones_like(delta), activations)


def test_a_change_of_each_element_in_the_gradients_alone_is_none_of_the_deltas() -> None:
    found = read(SignOfGradients, "backward-2", "backward-4", "backward-5")
    assert found["backward-2"].reading.startswith("change[W3]: you compute sign(output - y) ⊗ A2")
    assert found["backward-4"].reading.startswith("change[W2]: you compute sign(W3ᵀ·δ3 ⊙ σ'(Z2)) ⊗ A1")
    assert found["backward-5"].reading.startswith("δ1: you compute sign(W2ᵀ·δ2 ⊙ σ'(Z1))")


def test_a_constant_delta_is_no_sum_of_the_one_above() -> None:
    assert read(OnesForDeltas, "backward-4")["backward-4"].reading.startswith("δ2: you compute 1;")


class AllActivations(Right):
    def forward_pass(self, x_train: Any) -> Any:
        return super().forward_pass(x_train), self.A2


def test_outputs_of_several_lengths_are_read_as_no_accuracy() -> None:
    assert all(one.name is None for one in read(AllActivations, "initialization-6", "training-9").values())


class ErrorDividedBesideAnotherDelta(LastGradientDivided):
    def back(self, layer: int, delta: Any) -> Any:
        return super().back(layer, self.A3 if layer == 2 else delta)


def test_a_factor_of_an_error_that_goes_nowhere_is_the_gradients() -> None:
    found = read(ErrorDividedBesideAnotherDelta, "backward-2", "backward-4")
    assert found["backward-2"].name is None
    assert found["backward-2"].reading == "change[W3]: you compute 1/n · δ3 ⊗ A2; it should be δ3 ⊗ A2"
    assert found["backward-4"].reading.startswith("δ2: you compute W3ᵀ·output ⊙ σ'(Z2);")
