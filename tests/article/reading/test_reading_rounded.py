"""Rounded values, steep sigmoids, bias nodes and single matrices that are drawn anew: the formula of each is read."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from nnkata.steps.compare import Mismatch
from nnkata.steps.relation import relation
from tests.support.readings import read


def forward(bend: Any, feed: Any = lambda a: a, out: Any = oracle.softmax) -> type[Right]:
    """A network with another activation, another way of it into W2, or another output; its backward pass is right."""

    class Forward(Right):
        def forward_pass(self, x_train: Any) -> Any:
            super().forward_pass(x_train)
            a1 = bend(self.params["W1"] @ np.asarray(x_train))
            return out(self.params["W3"] @ bend(self.params["W2"] @ feed(a1)))

    return Forward


def with_one(place: int) -> Any:
    def feed(a: Any) -> Any:
        a = a.copy()
        a[place] = 1.0
        return a

    return feed


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (
            forward(oracle.sigmoid, out=lambda z: oracle.softmax(z).round(3)),
            "output: you compute round(softmax(Z3), 3);",
        ),
        (forward(lambda z: oracle.sigmoid(z).round(2)), "A1: you compute round(σ(Z1), 2); it should be σ(Z1); A2: you"),
        (
            forward(lambda z: oracle.sigmoid(2 * z)),
            "A1: you compute σ(2 Z1); it should be σ(Z1); A2: you compute σ(2 Z2)",
        ),
        (forward(oracle.sigmoid, with_one(-1)), "Z2: you compute W2·(A1 with 1 in the last place); it should be W2·A1"),
        (forward(oracle.sigmoid, with_one(0)), "Z2: you compute W2·(A1 with 1 in the first place); it should be W2·A1"),
    ],
)
def test_activations_that_are_changed_on_their_way_are_read(network: type, said: str) -> None:
    found = read(network, "forward-2")["forward-2"]
    assert found.name is None
    assert (found.reading or "").startswith(said)


def test_rounded_gradients_are_read_and_those_that_are_merely_near_are_not() -> None:
    class Rounded(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            return {key: self.way(value) for key, value in super().backward_pass(y_train, output).items()}

        def way(self, value: Any) -> Any:
            return value.round(2)

    class Near(Rounded):
        def way(self, value: Any) -> Any:
            return value + 0.004 * np.sin(1e3 * value)

    found = read(Rounded, "backward-2", "backward-5")
    assert "change[W3]: you compute round(δ3 ⊗ A2, 2)" in found["backward-2"].reading
    assert "change[W1]: you compute round(δ1 ⊗ x, 2)" in found["backward-5"].reading
    assert read(Near, "backward-2")["backward-2"].reading is None


def test_the_input_of_a_gradient_that_goes_through_the_sigmoid_once_more_is_read() -> None:
    class Twice(Right):
        def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
            return super().gradient(layer, delta, oracle.sigmoid(activations) if layer == 2 else activations)

    found = read(Twice, "backward-4")["backward-4"]
    assert (found.name, found.reading) == (None, "change[W2]: you compute δ2 ⊗ σ(A1); it should be δ2 ⊗ A1")


@pytest.mark.parametrize("key", ["W1", "W2", "W3"])
def test_one_matrix_that_train_draws_anew_is_told(key: str) -> None:
    class Anew(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            self.params[key] = self.initialization()[key]
            super().train(x_train, y_train, x_val, y_val)

    np.random.seed(5)
    found = read(Anew, "training-1")["training-1"]
    assert found.name is None
    assert found.reading.startswith(f"{key}: drawn anew when train begins")


def test_an_accuracy_that_looks_at_the_next_class_is_no_constant() -> None:
    class Next(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
            outputs = np.array([self.forward_pass(x) for x in x_val])
            return np.mean(outputs.argmax(1) == np.argmax(y_val, axis=1) + 1)

    found = read(Next, "training-9")["training-9"]
    assert found.reading.startswith("compute_accuracy: you compute mean(argmax(output) = argmax(y) + 1); it should be")


def test_numbers_that_are_all_nearly_right_are_not_said_to_stand_in_other_places() -> None:
    meant = np.linspace(-2.5, 2.5, 12).reshape(3, 4)
    near = meant + 1.2e-4 * np.where(np.arange(12).reshape(3, 4) % 2, 1, -1) * np.abs(meant)
    assert "other places" not in relation(Mismatch("W1", near, meant))
    turned = meant.ravel()[[3, 1, 2, 0, *range(4, 12)]].reshape(3, 4)
    assert relation(Mismatch("W1", turned, meant)) == "the same numbers in other places"
