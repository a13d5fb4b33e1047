"""Readings of terms that stand for another value by chance, and of what one mistake makes of others."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def labelled(encode: Any) -> Any:
    """A preprocess with these labels."""

    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / np.float32(255)
        return x, encode(np.asarray(labels).astype(int)).astype(np.float32)

    return preprocess


def test_an_exception_for_images_is_none_of_labels_that_are_texts() -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        top = np.max(images, axis=(1, 2), keepdims=True)
        return (images / top).reshape(len(images), -1).astype(np.float32), np.eye(10)[np.asarray(labels).astype(int)]

    assert read(Right, "preprocessing-7", preprocess=preprocess)["preprocessing-7"].name is None


def test_labels_in_other_places_are_listed() -> None:
    found = read(Right, "preprocessing-6", preprocess=labelled(lambda digits: np.eye(10)[digits // 2]))
    assert "y: you compute y[k] = 1, k = 2, 0, 4, 1 (label = 5, 0, 9, 3)" in found["preprocessing-6"].reading


@pytest.mark.parametrize(("place", "said"), [(0, "the first image in each row"), (-1, "the last image in each row")])
def test_one_image_for_all_is_read(place: int, said: str) -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / np.float32(255)
        return x[[place] * len(x)], np.eye(10)[np.asarray(labels).astype(int)]

    assert said in read(Right, "preprocessing-5", preprocess=preprocess)["preprocessing-5"].reading


def test_a_softmax_of_ones_is_called_1() -> None:
    ones = type("Ones", (Right,), {"softmax": lambda _self, x: np.ones_like(np.asarray(x, float))})
    assert "softmax(x): you compute 1; it should be" in read(ones, "activations-8")["activations-8"].reading


class OverAll(Right):
    """A sigmoid of another denominator in each part, over the number of all elements."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        t = np.exp(-np.abs(x))
        return np.where(np.asarray(x) >= 0, 1.0, t) / (2.0 + t) / np.size(x)


def test_parts_are_not_read_where_other_elements_count() -> None:
    assert "for x" not in (read(OverAll, "activations-1")["activations-1"].reading or "")


class Unit(Right):
    """The inputs that it keeps have length 1."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations / np.linalg.norm(activations))


class Seeded(Right):
    """The error is divided by its sum."""

    def error(self, y_train: Any, output: Any) -> Any:
        error = super().error(y_train, output)
        return error / np.abs(error).sum()


class Moved(Right):
    """Each product is of activations that are moved, or has their sum added."""

    def product(self, key: str, a: Any) -> Any:
        return self.params[key] @ (a - 0.5)

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, dtype=np.float64)
        self.Z1 = self.product("W1", self.A0)
        self.A1 = oracle.sigmoid(self.Z1)
        self.Z2 = self.product("W2", self.A1)
        self.A2 = oracle.sigmoid(self.Z2)
        self.Z3 = self.product("W3", self.A2)
        self.A3 = oracle.softmax(self.Z3)
        return self.A3


class Added(Moved):
    """The sum."""

    def product(self, key: str, a: Any) -> Any:
        return self.params[key] @ a + a.sum()


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (Unit, "backward-2", "change[W3]: you compute 1/|A2| · δ3 ⊗ A2"),
        (Seeded, "backward-2", "δ3: you compute 1/Σ |output - y| · (output - y)"),
        (Moved, "forward-1", "Z1: you compute W1·(x - 0.5); it should be W1·x"),
        (Added, "forward-1", "Z2: you compute W2·A1 + Σ A1; it should be W2·A1"),
    ],
)
def test_the_term_is_read(network: type, clause: str, said: str) -> None:
    assert said in read(network, clause)[clause].reading


class Stale(Right):
    """It gives its first gradients again and again."""

    kept: Any = None

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        self.kept = self.kept or super().backward_pass(y_train, output)
        return self.kept


def test_gradients_that_stay_do_not_tell_which_samples_make_steps() -> None:
    found = read(Stale, "backward-9", "training-2")
    assert found["backward-9"].name == "stale-forward-pass"
    assert "samples" not in (found["training-2"].reading or "").replace(found["backward-9"].reading, "")
