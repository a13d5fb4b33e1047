"""Values that follow from a mistake made before are no mistake of their own; labels in no order decide on a rule."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.diagnosis import Failed
from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.reading import diagnose
from nnkata.steps.compare import Mismatch
from nnkata.subject import Subject, locate
from nnkata.subject.inprocess import InProcess
from tests.article.reading.test_reading_another_sample import own, training
from tests.support.readings import read


def activation(sigmoid: Any, slope: Any) -> type[Right]:
    """A network with another sigmoid, whose slope is made of the sigmoid's own values."""

    class Activation(Right):
        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            return slope(sigmoid, x) if derivative else sigmoid(x)

    return Activation


def half(x: Any) -> Any:
    return 1 / (2 + np.exp(-x))


def mirrored(x: Any) -> Any:
    return oracle.sigmoid(-x)


@pytest.mark.parametrize("sigmoid", [half, mirrored])
@pytest.mark.parametrize(
    "slope",
    [
        lambda s, x: s(x) * (1 - s(x)),
        lambda s, x: s(x) * s(-x),
        lambda s, x: s(x) * oracle.sigmoid(-x),
    ],
)
def test_a_slope_of_the_own_sigmoid_is_no_second_mistake(sigmoid: Any, slope: Any) -> None:
    found = read(activation(sigmoid, slope), "activations-1", "activations-3")
    assert found["activations-1"].reading
    assert found["activations-3"].reading == found["activations-1"].reading
    other = read(activation(sigmoid, lambda s, x: s(x) * (1 + s(x))), "activations-1", "activations-3")
    assert "derivative=True" in other["activations-3"].reading


def measuring(count: Any) -> type[Right]:
    """A network whose accuracy is made of all outputs and labels."""

    class Measuring(Right):
        def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
            return float(count(np.array([self.forward_pass(x) for x in x_val]), np.asarray(y_val)))

    return Measuring


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (lambda o, y: np.mean(o[:, ::-1].argmax(1) == y.argmax(1)), "mean(argmax(output[::-1]) = argmax(y));"),
        (lambda o, y: np.mean(o.argmax(1) == 1), "mean(argmax(output) = 1);"),
        (lambda o, y: np.sum(o.argmax(1) == y.argmax(1)) / 2, "right / 2;"),
        (lambda o, y: np.sum(o.argmax(1) == y.argmax(1)) / 70, "right / 70;"),
    ],
)
def test_a_rule_of_the_accuracy_holds_for_labels_in_no_order_too(count: Any, said: str) -> None:
    assert f"you compute {said}" in read(measuring(count), "training-9")["training-9"].reading


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ("changes_to_w = {}", None),
        ("changes_to_w = {key: 0 * change for key, change in changes_to_w.items()}", None),
        ("continue", "never-updates"),
    ],
)
def test_steps_of_nothing_are_not_called_no_steps(tmp_path: Path, wrong: str, name: str | None) -> None:
    path, line = tmp_path / "network.py", " " * 16 + "self.update_network_parameters(changes_to_w)\n"
    text = Path("solutions/correct/plain.py").read_text("utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, f"{' ' * 16}{wrong}\n{line}"), encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(path))))
    found = diagnose(Failed(subject, 7, {"training-1": Mismatch("anything", 1.0, 2.0)}))["training-1"]
    assert found.reading == "steps on n samples: you make 0; it should be epochs · n"
    assert found.name == name


def test_one_sample_in_an_epoch_is_that_of_the_epoch_or_always_the_same() -> None:
    def of_the_epoch(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
        k = epoch % len(xs)
        net.update_network_parameters(net.backward_pass(ys[i], net.forward_pass(xs[k])))

    def first(net: Any, epoch: int, i: int, xs: Any, ys: Any) -> None:
        net.update_network_parameters(net.backward_pass(ys[i], net.forward_pass(xs[0])))

    assert "forward_pass(x_train[epoch])" in read(training(of_the_epoch), "training-4")["training-4"].reading
    assert "forward_pass(x_train[0])" in read(training(first), "training-4")["training-4"].reading
    assert read(training(own), "training-4")["training-4"].reading is None


@pytest.mark.parametrize(("power", "law"), [(0.5, "√rows"), (1.0, "rows")])
def test_a_spread_that_grows_with_the_rows_of_one_matrix_is_read(power: float, law: str) -> None:
    class Wide(Right):
        def initialization(self) -> Any:
            params = super().initialization()
            return {**params, "W3": params["W3"] * len(params["W3"]) ** (power + 0.5)}

    found = read(Wide, "initialization-7")["initialization-7"].reading
    assert f"W3: you compute a standard deviation of {law};" in found


def test_a_slope_that_overflows_with_a_wrong_sigmoid_is_no_second_mistake() -> None:
    def of_the_size(x: Any) -> Any:
        e = np.exp(np.where(x < 0, -x, -x))
        return np.where(x < 0, e / (1 + e), 1 / (1 + e))

    found = read(activation(of_the_size, lambda s, x: s(x) * (1 - s(x))), "activations-1", "activations-6")
    assert found["activations-1"].reading
    assert found["activations-6"].name is None
    alone = read(
        activation(lambda x: 1 / (1 + np.exp(-x)), lambda s, x: np.exp(-x) / (1 + np.exp(-x)) ** 2), "activations-6"
    )
    assert alone["activations-6"].name is not None


def test_gradients_of_the_first_weights_are_no_sum_of_each_epoch() -> None:
    class Stale(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            first = {key: self.params[key].copy() for key in ("W1", "W2", "W3")}
            moved = {key: value.copy() for key, value in first.items()}
            for _epoch in range(self.epochs):
                for x, y in zip(x_train, y_train, strict=True):
                    changes = self.backward_pass(y, self.forward_pass(x))
                    moved = {key: value - self.l_rate * changes[key] for key, value in moved.items()}
            self.params.update(moved)

    class Summed(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            for _epoch in range(self.epochs):
                each = [self.backward_pass(y, self.forward_pass(x)) for x, y in zip(x_train, y_train, strict=True)]
                self.update_network_parameters({key: sum(one[key] for one in each) for key in ("W1", "W2", "W3")})

    assert "each gradient in train is computed at the first weights" in read(Stale, "training-3")["training-3"].reading
    assert "one step with the sum of the gradients" in read(Summed, "training-3")["training-3"].reading


@pytest.mark.parametrize("least", [2.0, 2.5])
def test_an_end_by_the_loss_is_not_called_one_epoch(least: float) -> None:
    class Stops(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            for _epoch in range(self.epochs):
                self.epoch(x_train, y_train)
                losses = [-np.log(self.forward_pass(x) @ y) for x, y in zip(x_train, y_train, strict=True)]
                if np.mean(losses) < least:
                    break

    class Once(Right):
        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            self.epoch(x_train, y_train)

    assert read(Stops, "training-3")["training-3"].name != "epochs-ignored"
    assert read(Once, "training-3")["training-3"].name == "epochs-ignored"
