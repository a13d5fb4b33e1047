"""A step, a sample or an accuracy in the place of another is read."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def stepping(way: Any) -> type[Right]:
    """A network whose step is another one; `way` makes all steps from all gradients."""

    class Stepping(Right):
        def update_network_parameters(self, changes_to_w: Any) -> None:
            for key, step in way(changes_to_w).items():
                self.params[key] -= self.l_rate * step

    return Stepping


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda cs: {k: np.round(c, 2) for k, c in cs.items()}, "round(change[W], 2)"),
        (lambda cs: {k: np.tile(c[0], (len(c), 1)) for k, c in cs.items()}, "the first row of change[W] in each row"),
        (
            lambda cs: {k: c / np.sqrt(sum((one**2).sum() for one in cs.values())) for k, c in cs.items()},
            "change[W] / |all changes|",
        ),
    ],
)
def test_a_step_of_changed_gradients_is_read(way: Any, said: str) -> None:
    found = read(stepping(way), "update-1")["update-1"]
    assert found.name is None
    assert found.reading == f"W1, W2, W3: you compute W - l_rate · {said}; it should be W - l_rate · change[W]"


class Exchanged(Right):
    """W and its gradient are exchanged in the step."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = change - self.l_rate * self.params[key]


def test_a_step_with_w_and_its_gradient_exchanged_is_read() -> None:
    said = read(Exchanged, "update-1")["update-1"].reading
    assert said == "W1, W2, W3: you compute change[W] - l_rate · W; it should be W - l_rate · change[W]"
    assert {one.name for one in read(Exchanged, "update-1", "training-1", "training-12").values()} == {None}


class DrawnAnew(Right):
    """A training that draws the weights again."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        self.params = self.initialization()
        super().epoch(x_train, y_train)


def test_weights_that_train_draws_again_are_still_told() -> None:
    assert read(DrawnAnew, "training-1")["training-1"].name == "reinitialised-each-epoch"


class FromTheStart(Right):
    """Each step is made from the weights before the first one."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        start = self.__dict__.setdefault("start", dict(self.params))
        for key, change in changes_to_w.items():
            self.params[key] = start[key] - self.l_rate * change


class Once(Right):
    """The second step and all later ones do nothing."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        if not self.__dict__.setdefault("done", False):
            super().update_network_parameters(changes_to_w)
        self.done = True


def test_a_step_from_the_first_weights_is_told_from_one_that_is_not_made() -> None:
    said = read(FromTheStart, "update-2")["update-2"].reading
    assert said.startswith("W: you compute (W before the first step) - l_rate · change[W]; it should be")
    assert said.endswith("; that is the second step, and the first one is right")
    said = read(Once, "update-2")["update-2"].reading
    assert said.startswith("W1, W2, W3 have not moved; each should be")
    assert said.endswith("; that is the second step, and the first one is right")


class Stays(Right):
    """The first sample goes forward in every step."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        for y in y_train:
            self.visit(x_train[0], y)


class Turned(Right):
    """The arguments of backward_pass are exchanged, beside a softmax that is no share."""

    def softmax(self, x: Any) -> Any:
        e = np.exp(x - np.max(x))
        return e / np.linalg.norm(e)

    def visit(self, x: Any, y: Any) -> None:
        self.update_network_parameters(self.backward_pass(self.forward_pass(x), y))


def part(which: slice) -> type[Right]:
    """A network that learns a part of the set."""

    class Part(Right):
        def order(self, n: int) -> Any:
            return range(n)[which]

    return Part


class Halves(Right):
    """Every second sample, going around: all of them if their number is odd."""

    def order(self, n: int) -> Any:
        return [2 * i % n for i in range(n)]


@pytest.mark.parametrize(
    ("network", "clause", "said"),
    [
        (Stays, "training-17", "train: you compute forward_pass(x_train[0]); it should be forward_pass(x_train[i])"),
        (
            Turned,
            "training-1",
            "train: you compute backward_pass(output, y_train[i]); it should be backward_pass(y_train",
        ),
        (part(slice(10)), "training-17", "an epoch goes over x_train[:10]; it should be all of x_train"),
        (part(slice(100)), "training-17", "an epoch goes over x_train[:100]; it should be all of x_train"),
        (Halves, "training-17", "of 1512 samples those with an odd number make no step"),
    ],
)
def test_a_step_with_other_samples_or_arguments_is_read(network: type, clause: str, said: str) -> None:
    found = read(network, clause)[clause]
    assert (found.name, found.reading[: len(said)]) == (None, said)


class FewAndBeside(Right):
    """An epoch less, and the label of the sample before."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs - 1):
            for i in range(len(x_train)):
                self.visit(x_train[i], y_train[i - 1])


def test_labels_of_other_samples_are_read_beside_a_wrong_number_of_epochs() -> None:
    found = read(FewAndBeside, "training-1", "training-18")
    assert found["training-1"].name == "one-epoch-too-few"
    assert found["training-18"].reading == "x_train[i]: you compute y_train[i - 1]; it should be y_train[i]"


def measuring(way: Any) -> type[Right]:
    """A network with another accuracy of its answers and the labels."""

    class Measuring(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
            outputs = np.array([self.forward_pass(x) for x in x_val])
            return float(way(outputs, np.asarray(y_val)))

    return Measuring


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (lambda o, y: np.mean(o.argmax(1) == np.arange(len(o))), "mean(argmax(output) = number of the sample)"),
        (lambda o, y: (o.argmax(1) == y.argmax(1)).any() / len(o), "(whether one is right) / n"),
        (lambda o, y: sum((o.argmax(1) == y.argmax(1)).tolist()) / (len(o) - 1), "right / (n - 1)"),
    ],
)
def test_an_accuracy_by_the_place_of_a_sample_or_a_count_too_small_is_read(way: Any, said: str) -> None:
    found = read(measuring(way), "training-9")["training-9"]
    assert found.name is None
    assert found.reading.startswith(f"compute_accuracy: you compute {said}; it should be")
