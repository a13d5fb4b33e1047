"""Formulas with constants of any size, and rules, rates and orders that only many classes or a long training show."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading.functions import sigmoids
from nnkata.katas.article.reading.functions.activations import WIDE
from tests.support.readings import read

X = np.random.default_rng(5).normal(0.0, 2.0, 24)


@pytest.mark.parametrize(
    ("bend", "text"),
    [
        (lambda x: 1.7159 * np.tanh(2 * x / 3), "1.7159 · tanh(2/3 · x)"),
        (lambda x: 4 * oracle.sigmoid(0.3 * x) - 1, "2 · tanh(0.15 · x) + 1"),
        (lambda x: 3 * oracle.sigmoid(0.5 * x), "3 · σ(1/2 · x)"),
        (lambda x: np.logaddexp(0, 3 * x) / 3, "1/3 · log(1 + e^(3 · x))"),
        (lambda x: np.arctan(x), "arctan(x)"),
        (lambda x: x**3, None),
    ],
)
def test_a_function_that_is_stretched_by_any_factor_is_read(bend: Callable[[Any], Any], text: str | None) -> None:
    found = sigmoids.sigmoid(X, bend(X))
    assert (found and found.text) == text


@pytest.mark.parametrize(
    ("came", "text"),
    [
        (np.clip(0.2 * WIDE + 0.5, 0, 1), "min(1, max(0, 1/5 · x + 0.5))"),
        (np.clip(WIDE, -1, 1), "min(1, max(-1, x))"),
        (np.minimum(WIDE, 6), "min(6, x)"),
        (oracle.sigmoid(WIDE), None),
        (np.sign(WIDE), None),
        (0.2 * WIDE, None),
    ],
)
def test_a_line_within_bounds_is_read(came: Any, text: str | None) -> None:
    found = sigmoids.bounded(WIDE, came)
    assert (found and found.text) == text


class HardSigmoid(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        if derivative:
            return np.where(np.abs(x) < 2.5, 0.2, 0.0)
        return np.clip(0.2 * np.asarray(x) + 0.5, 0.0, 1.0)


class StretchedTanh(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        bent = np.tanh(2 * np.asarray(x) / 3)
        return 1.7159 * 2 / 3 * (1 - bent**2) if derivative else 1.7159 * bent


class StretchedTanhWithAnotherSlope(StretchedTanh):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return 1 - np.tanh(x) ** 2 if derivative else super().sigmoid(x)


@pytest.mark.parametrize(
    ("network", "said"),
    [(HardSigmoid, "min(1, max(0, 1/5 · x + 0.5))"), (StretchedTanh, "1.7159 · tanh(2/3 · x)")],
)
def test_the_slope_of_a_read_function_is_no_second_mistake(network: type, said: str) -> None:
    found = read(network, "activations-1", "activations-3")
    assert {one.reading for one in found.values()} == {f"sigmoid(x): you compute {said}; it should be 1 / (1 + e^-x)"}
    both = read(StretchedTanhWithAnotherSlope, "activations-1", "activations-3")
    assert "derivative=True): you compute (1 - tanh²(x))" in both["activations-3"].reading


class Among(Right):
    most = 3

    def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
        outputs = [self.forward_pass(x) for x in x_val]
        return np.mean([np.argmax(y) in np.argsort(o)[-self.most :] for o, y in zip(outputs, y_val, strict=True)])


class AmongFive(Among):
    most = 5


class Always(Right):
    def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
        return 1.0


def test_an_answer_among_several_is_told_from_a_constant() -> None:
    for network, most in ((Among, 3), (AmongFive, 5)):
        found = read(network, "training-9")["training-9"]
        assert (found.name, f"the label among the {most} largest" in found.reading) == (None, True)
    assert read(Always, "training-9")["training-9"].name == "accuracy-constant"


class RootOfTheRate(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] -= np.sqrt(self.l_rate) * change


def test_a_root_of_the_rate_is_read() -> None:
    found = read(RootOfTheRate, "update-1")["update-1"]
    assert "you compute W - √l_rate · change[W]" in found.reading


class HalvedEveryTwo(Right):
    every = 2

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        rate = self.l_rate
        for number in range(self.epochs):
            self.l_rate = rate * 0.5 ** (number // self.every)
            self.epoch(x_train, y_train)
        self.l_rate = rate


class HalvedEveryThree(HalvedEveryTwo):
    every = 3


class SlowFromTheThird(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        rate = self.l_rate
        for number in range(self.epochs):
            self.l_rate = rate * (1.0 if number < 2 else 0.25)
            self.epoch(x_train, y_train)
        self.l_rate = rate


def test_a_rate_that_falls_after_some_epochs_is_read() -> None:
    for network, every in ((HalvedEveryTwo, 2), (HalvedEveryThree, 3)):
        found = read(network, "training-15")["training-15"]
        text = f"l_rate: you compute 0.5 · l_rate after every {every} epochs; it should be l_rate"
        assert (found.name, found.reading) == (None, text)
    found = read(SlowFromTheThird, "training-15")["training-15"]
    assert "as far as 1, 2, 2.25, 2.5, 2.75, 3 epochs" in found.reading


class SortedByLabel(Right):
    def epoch(self, x_train: Any, y_train: Any) -> None:
        order = np.argsort(np.argmax(y_train, axis=1), kind="stable")
        super().epoch(x_train[order], y_train[order])


class Reversed(Right):
    def order(self, n: int) -> Iterable[int]:
        return range(n)[::-1]


def test_samples_in_the_order_of_their_labels_are_said() -> None:
    assert "sorted by their labels" in read(SortedByLabel, "training-8")["training-8"].reading
    assert read(Reversed, "training-8")["training-8"].reading is None
