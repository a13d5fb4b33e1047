"""Readings of steps that are no multiple of the gradient, or of another length from the second one on."""

from typing import Any

import numpy as np

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


class Adagrad(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        self.h = getattr(self, "h", dict.fromkeys(changes_to_w, 0.0))
        for key, change in changes_to_w.items():
            self.h[key] = self.h[key] + change**2
            self.params[key] -= self.l_rate * change / (np.sqrt(self.h[key]) + 1e-8)


class Signs(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] -= self.l_rate * np.sign(change)


def test_a_formula_of_the_first_step_alone_is_reported_as_such() -> None:
    for network, kept in ((Adagrad, True), (Signs, False)):
        said = read(network, "update-1")["update-1"]
        assert "l_rate · sign(change[W])" in said.reading
        assert ("kept from step to step" in said.reading) is kept
        assert said.name is None


class ScalesWhatItIsGiven(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            change *= self.l_rate
            self.params[key] -= change


class ClearsWhatItIsGiven(Right):
    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters(changes_to_w)
        for change in changes_to_w.values():
            change[...] = 0


def test_gradients_that_are_cleared_are_not_called_scaled() -> None:
    assert read(ScalesWhatItIsGiven, "update-4")["update-4"].name == "gradients-changed-in-place"
    cleared = read(ClearsWhatItIsGiven, "update-4")["update-4"]
    assert cleared.name is None
    assert "writes into the array that it is given: change[W1]" in cleared.reading


class RateFalls(Right):
    steps = 0

    def update_network_parameters(self, changes_to_w: Any) -> None:
        self.steps += 1
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate / np.sqrt(self.steps) * change


def test_a_second_step_of_another_length_is_said_as_that() -> None:
    found = read(RateFalls, "update-2")["update-2"].reading
    assert "W - 0.7071 · l_rate · change[W]" in found
    assert "that is the second step, and the first one is right" in found
