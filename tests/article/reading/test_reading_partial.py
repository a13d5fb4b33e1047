"""Values that are right in part, or that another layer has, are read; right ones and noise are not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def in_place(value: Any, place: int, number: float) -> Any:
    value = np.array(value, np.float64)
    value[place] = number
    return value


def moved(x: Any, number: float) -> Any:
    e = np.exp(x - x.max()) + number
    return e / e.sum()


@pytest.mark.parametrize(
    ("softmax", "said"),
    [
        (lambda x: moved(x, 0.25), "(e^(x - max) + 0.25) / Σ (e^(x - max) + 0.25)"),
        (
            lambda x: in_place(oracle.softmax(x), -1, np.exp(x[-1] - x.max())),
            "softmax(x), e^(x - max) in the last place",
        ),
        (lambda x: in_place(oracle.softmax(x), 0, 0.0), "softmax(x), 0 in the first place"),
        (oracle.softmax, None),
        (lambda x: in_place(oracle.softmax(x), -1, np.sin(7 * x[0])), None),
    ],
)
def test_a_softmax_that_is_right_in_part_is_read(softmax: Callable[[Any], Any], said: str | None) -> None:
    network = type("Other", (Right,), {"softmax": lambda self, x: softmax(np.asarray(x, np.float64))})
    found = read(network, "activations-8")["activations-8"].reading
    assert found == (said and f"softmax(x): you compute {said}; it should be e^x / Σ e^x")


class Products(Right):
    """A network whose products of W and a vector have this number in one place."""

    place: int | None = None

    def forward_pass(self, x_train: Any) -> Any:
        def times(key: str, a: Any) -> Any:
            z = self.params[key] @ a
            return z if self.place is None else in_place(z, self.place, 0.0)

        self.A0 = np.asarray(x_train, np.float64)
        self.Z1 = times("W1", self.A0)
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = times("W2", self.A1)
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = times("W3", self.A2)
        self.A3 = self.softmax(self.Z3)
        return self.A3


@pytest.mark.parametrize(("place", "where"), [(-1, "last"), (0, "first"), (None, "")])
def test_a_product_without_its_first_or_last_row_is_read(place: int | None, where: str) -> None:
    found = read(type("Products", (Products,), {"place": place}), "forward-2")["forward-2"].reading
    if place is None:
        assert found is None
    else:
        assert f"Z1: you compute W1·x with 0 in the {where} place" in found
        assert f"Z3: you compute W3·A2 with 0 in the {where} place" in found


class Errors(Right):
    """A network whose error at the output, or at the second layer, has 0 in its last place."""

    layer = 3

    def error(self, y_train: Any, output: Any) -> Any:
        delta = super().error(y_train, output)
        return in_place(delta, -1, 0.0) if self.layer == 3 else delta

    def back(self, layer: int, delta: Any) -> Any:
        found = super().back(layer, delta)
        return in_place(found, -1, 0.0) if self.layer == layer else found


@pytest.mark.parametrize(("layer", "clause", "term"), [(3, "backward-2", "(output - y)"), (2, "backward-4", "W3ᵀ·δ3")])
def test_a_delta_without_its_last_element_is_read_and_those_below_follow_it(layer: int, clause: str, term: str) -> None:
    found = read(type("Errors", (Errors,), {"layer": layer}), clause, "backward-5")
    assert f"δ{layer}: you compute {term}" in found[clause].reading
    assert "in all rows but the last, 0 elsewhere" in found[clause].reading
    assert "δ1" not in found["backward-5"].reading


def test_a_delta_that_was_not_brought_back_is_read() -> None:
    class Kept(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            delta2 = self.back(2, self.error(y_train, output))
            return {**super().backward_pass(y_train, output), "W1": np.outer(delta2, self.A0)}

    found = read(Kept, "backward-5")["backward-5"]
    assert found.reading == "change[W1]: you compute δ2 ⊗ x; it should be δ1 ⊗ x"


@pytest.mark.parametrize(
    ("key", "made", "said"),
    [
        ("W2", lambda net, changes: changes["W3"], "change[W2]: you compute δ3 ⊗ A2; it should be δ2 ⊗ A1"),
        ("W1", lambda net, changes: changes["W2"], "change[W1]: you compute δ2 ⊗ A1; it should be δ1 ⊗ x"),
        ("W3", lambda net, changes: net.params["W3"], "change[W3]: you compute W3; it should be δ3 ⊗ A2"),
        ("W3", lambda net, changes: changes["W3"], None),
    ],
)
def test_the_gradient_of_another_layer_or_the_weights_are_read(
    key: str, made: Callable[[Any, Any], Any], said: str | None
) -> None:
    class Other(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            changes = super().backward_pass(y_train, output)
            return {**changes, key: made(self, changes).copy()}

    clause = {"W3": "backward-2", "W2": "backward-4", "W1": "backward-5"}[key]
    assert read(Other, clause)[clause].reading == said


@pytest.mark.parametrize(("column", "where"), [(0, "first"), (-1, "last"), (5, "")])
def test_a_column_of_pixels_that_nobody_filled_is_read(column: int, where: str) -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        x = oracle.pixels(images).astype(np.float32)
        x[:, column] = 0
        return x, oracle.one_hot(labels)

    reading = read(Right, "preprocessing-5", preprocess=preprocess)["preprocessing-5"].reading or ""
    assert (f"pixel / 255, 0 in the {where} column" in reading) is bool(where)
    assert "column" in reading or not where


@pytest.mark.parametrize(("bound", "said", "name"), [(709, "in float32 it overflows", None), (80, None, None)])
def test_an_argument_that_is_cut_for_float64_overflows_in_float32(bound: int, said: str | None, name: None) -> None:
    class Cut(Right):
        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            s = 1 / (1 + np.exp(-np.clip(x, -bound, bound)))
            return s * (1 - s) if derivative else s

    found = read(Cut, "activations-13")["activations-13"]
    assert (said in found.reading) if said else "overflows" not in (found.reading or "")
    assert found.name == name


def test_two_departures_are_not_said_where_one_explains_the_same_outputs() -> None:
    class Copied(Right):
        def forward_pass(self, x_train: Any) -> Any:
            super().forward_pass(x_train)
            self.A2 = self.sigmoid(self.Z1)
            self.Z3 = self.params["W3"] @ self.A2
            self.A3 = self.softmax(self.Z3)
            return self.A3

    found = read(Copied, "forward-3")["forward-3"]
    assert "A2: you compute σ(Z1); it should be σ(Z2)" in found.reading
    assert "; Z3" not in found.reading
    assert found.reading.count("A2: you compute σ(Z1)") == 1
