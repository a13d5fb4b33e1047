"""A step of train with a changed sample, label or output, or at a rate of its own, is read; noise is not."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support import readings


def same(v: Any) -> Any:
    return v


def read(sample: Any = same, label: Any = same, output: Any = same, rate: float = 0.0) -> str | None:
    class Training(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            kept, self.l_rate = self.l_rate, rate or self.l_rate
            for _epoch in range(self.epochs):
                for x, y in zip(x_train, y_train, strict=True):
                    came = self.forward_pass(sample(x))
                    self.update_network_parameters(self.backward_pass(label(y), output(came)))
            self.l_rate = kept

    reading: str | None = readings.read(Training, "training-1")["training-1"].reading
    return reading


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (
            {"sample": lambda x: 2 * x},
            "train: you compute forward_pass(2 · x_train[i]); it should be forward_pass(x_train[i])",
        ),
        ({"sample": lambda x: x / 255}, "forward_pass(x_train[i] / 255)"),
        ({"sample": lambda x: x[::-1]}, "forward_pass(x_train[i] in reverse order)"),
        (
            {"label": lambda y: 0.9 * y + 0.01},
            "in the step that train makes, δ3: you compute (output - 0.9 · y - 1/100)",
        ),
        ({"output": lambda p: (p == p.max()) * 1.0}, "δ3: you compute (output - y) - (output - [its largest])"),
        ({"rate": 0.1}, "l_rate: you compute 0.1; it should be l_rate"),
    ],
)
def test_what_a_step_takes_in_place_of_its_own_is_read(changed: Any, text: str) -> None:
    found = read(**changed)
    assert found is not None
    assert text in found


def test_a_right_training_and_one_with_noise_are_not_read() -> None:
    assert read() is None
    assert read(sample=lambda x: x + np.random.normal(size=x.shape)) is None


def test_weights_that_a_step_leaves_where_they_are_have_no_gradient_of_zero() -> None:
    class LastLayer(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            self.params["W3"] -= self.l_rate * changes_to_w["W3"]

        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            for _epoch in range(self.epochs):
                for x, y in zip(x_train, y_train, strict=True):
                    self.update_network_parameters(self.backward_pass(0 * y + 1 / len(y), self.forward_pass(x)))

    found = readings.read(LastLayer, "training-1")["training-1"].reading or ""
    assert "δ3: you compute (output - 1/n)" in found
    assert "W1, W2 have not moved" in found
    assert "change[W1]" not in found.replace("l_rate · change[W]", "")
