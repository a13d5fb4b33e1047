"""Functions of a submission are read from their values: sums of exponentials, halves, straight lines in σ, shares."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.forward import Rewired
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading import diagnosis
from nnkata.katas.article.reading.functions import sigmoids, softmaxes
from nnkata.katas.article.reading.passes import network
from nnkata.katas.article.reading.training import rules
from tests.support.readings import read

X = np.random.default_rng(5).normal(0.0, 2.0, 24)
XS = [np.random.default_rng([5, n]).normal(0.0, 2.0, n) for n in (7, 4, 5)]


@pytest.mark.parametrize(
    ("came", "text"),
    [
        (1 / (1 + np.exp(X)), "σ(-x)"),
        (1 / (1 + np.exp2(-X)), "σ(0.693147 · x)"),
        (oracle.sigmoid(3 * X - 1), "σ(3 · x - 1)"),
        (1 / (2 + np.exp(-X)), "1 / (2 + e^(-x))"),
        (np.exp(X), "e^x"),
        (0.75 - oracle.sigmoid(X), "0.75 - σ(x)"),
        (1 - np.exp(-X), "2 - (1 + e^-x)"),
        (X**3, None),
    ],
)
def test_sigmoids_of_other_forms_are_read(came: Any, text: str | None) -> None:
    found = sigmoids.sigmoid(X, came)
    assert (found and found.text) == text


def test_a_function_that_is_computed_by_halves_is_read_by_halves() -> None:
    came = np.where(X < 0, np.exp(X) * (1 + np.exp(X)), 1 + np.exp(-X))
    found = sigmoids.by_sign(X, came, derivative=False)
    assert found is not None
    assert found.text == "1 + e^-x for x > 0, e^(x) + e^(2 · (x)) for x < 0"
    assert sigmoids.by_sign(X, X**3, derivative=False) is None


@pytest.mark.parametrize(
    ("bend", "text"),
    [
        (lambda x: np.exp(x) / x.sum(), "e^x / Σ x"),
        (lambda x: np.exp(x) / np.expm1(x).sum(), "e^x / (Σ (e^x - 1))"),
        (lambda x: -0.5 * (1 - oracle.softmax(x)), "-1/2 · (1 - softmax(x))"),
        (lambda x: np.exp(x) / (np.exp(x).sum() + 1), "e^x / (1 + Σ e^x)"),
        (lambda x: np.exp(x) / (np.exp(x).sum() + 0.01), "e^x / (Σ e^x + 0.01)"),
        (lambda x: np.exp(x - x.max()) / (np.exp(x - x.max()).sum() - 1), "(e^(x - max)) / (Σ (e^(x - max)) - 1)"),
        (lambda x: np.exp(x) / (np.exp(x).sum() + 2 * len(x)), "e^x / (Σ e^x + 2 · n)"),
        (lambda x: oracle.softmax(x) + 0.001, "softmax(x) + 1/1000"),
        (lambda x: oracle.softmax(3 * x), "softmax(3 · x)"),
        (lambda x: np.exp(x) / np.exp(x).sum() ** 2, "e^x / (Σ e^x)²"),
        (lambda x: np.exp(np.abs(x)) / np.exp(np.abs(x)).sum(), "softmax(|x|)"),
        (lambda x: (x - x.min()) / (x - x.min()).sum(), "(x - min x) / (Σ (x - min x))"),
        (lambda x: np.exp(x) / np.cumsum(np.exp(x)), "e^x / cumsum(e^x)"),
        (lambda x: x**3 / np.exp(x).sum(), None),
        (lambda x: np.exp(x) / (np.exp(x).sum() + x[0]), None),
    ],
)
def test_shares_of_other_sums_are_read(bend: Callable[[Any], Any], text: str | None) -> None:
    found = softmaxes.read(XS, [bend(x) for x in XS])
    assert (found and found.text.replace("-0.5", "-1/2")) == text


class LogitsFromZ2(Rewired):
    def logits(self) -> Any:
        return self.params["W3"] @ self.Z2


class BothFromZ(LogitsFromZ2):
    def hidden2(self) -> Any:
        return self.params["W2"] @ self.Z1


def test_a_name_for_all_layers_is_not_given_for_one() -> None:
    one, both = read(LogitsFromZ2, "forward-2")["forward-2"], read(BothFromZ, "forward-2")["forward-2"]
    assert (one.name, "Z3: you compute W3·Z2" in one.reading) == (None, True)
    assert both.name == "hidden-layers-linear"


class LabelsByArgmin(Right):
    def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
        right = [np.argmax(self.forward_pass(x)) == np.argmin(y) for x, y in zip(x_val, y_val, strict=True)]
        return float(np.mean(right))


def test_the_smallest_label_is_not_taken_for_the_smallest_output() -> None:
    found = read(LabelsByArgmin, "training-9")["training-9"]
    assert found.name is None
    assert "mean(argmax(output) = argmin(y)); it should be" in found.reading


def test_rules_that_fit_equally_are_all_reported_and_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = rules.formulas

    def twice(asked: Any, right: Any) -> Any:
        found = usual(asked, right)
        return [*found, ("the same in other words", "accuracy-percent", found[[f[1] for f in found].index(None)][2])]

    monkeypatch.setattr(rules, "formulas", twice)

    class CountsTheWrong(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
            return len(x_val) * (1 - float(super().compute_accuracy(x_val, y_val)))

    found = read(CountsTheWrong, "training-9")["training-9"]
    assert found.name is None
    assert "the number of wrong samples, or the same in other words" in found.reading


def test_a_fault_in_the_reading_itself_costs_a_name_but_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_asked: Any) -> Any:
        raise KeyError("ones")

    monkeypatch.setattr(network, "read", broken)
    assert read(LogitsFromZ2, "forward-2")["forward-2"].reading is None
    monkeypatch.setattr(diagnosis, "STRICT", True)
    with pytest.raises(KeyError):
        read(LogitsFromZ2, "forward-2")


class SoftmaxForSigmoid(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return 3 * oracle.softmax(np.ravel(x)).reshape(np.shape(x))


class Steeper(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(3 * x, derivative)


def test_a_function_of_all_elements_is_not_read_as_one_of_each() -> None:
    assert read(SoftmaxForSigmoid, "activations-1")["activations-1"].reading is None
    assert "σ(3 · x)" in read(Steeper, "activations-1")["activations-1"].reading


class AnswersByLogits(Right):
    """The output is reversed, but compute_accuracy uses the logits and is right."""

    def output(self, logits: Any) -> Any:
        return 1 - oracle.softmax(logits)

    def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
        net = Right(self.sizes)
        net.params = self.params
        return net.compute_accuracy(x_val, y_val)


def test_an_accuracy_that_is_right_by_another_way_has_no_name() -> None:
    assert read(AnswersByLogits, "training-9")["training-9"].name is None
