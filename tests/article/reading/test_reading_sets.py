"""Readings of whole sets and of all layers: images out of order or left out, labels lost, a Z scaled throughout."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.article.lines.test_lines_samples import HEAD, PLAIN
from tests.article.reading.test_reading_more_kinds import pixels
from tests.support.pointed import line_of
from tests.support.readings import read

EYE = np.eye(10, dtype=np.float32)


def labelled(way: Callable[[Any], Any]) -> str:
    """The reading of a preprocess that makes y of the labels, numbers, in this way."""

    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / 255
        return x, way(np.asarray(labels).astype(int))

    return read(Right, "preprocessing-6", preprocess=preprocess)["preprocessing-6"].reading or ""


def first_left_out(v: Any) -> Any:
    """The images but the first, whose pixels stay 0."""
    return np.r_[np.zeros_like(v[:1]), v[1:]] / 255


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda v: v.reshape(784, -1).T / 255, "pixel / 255, the pixels of all images read off in another order (resh"),
        (first_left_out, "pixel / 255, 0 in the first image"),
        (lambda v: v / v.mean(), "pixel / mean(pixel) of the set"),
        (lambda v: v / v.sum(1, keepdims=True), "pixel / Σ pixel of its image"),
    ],
)
def test_images_that_are_taken_as_one_are_read(way: Callable[[Any], Any], said: str) -> None:
    assert pixels(way).startswith(f"x: you compute {said}")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda labels: EYE[labels] * (labels < 9)[:, None], "y[label] = [label < 9]"),
        (lambda labels: EYE[labels] * (labels > 0)[:, None], "y[label] = [label > 0]"),
        (lambda labels: EYE[np.full(len(labels), labels[0])], "y[label of sample 0] = 1"),
        (lambda labels: EYE[np.sort(labels)], "y[sorted(label)] = 1"),
        (lambda labels: EYE[labels], ""),
    ],
)
def test_labels_of_a_set_are_read(way: Callable[[Any], Any], said: str) -> None:
    assert labelled(way).startswith(f"y: you compute {said}; it should be" if said else "")
    assert bool(labelled(way)) == bool(said)


def test_the_line_that_leaves_out_the_nine_is_found(tmp_path: Path) -> None:
    text = (HEAD + PLAIN).replace(
        "    return x, np.eye(10, dtype=np.float32)[np.asarray(labels).astype(int)]\n",
        "    y = np.zeros((len(x), 10), np.float32)\n"
        "    for digit in range(9):\n"
        "        y[np.asarray(labels).astype(int) == digit, digit] = 1\n"
        "    return x, y\n",
    )
    line = text[: text.index("for digit in range(9)")].count("\n") + 1
    assert line_of(tmp_path / "network.py", text, "preprocessing-6") in (line, line + 1)


def bent(way: Callable[[int, Any], Any]) -> str:
    """The reading of a network whose Z of each layer is changed on its way into the function."""

    class Bent(Right):
        def forward_pass(self, x_train: Any) -> Any:
            self.A0 = x_train
            self.Z1 = way(1, self.params["W1"] @ self.A0)
            self.A1 = self.sigmoid(self.Z1)
            self.Z2 = way(2, self.params["W2"] @ self.A1)
            self.A2 = self.sigmoid(self.Z2)
            self.Z3 = way(3, self.params["W3"] @ self.A2)
            self.A3 = self.softmax(self.Z3)
            return self.A3

    return read(Bent, "forward-1")["forward-1"].reading or ""


def test_a_factor_of_z_in_all_layers_is_read() -> None:
    assert bent(lambda layer, z: 0.5 * z) == "; ".join(
        f"Z{layer}: you compute 0.5 · W{layer}·{a}; it should be W{layer}·{a}"
        for layer, a in ((1, "x"), (2, "A1"), (3, "A2"))
    )


def test_a_relu_before_the_sigmoid_is_read() -> None:
    said = bent(lambda layer, z: np.maximum(z, 0) if layer == 2 else z)
    assert said == "A2: you compute σ(max(0, Z2)); it should be σ(Z2)"


def test_a_step_that_loses_a_matrix_is_read() -> None:
    class Loses(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            kept = {k: W - self.l_rate * changes_to_w[k] for k, W in self.params.items() if k != "W2"}
            self.params = kept

    reading = read(Loses, "update-1")["update-1"].reading
    assert reading == "params: you compute the keys W1, W3; it should be the keys W1, W2, W3"


def test_the_smallest_pixel_counts_where_it_is_taken_off() -> None:
    def scaled(low: bool) -> str:
        def preprocess(images: Any, labels: Any) -> Any:
            x = np.asarray(images, np.float32).reshape(len(images), -1)
            least = x.min() if low else 0.0
            return (x - least) / (x.max() - least), EYE[np.asarray(labels).astype(int)]

        return read(Right, "preprocessing-10", preprocess=preprocess)["preprocessing-10"].reading or ""

    assert scaled(low=True).startswith("x: you compute (pixel - min) / (max - min);")
    assert scaled(low=False).startswith("x: you compute pixel / max(pixel) of the set;")
