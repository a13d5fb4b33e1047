"""Steps that are no multiple of the gradient are read, and a step that depends on the epochs is no mistake of train."""

from typing import Any

import numpy as np
import pytest

from nnkata.diagnosis import Diagnosed
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def said(step: Any, *clauses: str) -> list[Diagnosed]:
    class Stepping(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            for key, change in changes_to_w.items():
                self.params[key] = step(self, self.params[key], change)

    found = read(Stepping, *clauses)
    return [found[clause] for clause in clauses]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (lambda net, W, g: W - net.l_rate * np.maximum(g, 0), "W - l_rate · max(0, change[W])"),
        (lambda net, W, g: W - net.l_rate * (g - g.mean()), "W - l_rate · (change[W] - mean(change[W]))"),
        (lambda net, W, g: W - net.l_rate * g / np.sqrt(g**2 + 0.01), "W - l_rate · change[W] / √(change[W]² + 0.01)"),
        (lambda net, W, g: (W - net.l_rate * g).round(2), "round(W - l_rate · change[W], 2)"),
        (lambda net, W, g: W - np.clip(net.l_rate * g, -0.05, 0.05), "W - clip(l_rate · change[W], ±0.05)"),
        (lambda net, W, g: net.l_rate * g, "l_rate · change[W] alone, W is gone"),
        (lambda net, W, g: (1 - net.l_rate) * W + net.l_rate * g, "W - l_rate · W + l_rate · change[W]"),
        (lambda net, W, g: W - net.l_rate / net.epochs * g, "W - 1/epochs · l_rate · change[W]"),
    ],
)
def test_other_steps_are_read_and_explain_training_too(step: Any, text: str) -> None:
    of_update, of_training = said(step, "update-1", "training-3")
    assert of_update.reading is not None
    assert f"you compute {text}; it should be" in of_update.reading
    assert of_training.reading == of_update.reading


def test_weights_that_move_from_the_second_step_on_are_not_called_lost() -> None:
    class Waiting(Right):
        steps = 0

        def update_network_parameters(self, changes_to_w: Any) -> None:
            for key, change in changes_to_w.items():
                self.params[key] = self.params[key] - min(1.0, self.steps / 10) * self.l_rate * change
            self.steps += 1

    found = read(Waiting, "update-1")["update-1"]
    assert found.name is None
    assert (found.reading or "").startswith("W1, W2, W3 have not moved")
    assert (found.reading or "").endswith("something is kept from step to step")


def test_a_step_that_is_not_read_says_nothing_about_train() -> None:
    unread = said(lambda net, W, g: W - net.l_rate * np.random.normal(size=W.shape), "update-1", "training-3")
    assert [found.reading for found in unread] == [None, None]


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (lambda rate: min(rate, 0.01), "W - 1/100 · change[W] for l_rate = 0.5, 0.125, 0.25"),
        (lambda rate: 0.01, "W - 1/100 · change[W]"),
        (lambda rate: max(rate, 0.01), "W - 1/100 · change[W] for l_rate = 0.000488281"),
        (lambda rate: np.clip(rate, 1e-3, 0.1), "W - 1/10 · change[W] for l_rate = 0.5, 0.125, 0.25"),
        (lambda rate: 1 if rate > 0.01 else rate, "W - change[W] for l_rate = 0.5, 0.125, 0.25"),
        (lambda rate: 2 * rate, "W - 2 · l_rate · change[W]"),
    ],
)
def test_a_function_of_the_rate_is_no_fixed_rate(rate: Any, text: str) -> None:
    (found,) = said(lambda net, W, g: W - rate(net.l_rate) * g, "update-1")
    assert found.reading is not None
    assert f"you compute {text}; it should be" in found.reading
    assert (found.name == "rate-fixed") is bool(rate(1e-9) == rate(1e-2) == rate(1e9))


class SmallRate(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - 0.001 * change


def test_steps_of_a_rate_of_their_own_are_not_counted_by_that_of_the_network() -> None:
    assert read(SmallRate, "training-1", seed=9)["training-1"].name == "rate-fixed"
