"""Mistakes that show in a part of the numbers: a bound, an unknown delta beside W, the slope of a modified sigmoid."""

from typing import Any

import numpy as np
import pytest

from nnkata.diagnosis import Failed
from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import module_of
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading import diagnose
from nnkata.katas.article.reading.passes.inverted import Affine, cut
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of
from tests.support.readings import read

CLAUSES = ("activations-1", "activations-8", "forward-2", "backward-3", "backward-4")


def readings(network: type) -> dict[str, str | None]:
    return {clause: told.reading for clause, told in read(network, *CLAUSES).items()}


class AtLeastAFifth(Right):
    def forward_pass(self, x_train: Any) -> Any:
        return np.maximum(0.2, super().forward_pass(x_train))


class ByTheOutputAndDecayed(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return -y_train / output

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) + 0.1 * self.params[f"W{layer}"]


class SlopeOfABentSigmoid(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x, derivative) if derivative else 1 / (1 + 3.0 ** -np.asarray(x))

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations * (1 - activations) if layer == 2 else activations)


class Doubled(Right):
    """Its outputs are those of A2 = σ(2 Z2), too."""

    factor = 2.0

    def forward_pass(self, x_train: Any) -> Any:
        self.A0 = np.asarray(x_train, dtype=np.float64)
        w = self.params
        self.Z1 = w["W1"] @ self.A0
        self.A1 = self.factor * self.sigmoid(self.Z1)
        self.Z2 = w["W2"] @ self.A1
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = w["W3"] @ self.A2
        return self.softmax(self.Z3)


class HalvedBehindAWrongSlope(Doubled):
    factor = 0.5

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return 1 - oracle.sigmoid(x) if derivative else super().sigmoid(x)


class SoftmaxOfTheFirstLayer(Right):
    def output(self, logits: Any) -> Any:
        return self.softmax(self.A1)


class Z1IntoTheLastLayer(Right):
    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.Z3 = self.params["W3"] @ self.Z1
        return self.softmax(self.Z3)


class Z1ForA1OnTheWayBack(Right):
    def backward_pass(self, y_train: Any, output: Any) -> Any:
        self.A1 = self.Z1
        return super().backward_pass(y_train, output)

    def slope(self, layer: int) -> Any:
        return self.A1 * (1 - self.A1) if layer == 1 else self.A2 * (1 - self.A2)


class TheSampleForA2OnTheWayBack(Right):
    def backward_pass(self, y_train: Any, output: Any) -> Any:
        self.A2 = self.A0
        return super().backward_pass(y_train, output)

    def slope(self, layer: int) -> Any:
        return self.A1 * (1 - self.A1) if layer == 1 else self.A2 * (1 - self.A2)


class NormalisedInEachLayer(Right):
    def forward_pass(self, x_train: Any) -> Any:
        kept = self.params
        self.params = {**kept, **{key: kept[key] / np.linalg.norm(kept[key]) for key in ("W1", "W2", "W3")}}
        output = super().forward_pass(x_train)
        self.params = kept
        return output


class SigmoidAndItsSlopeAtTheOutput(Right):
    def softmax(self, x: Any) -> Any:
        return oracle.sigmoid(x)

    def error(self, y_train: Any, output: Any) -> Any:
        return (output - y_train) * output * (1 - output)


@pytest.mark.parametrize(
    ("network", "clause", "part"),
    [
        (AtLeastAFifth, "forward-2", "output: you compute max(0.2, softmax(Z3)); it should be softmax(Z3)"),
        (ByTheOutputAndDecayed, "backward-3", "change[W3]: you compute δ3 ⊗ A2 + 1/10 · W3"),
        (SlopeOfABentSigmoid, "backward-4", "change[W2]: you compute δ2 ⊗ (A1 ⊙ (1 - A1)); it should be δ2 ⊗ A1"),
        (Z1IntoTheLastLayer, "forward-2", "Z3: you compute W3·Z1; it should be W3·A2"),
        (Z1ForA1OnTheWayBack, "backward-4", "change[W2]: you compute δ2 ⊗ Z1; it should be δ2 ⊗ A1; δ1: you compute"),
        (TheSampleForA2OnTheWayBack, "backward-3", "δ2: you compute W3ᵀ·δ3 ⊙ x ⊙ (1 - x)"),
        (NormalisedInEachLayer, "forward-2", "Z3: you compute (W3 / |W3|)·A2; it should be W3·A2"),
        (SoftmaxOfTheFirstLayer, "forward-2", "output: you compute softmax(A1); it should be softmax(Z3)"),
        (Doubled, "forward-2", "A1: you compute 2 · σ(Z1); it should be σ(Z1)"),
        (HalvedBehindAWrongSlope, "forward-2", "A1: you compute 1/2 · σ(Z1); it should be σ(Z1)"),
        (SigmoidAndItsSlopeAtTheOutput, "backward-3", "δ3: you compute (output - y) ⊙ output ⊙ (1 - output)"),
    ],
)
def test_the_formula_is_read_from_a_part_of_the_numbers(network: type, clause: str, part: str) -> None:
    told = readings(network)
    assert part in (told[clause] or "")


def test_a_value_in_place_of_another_is_not_named_after_one_of_its_effects() -> None:
    assert {told.name for told in read(Z1ForA1OnTheWayBack, "backward-4", "backward-5").values()} == {None}


def test_two_mistakes_that_turn_the_same_clauses_red_are_both_reported() -> None:
    told = readings(ByTheOutputAndDecayed)["backward-3"] or ""
    assert "δ3: you compute -y / output; it should be (output - y)" in told
    assert "+ 1/10 · W3" in told


def test_a_bound_is_read_if_several_elements_reach_it_and_all_others_are_right() -> None:
    right = [np.array([0.05, 0.1, 0.25, 0.6]), np.array([0.01, 0.33, 0.66])]
    at_least = cut([np.maximum(0.2, value) for value in right], right, 1e-9)
    at_most = cut([np.minimum(0.3, value) for value in right], right, 1e-9)
    assert at_least == Affine("output", least=0.2)
    assert at_most == Affine("output", most=0.3)
    assert cut(right, right, 1e-9) is None
    assert cut([np.maximum(0.2, value) + 0.01 for value in right], right, 1e-9) is None
    assert cut([np.maximum(0.07, value) for value in right], right, 1e-9) is None  # two elements are too few


def batched(size: int, dtype: Any, drop: bool) -> type:
    class Batched(Right):
        def draw(self, rows: int, columns: int) -> Any:
            return super().draw(rows, columns).astype(dtype)

        def epoch(self, x_train: Any, y_train: Any) -> None:
            n = len(x_train)
            for start in range(0, n - n % size if drop and n > size else n, size):
                batch = [
                    self.backward_pass(y, self.forward_pass(x))
                    for x, y in zip(x_train[start : start + size], y_train[start : start + size], strict=True)
                ]
                mean = {key: sum(one[key] for one in batch) / len(batch) for key in batch[0]}
                self.update_network_parameters({key: value.astype(dtype) for key, value in mean.items()})

    return Batched


@pytest.mark.parametrize(
    ("size", "dtype", "drop", "name", "part"),
    [
        (32, np.float64, False, None, "the mean of 32 samples; there should be"),
        (64, np.float32, False, None, "the mean of 64 samples; there should be"),
        (128, np.float64, True, None, "the mean of 128 samples, and an incomplete last batch makes none"),
        (100_000, np.float64, False, "one-step-an-epoch", "an epoch makes one step with the mean of the gradients"),
    ],
)
def test_a_batch_that_is_larger_than_a_small_set_is_not_called_the_whole_set(
    size: int, dtype: Any, drop: bool, name: str | None, part: str
) -> None:
    told = read(batched(size, dtype, drop), "training-2")["training-2"]
    assert told.name == name
    assert part in (told.reading or "")


class ForgetsAPercent(Right):
    def forward_pass(self, x_train: Any) -> Any:
        output = super().forward_pass(x_train)
        self.params["W1"] *= 0.99
        return output


class StopsWhenNoBetter(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        best = -1.0
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            now = self.compute_accuracy(x_val, y_val)
            if now <= best:
                break
            best = now


class StopsWhenAllAreRight(Right):
    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if self.compute_accuracy(x_val, y_val) == 1.0:
                break


class SharesItsWeights(Right):
    KEPT: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - this is the mistake

    def initialization(self) -> dict[str, Any]:
        return self.KEPT.setdefault(str(self.sizes), super().initialization())


class SharesItsDictionary(Right):
    """`params = {}` in the class: a network of other widths replaces the weights of all."""

    HELD: dict[str, Any] = {}  # noqa: RUF012 - this is the mistake

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.HELD.update(self.params)
        self.params = self.HELD


@pytest.mark.parametrize(
    ("network", "clause", "name"),
    [
        (SharesItsDictionary, "initialization-10", "parameters-shared"),
        (ForgetsAPercent, "training-1", "weights-changed-forward"),
        (StopsWhenNoBetter, "training-3", None),
        (StopsWhenAllAreRight, "training-3", "stops-when-all-right"),
        (SharesItsWeights, "initialization-9", "parameters-shared"),
    ],
)
def test_similar_mistakes_are_told_apart(network: type, clause: str, name: str | None) -> None:
    subject = subject_of(module_of(network), "DeepNeuralNetwork")
    if network is SharesItsWeights:  # a clause has written zeros into it before
        subject.network([20, 11, 7, 5]).assign(
            {"W1": np.zeros((11, 20)), "W2": np.zeros((7, 11)), "W3": np.zeros((5, 7))}
        )
    told = diagnose(Failed(subject, 7, {clause: Mismatch("anything", 1.0, 2.0)}))[clause]
    assert told.name == name
