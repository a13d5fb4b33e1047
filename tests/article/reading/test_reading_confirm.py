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


class LastGradientDivided(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) / (len(delta) if layer == 3 else 1)


class UpperGradientsTurned(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) * (1 if layer == 1 else -1)


class ErrorDivided(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return super().error(y_train, output) / len(output)


def test_a_factor_that_the_next_delta_lacks_stands_before_the_gradient() -> None:
    one = read(LastGradientDivided, "backward-3", "backward-4")["backward-3"]
    assert (one.name, one.reading) == (None, "change[W3]: you compute 1/n · δ3 ⊗ A2; it should be δ3 ⊗ A2")
    two = read(UpperGradientsTurned, "backward-3")["backward-3"]
    assert two.name is None
    assert "change[W3]: you compute -δ3 ⊗ A2" in two.reading
    assert "change[W2]: you compute -δ2 ⊗ A1" in two.reading
    assert read(ErrorDivided, "backward-3")["backward-3"].name == "divided-by-classes"


class Stale(Right):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.first = self.params["W1"].copy()

    def forward_pass(self, x_train: Any) -> Any:
        now, self.params["W1"] = self.params["W1"], self.first
        try:
            return super().forward_pass(x_train)
        finally:
            self.params["W1"] = now


class Clipped(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(np.clip(x, -5, 5), derivative)


class Lasso(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) + 0.001 * np.sign(self.params[f"W{layer}"])


class Normalised(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        error = super().error(y_train, output)
        return error / np.linalg.norm(error)


class OwnGuess(Right):
    def error(self, y_train: Any, output: Any) -> Any:
        return output - (output == output.max())


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (Stale, "forward-2", "the output does not follow W1 in params"),
        (Clipped, "activations-5", "with x cut to ±5"),
        (Lasso, "backward-5", "δ1 ⊗ x + 1/1000 · sign(W1)"),
        (Normalised, "backward-3", "(output - y) / |output - y|"),
        (OwnGuess, "backward-3", "(output - [its largest])"),
    ],
)
def test_known_mistakes_in_other_places_are_read(network: type, clause: str, said: str) -> None:
    found = read(network, clause)[clause]
    assert said in found.reading
    assert found.name is None
    assert read(Right, clause)[clause].reading is None


class LongOnesCut(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        value = super().gradient(layer, delta, activations)
        return value / max(1.0, float(np.linalg.norm(value)) / 0.25)


class LastOneOdd(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        value = super().gradient(layer, delta, activations)
        return value * np.exp(np.abs(value).sum()) if layer == 3 else value


def test_gradients_clipped_by_norm_are_read_and_values_from_a_right_delta_are_no_departure() -> None:
    said = read(LongOnesCut, "backward-3")["backward-3"]
    assert "change[W3]: you compute δ3 ⊗ A2, made shorter where |δ3 ⊗ A2| > 0.25" in said.reading
    odd = read(LastOneOdd, "backward-3", "backward-4")
    assert all("as meant" not in (one.reading or "") for one in odd.values())
    assert {one.name for one in odd.values()} == {None}


class OneGradientBent(Right):
    layer = 3

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, np.abs(delta) if layer == self.layer else delta, activations)


class GradientBeforeItsSlope(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, self.params["W3"].T @ self._delta3 if layer == 2 else delta, activations)

    def error(self, y_train: Any, output: Any) -> Any:
        self._delta3 = super().error(y_train, output)
        return self._delta3


def test_a_delta_that_only_its_gradient_has_is_said_of_the_gradient() -> None:
    at_the_end = read(OneGradientBent, "backward-3")["backward-3"]
    assert at_the_end.reading == "change[W3]: you compute |output - y| ⊗ A2; it should be δ3 ⊗ A2"
    within = read(GradientBeforeItsSlope, "backward-4")["backward-4"]
    assert within.reading == "change[W2]: you compute W3ᵀ·δ3 ⊗ A1; it should be δ2 ⊗ A1"
    assert at_the_end.name is within.name is None


class NoSecondSlope(Right):
    def slope(self, layer: int) -> Any:
        return 1.0 if layer == 2 else super().slope(layer)


class NoSecondSigmoid(NoSecondSlope):
    """No activation in the second layer, and no slope there, as belongs together."""

    def forward_pass(self, x_train: Any) -> Any:
        super().forward_pass(x_train)
        self.A2 = self.Z2
        self.Z3 = self.params["W3"] @ self.A2
        return self.output(self.Z3)


def test_a_delta_that_follows_from_the_functions_of_the_forward_pass_is_no_mistake_of_its_own() -> None:
    found = read(NoSecondSigmoid, "forward-2", "backward-4")
    assert {one.name for one in found.values()} == {None}
    assert {one.reading for one in found.values()} == {"A2: you compute Z2; it should be σ(Z2)"}
    alone = read(NoSecondSlope, "backward-4")["backward-4"]
    assert alone.name == "derivative-missing-at-w2"


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


class OfOneLength(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        whole = np.outer(delta, activations)
        return whole / np.linalg.norm(whole) * 0.01


class MadeShorter(Right):
    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        whole = np.outer(delta, activations)
        return whole * min(1.0, 1.3 / float(np.linalg.norm(whole)))


def test_gradients_of_one_length_are_not_called_shortened_ones_alone() -> None:
    one = read(OfOneLength, "backward-3")["backward-3"].reading
    assert "or 1/100 · (δ3 ⊗ A2) / |δ3 ⊗ A2|" in one
    other = read(MadeShorter, "backward-3")["backward-3"].reading
    assert "made shorter where |δ3 ⊗ A2| > 1.3; it should be" in other


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
