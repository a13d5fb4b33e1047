"""A value in the place of another, a scaled argument, a part of a set: each is read, and no consequence of it is."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading.passes import kinds
from nnkata.katas.article.reading.passes.backward import Layer
from nnkata.katas.article.reading.passes.deltas import Delta
from nnkata.katas.article.reading.passes.gradients import Form
from tests.support.readings import read


class Warm(Right):
    """The argument of σ is halved; Z2 is kept as it is."""

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.A2 = self.sigmoid(self.Z2 / 2)
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


class Halved(Right):
    """Z2 itself is halved."""

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.Z2 = self.Z2 / 2
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (Warm, "A2: you compute σ(1/2 · Z2); it should be σ(Z2)"),
        (Halved, "Z2: you compute 1/2 · W2·A1; it should be W2·A1"),
    ],
)
def test_a_scaled_argument_of_sigma_is_told_from_a_scaled_z_and_the_slope_is_no_second_mistake(
    network: type, said: str
) -> None:
    found = read(network, "forward-2", "backward-4", "backward-13")
    assert {one.reading for one in found.values()} == {said}


def bent(function: Any, slope: Any) -> type[Right]:
    """Another function in both hidden layers, and a slope of its value."""

    class Bent(Right):
        def forward_pass(self, x_train: Any) -> Any:
            super().forward_pass(x_train)
            self.A1 = function(self.Z1)
            self.Z2 = self.params["W2"] @ self.A1
            self.A2 = function(self.Z2)
            self.Z3 = self.params["W3"] @ self.A2
            return self.output(self.Z3)

        def slope(self, layer: int) -> Any:
            return slope(self.A1 if layer == 1 else self.A2)

    return Bent


def leaky(z: Any) -> Any:
    return np.maximum(z, 0.01 * z)


@pytest.mark.parametrize(
    ("function", "slope", "name"),
    [
        (np.tanh, lambda a: a * (1 - a), "tanh-for-sigmoid"),
        (np.tanh, lambda a: 1 - a * a, "tanh-for-sigmoid"),
        (leaky, lambda a: a * (1 - a), None),
    ],
)
def test_the_slope_of_sigma_or_of_the_function_itself_is_no_second_mistake(
    function: Any, slope: Any, name: str | None
) -> None:
    found = read(bent(function, slope), "forward-2", "backward-4", "backward-5")
    assert {one.name for one in found.values()} == {name}
    assert all("δ" not in one.reading for one in found.values())


def test_another_slope_beside_another_function_is_still_one() -> None:
    found = read(bent(np.tanh, lambda a: 1 - a), "forward-2", "backward-4")
    assert found["forward-2"].name == "tanh-for-sigmoid"
    assert found["backward-4"].reading.startswith("δ2: you compute W3ᵀ·δ3 ⊙ (1 - A2); it should be W3ᵀ·δ3 ⊙ σ'(Z2)")


class BothParts(Right):
    """The sign of the error, and Z1 in one gradient."""

    def error(self, y_train: Any, output: Any) -> Any:
        return -super().error(y_train, output)

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, self.Z1 if layer == 2 else activations)


def test_a_clause_gets_the_mistake_that_reaches_it_not_the_name_of_another_layer() -> None:
    found = read(BothParts, "backward-2", "backward-4")
    assert [found[clause].name for clause in ("backward-2", "backward-4")] == [
        "error-sign-flipped",
        "pre-activations-in-gradient",
    ]


class Lacking(Right):
    """The slope of layer 2 is not applied."""

    def back(self, layer: int, delta: Any) -> Any:
        return super().back(layer, delta) if layer == 1 else self.params["W3"].T @ delta


def test_a_slope_that_is_applied_at_another_layer_is_not_called_missing() -> None:
    assert read(Lacking, "backward-4")["backward-4"].name == "derivative-missing-at-w2"
    right = Form("{delta} ⊗ A", "", right=True)
    layers = [
        Layer(3, right),
        Layer(2, right, Delta("W3ᵀ·δ3")),
        Layer(1, right, Delta("W2ᵀ·δ2", ("σ'(Z1)", "σ'(Z2)"))),
    ]
    assert {one.name for one in kinds.departures(layers, [], False)} == {None}
    assert {one.name for one in kinds.departures(layers[:2], [], False)} == {"derivative-missing-at-w2"}


def erring(error: Any) -> type[Right]:
    """A network with another error at Z3."""

    class Erring(Right):
        def error(self, y_train: Any, output: Any) -> Any:
            return error(np.asarray(output), np.asarray(y_train))

    return Erring


class OfTheGradient(Right):
    """The gradient of the layer above stands for its W on the way back."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        delta3 = self.error(y_train, output)
        w3 = np.outer(delta3, self.A2)
        delta2 = (w3.T @ delta3) * self.slope(2)
        w2 = np.outer(delta2, self.A1)
        return {"W1": np.outer((w2.T @ delta2) * self.slope(1), self.A0), "W2": w2, "W3": w3}


class ByRow(Right):
    """Each row of a gradient is one number: its delta times the activation of the same index."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return np.outer(delta * activations[: len(delta)], np.ones_like(activations))


class OfTheOutputs(Right):
    """The activations of the layer above go back, not its delta."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        delta3 = self.error(y_train, output)
        delta2 = (self.params["W3"].T @ output) * self.slope(2)
        delta1 = (self.params["W2"].T @ self.A2) * self.slope(1)
        return {
            "W1": np.outer(delta1, self.A0),
            "W2": np.outer(delta2, self.A1),
            "W3": np.outer(delta3, self.A2),
        }


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (
            erring(lambda p, y: (p @ y) * (p - y)),
            "backward-2",
            "δ3: you compute (output · y) (output - y); it should be",
        ),
        (erring(lambda p, y: p[::-1] - y), "backward-3", "δ3: you compute (output in reverse order - y); it should be"),
        (OfTheGradient, "backward-4", "δ2: you compute change[W3]ᵀ·δ3 ⊙ σ'(Z2); it should be"),
        (OfTheGradient, "backward-5", "δ1: you compute change[W2]ᵀ·δ2 ⊙ σ'(Z1); it should be"),
        (ByRow, "backward-2", "change[W3]: you compute δ3 ⊙ A2 in each column; it should be"),
        (OfTheOutputs, "backward-5", "δ1: you compute W2ᵀ·A2 ⊙ σ'(Z1); it should be"),
    ],
)
def test_a_value_in_the_place_of_another_on_the_way_back_is_read(network: type, clause: str, said: str) -> None:
    found = read(network, clause)[clause]
    assert (found.name, found.reading[: len(said)]) == (None, said)


class TooEarly(Right):
    """A2 is computed before A1: from zeros at first, then from the sample before."""

    A1 = A2 = None

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, np.float64)
        before = np.zeros(self.sizes[1]) if self.A1 is None else self.A1
        self.Z2 = self.params["W2"] @ before
        self.A2 = self.sigmoid(self.Z2)
        self.Z1 = self.params["W1"] @ self.A0
        self.A1 = self.sigmoid(self.Z1)
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


def test_a_layer_that_is_zero_at_first_is_not_two_other_functions() -> None:
    said = read(TooEarly, "forward-2")["forward-2"].reading
    assert said == "the same call gives other numbers the second time; Z2: you compute 0; it should be W2·A1"


class PastTheSecond(Right):
    """The last layer takes A1, in both directions."""

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.A2 = self.A1
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


def test_a_last_layer_that_takes_a1_is_said_of_w3() -> None:
    said = read(PastTheSecond, "forward-3")["forward-3"].reading
    assert said.startswith("Z3: you compute W3·A1; it should be W3·A2, or A2: you compute σ(Z1); it should be σ(Z2)")


def dividing(way: Any) -> type[Right]:
    """A network with another softmax."""

    class Dividing(Right):
        def softmax(self, x: Any) -> Any:
            return way(np.exp(x - np.max(x)), np.asarray(x) - np.max(x))

    return Dividing


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda e, x: e / e[1:].sum(), "e^x / (Σ e^x without the first)"),
        (lambda e, x: e / e[:-1].sum(), "e^x / (Σ e^x without the last)"),
        (lambda e, x: np.exp(x / e.sum()), "e^((x - max) / Σ e^(x - max))"),
    ],
)
def test_a_softmax_with_another_divisor_is_read(way: Any, said: str) -> None:
    found = read(dividing(way), "activations-8")["activations-8"]
    assert (found.name, found.reading) == (None, f"softmax(x): you compute {said}; it should be e^x / Σ e^x")


class OneWidth(Right):
    """All matrices are scaled by the first hidden layer's width."""

    def draw(self, rows: int, columns: int) -> Any:
        return super().draw(rows, columns) * np.sqrt(rows / self.sizes[1])


def test_a_scale_by_the_width_of_another_layer_is_read_for_the_matrices_that_depart() -> None:
    said = read(OneWidth, "initialization-7")["initialization-7"].reading
    assert "W3: you compute a standard deviation of √(1/n1); it should be" in said
    assert "W1" not in said


def test_right_networks_have_none_of_these() -> None:
    class Own(Right):
        def softmax(self, x: Any) -> Any:
            return oracle.softmax(x) * 1.0

    clauses = [f"{stage}-{n}" for stage in ("forward", "backward", "update", "training") for n in (1, 2, 3, 4, 5)]
    for network in (Right, Own):
        assert all(one.reading is None and one.name is None for one in read(network, *clauses).values())


class HalfFilled(Right):
    """The sigmoid fills only the elements above 0 of an array that holds anything, here random numbers."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        value = super().sigmoid(x, derivative)
        return value if derivative else np.where(np.asarray(x) > 0, value, np.random.default_rng().random(np.shape(x)))


def test_a_sigmoid_that_is_not_filled_in_is_not_noise_on_the_way_forward() -> None:
    found = read(HalfFilled, "forward-1")["forward-1"]
    assert found.name is None
