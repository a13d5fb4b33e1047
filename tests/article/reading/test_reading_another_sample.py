"""A value, a label or a count of another sample or epoch is read as that; the network's own is not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read

Step = Callable[[Any, int, int, Any, Any], None]


def training(step: Step, steps: Callable[[int, int], int] = lambda n, epochs: n * epochs) -> type[Right]:
    """A network whose train makes these steps: of epoch e and sample i, on xs and ys."""

    class Training(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            n = len(x_train)
            for t in range(steps(n, self.epochs)):
                step(self, t // n, t % n, x_train, y_train)

    return Training


def own(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    net.update_network_parameters(net.backward_pass(ys[i], net.forward_pass(xs[i])))


def sample_of_the_epoch(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    net.update_network_parameters(net.backward_pass(ys[i], net.forward_pass(xs[epoch])))


def sample_by_the_rest_of_the_epochs(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    k = (epoch * len(xs) + i) % net.epochs
    net.update_network_parameters(net.backward_pass(ys[k], net.forward_pass(xs[k])))


def label_of_the_epoch(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    net.update_network_parameters(net.backward_pass(ys[epoch], net.forward_pass(xs[i])))


def first_label(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    net.update_network_parameters(net.backward_pass(ys[0], net.forward_pass(xs[i])))


def own_answer(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
    output = net.forward_pass(xs[i])
    net.update_network_parameters(net.backward_pass((output == output.max()) * 1.0, output))


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (sample_of_the_epoch, "train: you compute forward_pass(x_train[epoch]); it should be forward_pass(x_train[i])"),
        (sample_by_the_rest_of_the_epochs, "train: you compute forward_pass(x_train[step % epochs]); it should be"),
        (label_of_the_epoch, "x_train[i]: you compute y_train[epoch]; it should be y_train[i]"),
        (first_label, "x_train[i]: you compute y_train[0]; it should be y_train[i]"),
        (own_answer, "backward_pass([output = max], output)"),
    ],
)
def test_the_sample_or_the_label_of_a_step_is_read(step: Step, said: str) -> None:
    found = read(training(step), "training-5")["training-5"]
    assert said in found.reading
    assert "another sample" not in found.reading
    assert found.name is None


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5, 6])
def test_one_label_for_all_samples_is_not_taken_for_the_networks_answers_alone(place: int) -> None:
    def one_label(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
        label = ys[min(place, len(ys) - 1)]
        net.update_network_parameters(net.backward_pass(label, net.forward_pass(xs[i])))

    said = read(training(one_label), "training-5")["training-5"].reading
    assert "the label of another sample" in said


def test_steps_on_the_own_samples_are_not_read() -> None:
    assert read(training(own), "training-5")["training-5"].reading is None


def test_as_many_steps_as_epochs_are_not_called_steps_on_the_first_sample() -> None:
    found = read(training(own, lambda n, epochs: epochs), "training-4")["training-4"]
    assert found.reading == "steps on n samples: you make epochs; it should be epochs · n"
    assert found.name is None


class Kept(Right):
    """A network whose backward pass has these values of the first sample."""

    names: tuple[str, ...] = ()

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        self.first = getattr(self, "first", {name: getattr(self, name) for name in self.names})
        for name, value in self.first.items():
            setattr(self, name, value)
        return super().backward_pass(y_train, output)


@pytest.mark.parametrize("names", [("Z2",), ("Z1",), ("Z2", "Z1"), ("A1",)])
def test_values_of_the_first_sample_are_read(names: tuple[str, ...]) -> None:
    stale = type("Stale", (Kept,), {"names": names})
    found = read(stale, "backward-9")["backward-9"]
    assert (
        found.reading
        == f"{', '.join(names)}: those of the first sample; they should be those of the latest forward pass"
    )
    assert read(Kept, "backward-9")["backward-9"].reading is None


def test_other_numbers_after_another_sample_are_not_called_those_of_the_same_call() -> None:
    class Counting(Right):
        def backward_pass(self, y_train: Any, output: Any) -> Any:
            seen = self.__dict__.setdefault("seen", [])
            seen += [] if any(np.array_equal(self.A0, one) for one in seen) else [self.A0]
            return {key: value * len(seen) ** 0.5 for key, value in super().backward_pass(y_train, output).items()}

    found = read(Counting, "backward-9")["backward-9"]
    assert found.reading == "the result for a sample depends on the samples before it"


def test_the_slope_of_a_wrong_sigmoid_of_its_own_is_no_other_mistake() -> None:
    class Powers(Right):
        base = 2.0

        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            s = 1 / (1 + self.base ** -np.asarray(x, np.float64))
            return s * (1 - s) if derivative else s

    class OtherSlope(Powers):
        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            s = super().sigmoid(x)
            return s * (1 + s) if derivative else s

    for network, same in ((Powers, True), (OtherSlope, False)):
        found = read(network, "activations-1", "activations-3")
        assert found["activations-1"].reading.startswith("sigmoid(x): you compute σ(0.693147 · x)")
        assert (found["activations-3"].reading == found["activations-1"].reading) is same


@pytest.mark.parametrize(
    ("labels_to_y", "said"),
    [
        (lambda v: (np.arange(10) <= v[:, None]) * 1.0, "y[k] = [k ≤ label]"),
        (lambda v: (np.arange(10) < v[:, None]) * 1.0, "y[k] = [k < label]"),
        (lambda v: (np.arange(10) >= v[:, None]) * 1.0, "y[k] = [k ≥ label]"),
        (lambda v: (np.arange(1, 11) == v[:, None]) * 1.0, "y[k] = [k = label - 1]"),
        (lambda v: (np.arange(-1, 9) == v[:, None]) * 1.0, "y[k] = [k = label + 1]"),
        (lambda v: np.eye(10)[-v % 10], "y[-label] = 1"),
        (lambda v: np.eye(10)[np.roll(v, 1)], "y[label of sample i - 1] = 1"),
        (lambda v: np.tile(np.eye(10)[v].max(axis=0), (len(v), 1)), "y[:, label] = 1"),
        (lambda v: np.eye(10)[v], None),
    ],
)
def test_rows_of_other_labels_are_read(labels_to_y: Callable[[Any], Any], said: str | None) -> None:
    def preprocess(images: Any, labels: Any) -> Any:
        return oracle.pixels(images).astype(np.float32), labels_to_y(np.asarray(labels).astype(int))

    found = read(Right, "preprocessing-6", preprocess=preprocess)["preprocessing-6"].reading
    assert (found or "") == (f"y: you compute {said}; it should be y[label] = 1" if said else "")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (lambda o, y: (np.argmax(o[-1]) == np.argmax(y[-1])) / len(y), "(the last sample alone) / n"),
        (lambda o, y: oracle.hits(o[:, 1:], y), "mean(argmax(output[1:]) = argmax(y))"),
        (lambda o, y: oracle.hits(o[:, :-1], y), "mean(argmax(output[:-1]) = argmax(y))"),
        (lambda o, y: np.argmax(o, axis=1).mean(), "mean(argmax(output))"),
        (lambda o, y: np.argmax(y, axis=1).mean(), "mean(argmax(y))"),
        (
            lambda o, y: oracle.hits(o, y) * len(y) / max(len(y) - oracle.hits(o, y) * len(y), 1),
            "right / max(wrong, 1)",
        ),
        (oracle.hits, None),
    ],
)
def test_an_accuracy_of_other_outputs_is_read(rule: Callable[[Any, Any], float], said: str | None) -> None:
    class Other(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
            return float(rule(np.array([self.forward_pass(x) for x in x_val]), np.asarray(y_val)))

    found = read(Other, "training-9")["training-9"].reading
    assert (said in found) if said else found is None
