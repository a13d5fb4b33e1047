"""A second check: a few small trainings, or one layer alone, do not lead to the name of another mistake."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


class Batches(Right):
    size = 32

    def epoch(self, x_train: Any, y_train: Any) -> None:
        for start in range(0, len(x_train), self.size):
            xs, ys = x_train[start : start + self.size], y_train[start : start + self.size]
            changes = [self.backward_pass(y, self.forward_pass(x)) for x, y in zip(xs, ys, strict=True)]
            self.update_network_parameters({k: np.mean([c[k] for c in changes], axis=0) for k in changes[0]})


class WholeSet(Batches):
    size = 100_000


class Decayed(Right):
    def epoch(self, x_train: Any, y_train: Any) -> None:
        super().epoch(x_train, y_train)
        self.l_rate *= 0.5


class Cosine(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        rate = self.l_rate
        for number in range(self.epochs):
            self.l_rate = rate * 0.5 * (1 + np.cos(np.pi * number / self.epochs))
            self.epoch(x_train, y_train)
        self.l_rate = rate


class StopsWhenAllRight(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if self.compute_accuracy(x_val, y_val) == 1.0:
                break


class StopsWhenNoBetter(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        best = -1.0
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if (now := self.compute_accuracy(x_val, y_val)) <= best:
                break
            best = now


class OneEpochLess(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs - 1):
            self.epoch(x_train, y_train)


class StepsLeftOut(Right):
    """Every step whose number the epochs divide is left out: as many as an epoch has."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for step in range(self.epochs * len(x_train)):
            output = self.forward_pass(x_train[step % len(x_train)])
            if (step + 1) % self.epochs:
                self.update_network_parameters(self.backward_pass(y_train[step % len(x_train)], output))


@pytest.mark.parametrize(
    ("network", "name", "said"),
    [
        (OneEpochLess, "one-epoch-too-few", "(epochs - 1) · n"),
        (StepsLeftOut, None, "(epochs - 1) · n"),
        (WholeSet, "one-step-an-epoch", "the mean of the gradients"),
        (Batches, None, "the mean of 32 samples"),
        (Decayed, "rate-decayed-by-epoch", "0.5 · l_rate"),
        (Cosine, None, "the second of two epochs has 0.5 l_rate"),
        (StopsWhenAllRight, "stops-when-all-right", "before its last epoch"),
        (StopsWhenNoBetter, None, "before its last epoch"),
    ],
)
def test_a_name_is_kept_where_a_further_training_agrees(network: type, name: str | None, said: str) -> None:
    found = read(network, "training-3")["training-3"]
    assert found.name == name
    assert said in found.reading


class SumOfTen(Right):
    size = 10

    def epoch(self, x_train: Any, y_train: Any) -> None:
        for start in range(0, len(x_train), self.size):
            xs, ys = x_train[start : start + self.size], y_train[start : start + self.size]
            changes = [self.backward_pass(y, self.forward_pass(x)) for x, y in zip(xs, ys, strict=True)]
            self.update_network_parameters({k: np.sum([c[k] for c in changes], axis=0) for k in changes[0]})


class SumOfAll(SumOfTen):
    size = 100_000


def test_a_sum_of_all_gradients_is_told_from_sums_of_batches() -> None:
    assert "of several samples" in read(SumOfTen, "training-2")["training-2"].reading
    assert "an epoch makes one step with the sum" in read(SumOfAll, "training-2")["training-2"].reading


class StopsAtAShare(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if self.compute_accuracy(x_val, y_val) > 0.9:
                break


class KeepsTheBest(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        best, kept = -1.0, self.params
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if (now := self.compute_accuracy(x_val, y_val)) > best:
                best, kept = now, {key: value.copy() for key, value in self.params.items()}
        self.params = kept


class OneEpoch(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.epoch(x_train, y_train)


@pytest.mark.parametrize(
    ("network", "name", "said"),
    [
        (StopsAtAShare, None, "the accuracy decides how many epochs count"),
        (KeepsTheBest, None, "the accuracy decides how many epochs count"),
        (StopsWhenAllRight, "stops-when-all-right", "before its last epoch"),
        (OneEpoch, "epochs-ignored", "steps on n samples: you make n"),
    ],
)
def test_epochs_that_follow_the_accuracy_are_not_called_ignored(network: type, name: str | None, said: str) -> None:
    found = read(network, "training-3")["training-3"]
    assert found.name == name
    assert said in (found.reading or "")


class ErrorOfTheLabelAlone(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return -np.asarray(y_train) / (np.asarray(output) + 1e-8)


class NotTheLast(Right):
    def epoch(self, x_train: Any, y_train: Any) -> None:
        super().epoch(x_train[:1000], y_train[:1000])


def test_samples_that_a_wrong_gradient_saturates_are_not_called_left_out() -> None:
    assert "make no step" not in (read(ErrorOfTheLabelAlone, "training-17")["training-17"].reading or "")
    assert read(NotTheLast, "training-17")["training-17"].name == "first-thousand-samples"


class WholePixels(Right):
    def forward_pass(self, x_train: Any) -> Any:
        return super().forward_pass(np.asarray(x_train).astype(int))


class FirstWeights(Right):
    def forward_pass(self, x_train: Any) -> Any:
        now = self.params
        self.params = {**now, "W1": np.ones_like(now["W1"])}
        try:
            return super().forward_pass(x_train)
        finally:
            self.params = now


def test_pixels_that_are_rounded_down_are_not_weights_that_nobody_reads() -> None:
    assert read(WholePixels, "forward-2")["forward-2"].reading == "x: you compute ⌊x⌋; it should be x"
    assert "does not follow W1" in (read(FirstWeights, "forward-2")["forward-2"].reading or "")


class Part(Right):
    part: Any = staticmethod(lambda n: slice(n - 1))

    def epoch(self, x_train: Any, y_train: Any) -> None:
        chosen = self.part(len(x_train))
        super().epoch(x_train[chosen], y_train[chosen])


@pytest.mark.parametrize(
    ("part", "name", "said"),
    [
        (lambda n: slice(n - 1), "all-but-last-sample", "x_train[: n - 1]"),
        (lambda n: slice(6), None, "1, 1, 1, 1, 1, 1, 0"),
        (lambda n: slice(int(0.9 * n)), None, "1, 1, 1, 1, 1, 1, 0"),
        (lambda n: slice(n // 3 * 3), None, "1, 1, 1, 1, 1, 1, 0"),
        (lambda n: slice(1), "only-first-sample", "x_train[0]"),
        (lambda n: slice(1, None), None, "x_train[1:]"),
        (lambda n: slice(int(0.15 * n), None), None, "0, 1, 1, 1, 1, 1, 1"),
    ],
)
def test_a_share_of_the_samples_is_not_called_all_but_one(part: Any, name: str | None, said: str) -> None:
    found = read(type("Parted", (Part,), {"part": staticmethod(part)}), "training-4")["training-4"]
    assert found.name == name
    assert said in (found.reading or "")


class EpochsCapped(Right):
    def __init__(self, sizes: Any, epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, min(epochs, 5), l_rate)


class OtherDefaults(Right):
    def __init__(self, sizes: Any, epochs: int = 5, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, l_rate)


def test_epochs_that_are_capped_are_no_other_defaults() -> None:
    assert read(EpochsCapped, "initialization-5")["initialization-5"].name is None
    assert read(OtherDefaults, "initialization-5")["initialization-5"].name == "other-defaults"
