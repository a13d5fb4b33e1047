"""The formula of a wrong network is read back from its numbers; a right one has no reading."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import KATA, reading
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading.fit import Factor, law, multiple
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.steps.compare import Mismatch
from nnkata.steps.relation import relation
from nnkata.subject import Raised
from tests.support.readings import read

PLAIN = Path(__file__).parents[3] / "solutions" / "correct" / "plain.py"
#: One clause of each stage with a diagnosis from numbers.
STAGES = ("preprocessing-5", "activations-1", "initialization-7", "forward-2", "backward-3", "update-1", "training-2")


class HalfTheError(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return 0.5 * super().error(y_train, output)


class SlopeOneMinusA(Right):
    def slope(self, layer: int) -> Any:
        return 1 - (self.A1 if layer == 1 else self.A2)


class DividedByThirty(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) / 30


class WeightsAdded(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) + 0.01 * self.params[f"W{layer}"]


class StrongDecay(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = 0.9 * self.params[key] - self.l_rate * change


class ReluAtTheSecondLayer(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x, derivative)

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.A2 = np.maximum(self.Z2, 0)
        self.Z3 = self.params["W3"] @ self.A2
        self.A3 = self.softmax(self.Z3)
        return self.A3


class EveryOther(Right):
    def order(self, n: int) -> range:
        return range(0, n, 2)


@pytest.mark.parametrize(
    ("network", "clause", "name", "formula"),
    [
        (HalfTheError, "backward-3", None, "1/2 · (output - y)"),
        (SlopeOneMinusA, "backward-4", None, "W3ᵀ·δ3 ⊙ (1 - A2)"),
        (DividedByThirty, "backward-5", "divided-by-batch", "1/30 · (output - y)"),
        (WeightsAdded, "backward-3", None, "+ 1/100 · W3"),
        (StrongDecay, "update-1", "weight-decay", "1/10 · W"),
        (ReluAtTheSecondLayer, "forward-2", None, "max(0, Z2)"),
        (EveryOther, "training-4", None, "x_train[::2]"),
    ],
)
def test_the_formula_is_read_back(network: type, clause: str, name: str | None, formula: str) -> None:
    said = read(network, clause)[clause]
    assert said.name == name
    assert formula in said.reading


def test_a_right_network_has_no_reading() -> None:
    assert {clause: said.reading for clause, said in read(Right, *STAGES).items()} == dict.fromkeys(STAGES)


def test_a_clause_alone_gets_the_explanation_of_the_whole_run() -> None:
    clauses = ("backward-3", "backward-5", "update-5", "training-1")
    whole = read(DividedByThirty, *clauses)
    assert {clause: read(DividedByThirty, clause)[clause] for clause in clauses} == whole


def test_two_mistakes_are_both_named_in_their_places() -> None:
    class Both(StrongDecay, DividedByThirty):
        pass

    said = read(Both, "backward-3", "update-1")
    assert (said["backward-3"].name, said["update-1"].name) == ("divided-by-batch", "weight-decay")


def test_nothing_after_an_unread_departure_is_named() -> None:
    class Odd(Right):
        def forward_pass(self, x_train: Any) -> Any:
            super().forward_pass(x_train)
            self.A3 = self.softmax(self.Z3**3 + 0.2 * self.Z3)
            return self.A3

    said = read(Odd, "forward-2", "backward-3", "training-1")
    assert {one.name for one in said.values()} == {None}
    assert said["backward-3"].reading is None


@pytest.mark.parametrize("value", [float("nan"), "text", None, np.zeros((2, 3)), np.zeros(4, np.uint8), [1, 2]])
def test_the_diagnosis_ends_with_any_answers_of_a_submission(value: Any) -> None:
    class Sends(Right):
        def forward_pass(self, x_train: Any) -> Any:
            return value

        def backward_pass(self, y_train: Any, output: Any) -> Any:
            return {"W1": value, "W2": value, "W3": value}

        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            return value

    assert {said.name for said in read(Sends, *STAGES).values()} == {None}


def test_every_failure_has_a_formula_a_relation_or_a_hint(write: Callable[..., Path]) -> None:
    path = write("half.py", **{"np.outer(": "0.5 * np.outer("})
    verdict = judge(Settings(str(path), seed=7, only=frozenset(["backward-2", "backward-3", "training-1"])))
    assert [failure.clause for failure in verdict.failures] == ["backward-2", "backward-3", "training-1"]
    for failure in verdict.failures:
        assert failure.misconception is None
        assert failure.reading
        assert "1/2" in failure.reading
        assert failure.hint


@pytest.mark.parametrize(
    ("came", "expected", "said"),
    [
        (np.array([2.0, 4.0]), np.array([1.0, 2.0]), "2 times as large"),
        (np.array([-1.0, 2.0]), np.array([1.0, -2.0]), "sign"),
        (np.zeros(3), np.ones(3), "all zero"),
        (np.array([[1.0], [2.0]]), np.array([1.0, 2.0]), "the right numbers in the shape (2, 1)"),
        (np.array([3.0, 2.0, 1.0]), np.array([1.0, 2.0, 3.0]), "reverse order"),
        (np.array([1.5, 2.5]), np.array([1.0, 2.0]), "0.5 more everywhere"),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), "not finite"),
    ],
)
def test_the_result_is_related_to_the_expected_value(came: Any, expected: Any, said: str) -> None:
    assert said in relation(Mismatch("x", came, expected))
    assert said not in relation(Mismatch("x", expected, expected))


@pytest.mark.parametrize("meant", [(4,), np.ones(4)], ids=["shape", "value"])
def test_a_matrix_in_place_of_a_vector_is_explained_by_a_column(meant: Any) -> None:
    def said(came: Any) -> str:
        error = Mismatch("x", came, "in words")
        error.meant = meant
        return relation(error)

    assert "column (n, 1)" in said(np.ones((4, 1)) + np.arange(6.0))
    for other in (np.arange(4.0).reshape(4, 1), np.ones((7, 6)), np.arange(6.0)):  # no column and vector give these
        assert "column" not in said(other)


def test_an_exception_is_explained_by_shapes_in_its_message_not_by_its_kind() -> None:
    assert "(4,5) · (4,)" in relation(Raised("ValueError", "shapes (4,5) and (4,) not aligned: 5 != 4", ""))
    assert relation(Raised("ValueError", "no", "")) == ""


def test_a_multiple_holds_for_every_element() -> None:
    term = np.array([1.0, 2.0, 3.0])
    assert multiple(2 * term, term, 1e-6) == pytest.approx(2.0)
    assert multiple(2 * term + np.array([0, 0, 0.1]), term, 1e-6) is None


def test_a_factor_is_a_constant_or_follows_a_quantity() -> None:
    assert law([0.5, 0.5], {"n": [4.0, 3.0]}, 1e-6) == Factor(0.5)
    found = law([0.25, 1 / 3], {"n": [4.0, 3.0]}, 1e-6)
    assert found is not None
    assert (found.of, found.power) == ("n", -1)
    assert law([0.25, 0.7], {"n": [4.0, 3.0]}, 1e-6) is None


def test_every_name_that_a_reading_gives_is_in_the_catalogue() -> None:
    found: set[str] = set()
    for path in sorted(Path(reading.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", node.value) else set()
    assert len(found & set(CATALOGUE)) > 50
    begun = {text for text in found if any(name.startswith(text) for name in CATALOGUE)}  # a layer follows
    assert found - begun <= set(KATA.stages)
