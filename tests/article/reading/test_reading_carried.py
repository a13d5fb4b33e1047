"""A rate by the number of the sample, gradients that train carries on, and weights that it shrinks are read."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read

LETTERS = ("W1", "W2", "W3")
MEANT = "it should be W - l_rate · change[W]"


class Carrying(Right):
    """A step of train is made with another gradient than the sample's."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.v: dict[str, Any] = {}

    def other(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def epoch(self, x_train: Any, y_train: Any) -> None:
        for number, (x, y) in enumerate(zip(x_train, y_train, strict=True)):
            changes = self.backward_pass(y, self.forward_pass(x))
            self.update_network_parameters(self.other(number, changes))


class Numbered(Carrying):
    def other(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        return {key: (number + 1) * change for key, change in changes.items()}


class Summed(Carrying):
    def other(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        self.v = {key: 0.8 * self.v.get(key, 0.0) + change for key, change in changes.items()}
        return self.v


class Averaged(Carrying):
    def other(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        self.v = {key: 0.9 * self.v.get(key, 0.0) + 0.1 * change for key, change in changes.items()}
        return self.v


class Begun(Carrying):
    """A running mean that begins with the first gradient."""

    def other(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        self.v = {k: 0.9 * self.v[k] + 0.1 * c for k, c in changes.items()} if self.v else changes
        return self.v


class Shrinking(Right):
    """The weights are multiplied at the start of each epoch."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        self.params = {key: 0.99 * self.params[key] for key in LETTERS}
        super().epoch(x_train, y_train)


class ShrinkingOnce(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.params = {key: 0.5 * self.params[key] for key in LETTERS}
        super().train(x_train, y_train, x_val, y_val)


class ShrinkingAlways(Right):
    def visit(self, x: Any, y: Any) -> None:
        super().visit(x, y)
        self.params = {key: 0.999 * self.params[key] for key in LETTERS}


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (Numbered, "l_rate: you compute (i + 1) · l_rate for x_train[i]; it should be l_rate"),
        (Summed, f"in the step that train makes, W: you compute v = 0.8 v + change[W], W - l_rate · v; {MEANT}"),
        *(
            (net, f"W: you compute v = 0.9 v + (1 - 0.9) change[W], W - l_rate · v; {MEANT}")
            for net in (Averaged, Begun)
        ),
        (Shrinking, "train makes the weights 0.99 · W in every epoch; only its steps should move them"),
        (ShrinkingOnce, "train makes the weights 0.5 · W once; only its steps should move them"),
        (ShrinkingAlways, "train makes the weights 0.999 · W for each sample; only its steps should move them"),
    ],
)
def test_what_train_does_beside_its_steps_is_read(network: type, said: str) -> None:
    found = read(network, "training-2", "training-3")["training-3"]
    assert found.reading == said or found.reading == f"in the step that train makes, {said}"
    assert found.name is None


class Halving(Right):
    """The update itself shrinks the weights: no mistake of train."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        self.params = {key: 0.5 * (w - self.l_rate * changes_to_w[key]) for key, w in self.params.items()}


class Remembering(Right):
    """The update itself remembers the gradients."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        before = getattr(self, "v", {})
        self.v = {key: 0.9 * before.get(key, 0.0) + change for key, change in changes_to_w.items()}
        super().update_network_parameters(self.v)


class Backwards(Right):
    """Another order of the samples is right."""

    def order(self, n: int) -> Any:
        return np.arange(n)[::-1]


def test_other_mistakes_and_right_networks_get_no_such_reading() -> None:
    assert "train makes" not in (read(Halving, "training-2")["training-2"].reading or "")
    assert read(Remembering, "training-2")["training-2"].name == "momentum"
    for network in (Right, Backwards):
        assert read(network, "training-2")["training-2"].reading is None
