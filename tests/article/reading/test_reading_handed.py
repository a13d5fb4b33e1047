"""Right numbers in another shape or kind, lists for arrays, learnt biases and lost deltas are reported as such."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from nnkata.steps.compare import Mismatch, array, same
from nnkata.steps.relation import relation
from tests.support.readings import read

VECTOR = np.array([0.25, 0.75, 0.5])


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (VECTOR[:, None], "the right numbers in the shape (3, 1); return them in the shape (3,)"),
        (VECTOR[None, :], "the right numbers in the shape (1, 3); return them in the shape (3,)"),
        (2 * VECTOR[None, :], "the shape (1, 3) came, (3,) is meant"),
        (VECTOR.astype(np.float16), "numbers of another kind: float16 came, return float32 or float64"),
        (2 * VECTOR.astype(np.float16), "2 times as large everywhere"),
    ],
)
def test_right_numbers_in_another_shape_or_kind_are_reported_as_such(came: Any, said: str) -> None:
    with pytest.raises(Mismatch) as raised:
        same("the output", came, VECTOR)
    assert relation(raised.value) == said


def test_a_wrong_shape_alone_gets_advice_on_the_return_value() -> None:
    for came, shape, said in (
        (np.zeros((4, 1)), (4,), "as many numbers in the shape (4, 1); return them in the shape (4,)"),
        (np.zeros((2, 3)), (3, 2), "the shape is that of the transposed: (2, 3) for (3, 2)"),
        (np.zeros(4, np.int64), (4,), "numbers of another kind: int64 came, return float32 or float64"),
        (np.zeros(5), (4,), ""),
        ([1.0], (1,), ""),
    ):
        with pytest.raises(Mismatch) as raised:
            array("the output", came, shape)
        assert relation(raised.value) == said


class Biased(Right):
    """Biases that start at zero and that train changes, in these layers."""

    layers: tuple[int, ...] = (1, 2, 3)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.b = [np.zeros(n) for n in self.sizes]

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, np.float64)
        self.Z1 = self.params["W1"] @ self.A0 + self.b[1]
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = self.params["W2"] @ self.A1 + self.b[2]
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.params["W3"] @ self.A2 + self.b[3]
        self.A3 = self.softmax(self.Z3)
        return self.A3

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        if layer == 1:
            self.deltas = {1: delta, 2: self.back(2, self.error(self.y, self.A3)), 3: self.error(self.y, self.A3)}
        return super().gradient(layer, delta, activations)

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        self.y = y_train
        return super().backward_pass(y_train, output)

    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters(changes_to_w)
        for layer in self.layers if hasattr(self, "deltas") else ():
            self.b[layer] = self.b[layer] - self.l_rate * self.deltas[layer]


class BiasedAtTheOutput(Biased):
    layers = (3,)


class Decaying(Right):
    """Each step of train but the first is half as long."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters(changes_to_w)
        self.l_rate /= 2


def test_learnt_biases_are_reported_and_nothing_else_is_taken_for_them() -> None:
    assert "(b1, b2, b3)" in read(Biased, "training-2")["training-2"].reading
    assert "(b3)" in read(BiasedAtTheOutput, "training-2")["training-2"].reading
    assert "biases" not in (read(Decaying, "training-2")["training-2"].reading or "")
    assert read(Right, "training-2")["training-2"].reading is None


class DeltaLost(Right):
    def back(self, layer: int, delta: Any) -> Any:
        return self.slope(layer)


def test_a_slope_without_its_delta_is_read() -> None:
    said = read(DeltaLost, "backward-4", "backward-5")
    assert "δ2: you compute σ'(Z2);" in said["backward-4"].reading
    assert "δ1: you compute σ'(Z1);" in said["backward-5"].reading


class Lists(Right):
    def initialization(self) -> dict[str, Any]:
        return {key: value.tolist() for key, value in super().initialization().items()}

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = (np.asarray(self.params[key]) - self.l_rate * change).tolist()


def test_weights_that_are_lists_are_neither_shared_nor_subtracted_row_by_row() -> None:
    said = read(Lists, "initialization-6", "initialization-9", "update-1")
    assert {one.name for one in said.values()} == {None}
    assert said["initialization-6"].reading == "W1: yours is of type list, not an array"
