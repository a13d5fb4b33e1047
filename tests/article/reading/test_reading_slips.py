"""Slips of one index, one axis or one name: the formula that they make is read, and a right network gets none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading.functions import softmaxes
from nnkata.steps.compare import Mismatch
from nnkata.steps.relation import relation
from tests.article.reading.test_reading_more_kinds import changed
from tests.support.readings import read

Way = Callable[[Any], Any]


def product(way: Way) -> type[Right]:
    """A network whose Z3 is changed in this way."""

    class Product(Right):
        def output(self, logits: Any) -> Any:
            self.Z3 = way(logits)
            return self.softmax(self.Z3)

    return Product


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda z: np.roll(z, 1), "W3·A2, shifted by one place;"),
        (lambda z: np.roll(z, -1), "W3·A2, shifted by one place the other way;"),
    ],
)
def test_a_product_whose_rows_are_shifted_is_read(way: Way, said: str) -> None:
    assert f"Z3: you compute {said}" in read(product(way), "forward-2")["forward-2"].reading


class SecondZ(Right):
    """Z2 is changed."""

    @staticmethod
    def way(z: Any) -> Any:
        return np.clip(z, -1, 1)

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, np.float64)
        self.Z1 = self.params["W1"] @ self.A0
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = self.way(self.params["W2"] @ self.A1)
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.params["W3"] @ self.A2
        return self.softmax(self.Z3)


class Centred(SecondZ):
    @staticmethod
    def way(z: Any) -> Any:
        return z - z.mean()


def test_pre_activations_that_are_cut_or_centred_are_read() -> None:
    found = {net: read(net, "forward-2")["forward-2"].reading for net in (SecondZ, Centred)}
    assert found[SecondZ] == "Z2: you compute clip(W2·A1, ±1); it should be W2·A1"
    assert found[Centred] == "Z2: you compute W2·A1 - mean; it should be W2·A1"


class Reshaped(Right):
    """Columns for rows by reshape, forward and back."""

    def w(self, layer: int) -> Any:
        W = self.params[f"W{layer}"]
        return W.reshape(W.shape[::-1])

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, np.float64)
        self.Z1 = self.A0 @ self.w(1)
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = self.A1 @ self.w(2)
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.A2 @ self.w(3)
        return self.softmax(self.Z3)

    def back(self, layer: int, delta: Any) -> Any:
        return (delta @ self.w(layer + 1).T) * self.slope(layer)


def test_weights_that_are_reshaped_in_place_of_transposed_are_read() -> None:
    found = read(Reshaped, "forward-2", "backward-4")
    assert "Z3: you compute (W3 read off in another order (reshape))·A2;" in found["forward-2"].reading
    assert "δ2: you compute (W3 read off in another order (reshape))ᵀ·δ3 ⊙ σ'(Z2);" in found["backward-4"].reading


@pytest.mark.parametrize(
    ("way", "text"),
    [
        (lambda x: softmax(x / np.abs(x).max()), "softmax(x / max |x|)"),
        (lambda x: softmax(np.abs(x)), "softmax(|x|)"),
        (lambda x: np.exp(x - x.max() - np.exp(x - x.max()).sum()), "e^(x - max - Σ e^(x - max))"),
        (lambda x: np.exp(x - np.exp(x).sum()), "e^(x - Σ e^x)"),
    ],
)
def test_a_softmax_with_another_shift_or_scale_is_read(way: Way, text: str) -> None:
    rng = np.random.default_rng(3)
    xs = [rng.normal(0.0, 1.5, n) for n in (3, 4, 5, 6)]
    found = softmaxes.read(xs, [way(x) for x in xs])
    assert found is not None
    assert found.text == text


def softmax(x: Any) -> Any:
    return np.exp(x) / np.exp(x).sum()


def first_rows(changes: dict[str, Any]) -> dict[str, Any]:
    return {key: np.tile(change[0], (len(change), 1)) for key, change in changes.items()}


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (first_rows, "change[W3]: you compute δ3 ⊗ A2, its first row in each row;"),
        (lambda c: {**c, "W3": c["W2"]}, "change[W3]: you compute change[W2]; it should be δ3 ⊗ A2"),
        (lambda c: {**c, "W2": c["W1"]}, "change[W2]: you compute change[W1]; it should be δ2 ⊗ A1"),
    ],
)
def test_a_row_or_a_gradient_in_place_of_another_is_read(way: Way, said: str) -> None:
    found = read(changed(way), "backward-1", "backward-2").values()
    assert any(said in (one.reading or "") for one in found)


class SteppedFirst(Right):
    """The error goes back through the W of after the step."""

    def back(self, layer: int, delta: Any) -> Any:
        if layer == 1:
            return super().back(layer, delta)
        return ((self.params["W3"] - self.l_rate * np.outer(delta, self.A2)).T @ delta) * self.slope(layer)


class OfSize(Right):
    def back(self, layer: int, delta: Any) -> Any:
        return super().back(layer, np.abs(delta))


def test_a_stepped_w_and_the_size_of_a_delta_on_the_way_back_are_read() -> None:
    stepped = read(SteppedFirst, "backward-4")["backward-4"].reading
    assert stepped.startswith("δ2: you compute (W3 - l_rate · change[W3])ᵀ·δ3 ⊙ σ'(Z2);")
    assert "δ2: you compute W3ᵀ·|δ3| ⊙ σ'(Z2);" in read(OfSize, "backward-4")["backward-4"].reading


class OfTheFirst(Right):
    """Each matrix becomes that of W1's step."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        first = self.params["W1"] - self.l_rate * changes_to_w["W1"]
        self.params = {key: first.copy() for key in self.params}


def test_the_step_of_another_matrix_is_read() -> None:
    found = read(OfTheFirst, "update-1")["update-1"].reading
    assert "W3: you compute W1 - l_rate · change[W1]; it should be W3 - l_rate · change[W3]" in found
    assert "W1: you" not in found


class OfValidation(Right):
    """The labels of the validation set, again and again, or to their end."""

    ends = False

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            for i in range(min(len(x_train), len(y_val)) if self.ends else len(x_train)):
                self.visit(x_train[i], y_val[i % len(y_val)])


class ToItsEnd(OfValidation):
    ends = True


class Shuffled(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        super().train(x_train, y_train[np.random.default_rng(2).permutation(len(y_train))], x_val, y_val)


def test_labels_of_the_validation_set_are_told_from_shuffled_ones() -> None:
    found = {net: read(net, "training-16", "training-5") for net in (OfValidation, ToItsEnd, Shuffled)}
    assert found[OfValidation]["training-16"].reading.startswith("x_train[i]: you compute y_val[i % len(y_val)];")
    assert found[ToItsEnd]["training-16"].reading.startswith("x_train[i]: you compute y_val[i];")
    assert found[Shuffled]["training-5"].name == "shuffled-without-labels"


class StartsAtOne(Right):
    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return (super().compute_accuracy(x_val, y_val) * len(x_val) + 1) / (len(x_val) + 1)


class AnyClass(Right):
    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return float(np.mean([bool(self.forward_pass(x).argmax()) for x in x_val]))


def test_shares_that_start_at_one_or_count_truth_are_read() -> None:
    found = {net: read(net, "training-9")["training-9"].reading for net in (StartsAtOne, AnyClass)}
    assert found[StartsAtOne].startswith("compute_accuracy: you compute (right + 1) / (n + 1);")
    assert found[AnyClass].startswith("compute_accuracy: you compute mean(argmax(output) ≠ 0);")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (lambda i, label: (0, label), "y[0, label] = 1"),
        (lambda i, label: (-1, label), "y[n - 1, label] = 1"),
        (lambda i, label: (i, 10 - label) if label else (i, slice(0)), "y[k] = [k = 10 - label]"),
    ],
)
def test_ones_at_another_place_are_read(place: Callable[[int, int], Any], said: str) -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        y = np.zeros((len(labels), 10), np.float32)
        for i, label in enumerate(labels):
            y[place(i, int(label))] = 1
        return np.float32(images).reshape(-1, 784) / 255, y

    assert labels_read(preprocess) == f"y: you compute {said}; it should be y[label] = 1"


def test_a_row_that_is_filled_with_its_label_is_read() -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        return np.float32(images).reshape(-1, 784) / 255, np.array([[int(label)] * 10 for label in labels], np.float32)

    assert labels_read(preprocess) == "y: you compute y = label everywhere; it should be y[label] = 1"


def labels_read(preprocess: Any) -> str:
    return read(Right, "preprocessing-6", preprocess=preprocess)["preprocessing-6"].reading or ""


@pytest.mark.parametrize(
    ("layer", "way", "said"),
    [
        (2, lambda r, c: r**-2.0, "W2: you compute a standard deviation of 1/rows²;"),
        (0, lambda r, c: (r * c) ** -0.5, "W: you compute a standard deviation of √(1/(rows · columns));"),
    ],
)
def test_a_start_by_another_power_is_read(layer: int, way: Callable[[float, float], float], said: str) -> None:
    class Started(Right):
        def initialization(self) -> dict[str, Any]:
            rng = np.random.default_rng(len(str(self.sizes)))
            usual = {f"W{i}": (self.sizes[i], self.sizes[i - 1]) for i in (1, 2, 3)}
            other = {f"W{layer}"} if layer else set(usual)
            return {
                key: rng.normal(0.0, way(*map(float, shape)) if key in other else shape[0] ** -0.5, shape)
                for key, shape in usual.items()
            }

    assert read(Started, "initialization-7")["initialization-7"].reading.startswith(said)


def test_rows_that_are_all_nearly_right_are_not_said_to_stand_in_another_order() -> None:
    meant = np.linspace(-2.5, 2.5, 12).reshape(3, 4)
    near = meant * (1 + 1e-4 * np.where(np.arange(12).reshape(3, 4) % 2, 1, -1))
    even = np.array([[1.0, 2.0], [2.0, 1.0]])
    assert "order" not in relation(Mismatch("W1", near, meant))
    assert "transposed" not in relation(Mismatch("W1", even + 1e-4 * np.array([[1, -1], [1, 1]]), even))
    assert relation(Mismatch("W1", meant[[1, 2, 0]], meant)) == "the same rows in another order"
    assert relation(Mismatch("W1", meant[::-1], meant)) == "the same in reverse order"
