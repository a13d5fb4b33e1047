"""Errors at the output, slopes and activations of other forms are read in the passes; what no formula gives is not."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def with_error(error: Any) -> type:
    class Other(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            trace = oracle.forward({key: self.params[key] for key in ("W1", "W2", "W3")}, self.x)
            delta3 = error(np.asarray(output, np.float64), np.asarray(y_train, np.float64))
            delta2 = (self.params["W3"].T @ delta3) * oracle.sigmoid_derivative(trace.z2)
            delta1 = (self.params["W2"].T @ delta2) * oracle.sigmoid_derivative(trace.z1)
            pairs = {"W1": (delta1, trace.a0), "W2": (delta2, trace.a1), "W3": (delta3, trace.a2)}
            return {key: np.outer(*pair) for key, pair in pairs.items()}

        def forward_pass(self, x_train: Any) -> Any:
            self.x = np.array(x_train, np.float64)
            return super().forward_pass(x_train)

    return Other


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (lambda p, y: p - (0.9 * y + 0.01), "(output - 0.9 · y - 1/100)"),
        (lambda p, y: p - 2 * y, "(output - 2 · y)"),
        (lambda p, y: (p[:, None] - y).sum(axis=1), "(n · output - 1)"),
        (lambda p, y: (p[:, None] - y).mean(axis=0), "(1/n - y)"),
        (lambda p, y: p - np.exp(y) / np.exp(y).sum(), "(output - softmax(y))"),
        (lambda p, y: p - np.argmax(y), "(output - argmax(y))"),
        (lambda p, y: p - y, None),
        (lambda p, y: p * p[::-1] - y * p[0], None),
    ],
)
def test_errors_of_output_and_label_are_read(error: Any, text: str | None) -> None:
    found = read(with_error(error), "backward-2")["backward-2"].reading
    assert (found and found.partition("you compute ")[2].partition(";")[0]) == text


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (lambda rate: rate, "δ3: you compute l_rate · (output - y)"),
        (lambda rate: 0.1, "δ3: you compute 1/10 · (output - y)"),
        (lambda rate: min(rate, 0.1), None),
        (lambda rate: max(rate, 0.1), None),
    ],
)
def test_a_factor_is_a_constant_only_if_it_is_one_at_small_and_large_rates(factor: Any, text: str | None) -> None:
    class Other(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            return {key: factor(self.l_rate) * value for key, value in super().backward_pass(y_train, output).items()}

    found = read(Other, "backward-2")["backward-2"].reading
    assert (found and found.partition(";")[0]) == text


@pytest.mark.parametrize("more", [{}, {"Z1": 0.0}], ids=["the weights", "all of params"])
def test_weights_returned_for_gradients_are_read_as_that_and_tell_nothing_of_train(more: Any) -> None:
    class Other(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            return {**{key: self.params[key] for key in ("W1", "W2", "W3")}, **more}

    for clause in ("backward-2", "training-4"):  # the steps of all samples are alike: none has a share of its own
        found = read(Other, clause)[clause]
        assert (found.name, found.reading) == (None, "change[W]: you compute W; it should be δ ⊗ A")


class SoftmaxThenSigmoid(Right):
    def forward_pass(self, x_train: Any) -> Any:
        w, x = self.params, np.asarray(x_train, np.float64)
        hidden = oracle.softmax(w["W2"] @ oracle.sigmoid(w["W1"] @ x))
        return oracle.sigmoid(w["W3"] @ hidden)


class HalfLess(Right):
    def forward_pass(self, x_train: Any) -> Any:
        w, x = self.params, np.asarray(x_train, np.float64)
        return oracle.softmax(w["W3"] @ (oracle.sigmoid(w["W2"] @ oracle.sigmoid(w["W1"] @ x)) - 0.5))


def test_two_activations_that_are_wrong_each_in_its_way_are_both_said() -> None:
    text = read(SoftmaxThenSigmoid, "forward-1")["forward-1"].reading
    assert text is not None
    assert "A2: you compute softmax(Z2)" in text
    assert "output: you compute σ(Z3)" in text


def test_one_offset_is_not_taken_for_two_other_activations() -> None:
    text = read(HalfLess, "forward-1")["forward-1"].reading
    assert text == "A2: you compute σ(Z2) - 0.5; it should be σ(Z2)"


class SlopeAtHalf(Right):
    """The slope is taken at Z / 2, as if the derivative belonged to another sigmoid."""

    def slope(self, layer: int) -> Any:
        return oracle.sigmoid_derivative((self.Z1 if layer == 1 else self.Z2) / 2)


class Squared(Right):
    """The delta of layer 1 comes from the square of that above."""

    def back(self, layer: int, delta: Any) -> Any:
        return super().back(layer, delta * delta if layer == 1 else delta)


def test_slopes_at_half_of_z_and_squared_deltas_are_read() -> None:
    text = read(SlopeAtHalf, "backward-4")["backward-4"].reading or ""
    assert text.startswith("δ2: you compute W3ᵀ·δ3 ⊙ σ'(Z2 / 2); it should be W3ᵀ·δ3 ⊙ σ'(Z2)")
    text = read(Squared, "backward-5")["backward-5"].reading or ""
    assert text == "δ1: you compute W2ᵀ·(δ2 ⊙ δ2) ⊙ σ'(Z1); it should be W2ᵀ·δ2 ⊙ σ'(Z1)"
