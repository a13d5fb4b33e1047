"""A wrong formula is read back from a network's numbers, layer by layer, and a right network has no reading."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import mlp_clauses
import numpy as np
import pytest

from nnkata.diagnosis import Failed
from nnkata.katas.mlp.facts import read
from nnkata.katas.mlp.formulas import diagnose, diagnosis
from nnkata.katas.mlp.functions import sigmoid
from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.world import World
from nnkata.language import use
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of

Array = np.ndarray[Any, np.dtype[Any]]
RELU = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy")
TANH = Rule(("tanh", "tanh"), "softmax", "cross-entropy")
SQUARES = Rule(("tanh", "tanh"), "sigmoid", "squared error", factor=0.5)
ALL = ("gradients-2", "gradients-3", "gradients-4", "gradients-5", "gradients-6", "gradients-7", "gradients-8")


def readings(module: Right, clauses: tuple[str, ...] = ALL) -> Mapping[str, str]:
    reseed(0)
    subject = subject_of(module, "")
    world = World(subject, SimpleNamespace(), 1, "reading")
    read(world)
    failed = Failed(subject, 1, {clause: Mismatch("", 0.0, 1.0) for clause in clauses}, SimpleNamespace())
    return {clause: found.reading or "" for clause, found in diagnose(failed).items()}


class Labelled(Pass):
    """A pass that knows its labels while it makes gradients."""

    y: Array

    def gradients(self, y: Any) -> list[tuple[Any, Any]]:
        self.y = np.asarray(y)
        return super().gradients(y)


def net(rule: Rule, widths: tuple[int, ...] = (9, 7, 7, 5), **pieces: Callable[..., Any]) -> Right:
    """A module whose pass has other pieces."""
    way = type("Other", (Labelled,), dict(pieces))
    found = type("Made", (Right,), {"rule": rule, "widths": widths, "way": way})()
    assert isinstance(found, Right)
    return found


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "STRICT", True)


def error(change: Callable[[Array, Array, Array], Array]) -> Callable[[Pass, Array], Array]:
    return lambda self, y: change(self.A[-1], np.asarray(y), self.Z[-1])


def weights(change: Callable[[Pass, int, Array, Array], Array], place: int) -> Callable[[Pass, int, Array], Array]:
    def made(self: Pass, at: int, delta: Array) -> Array:
        right = Pass.weight_gradient(self, at, delta)
        return np.asarray(change(self, at, delta, right)) if at == place else right

    return made


def bias(change: Callable[[Pass, Array, Array], Any], place: int) -> Callable[[Pass, int, Array], Any]:
    def made(self: Pass, at: int, delta: Array) -> Any:
        right = Pass.bias_gradient(self, at, delta)
        return change(self, delta, right) if at == place else right

    return made


def back(change: Callable[[Pass, Array, Array], Array], place: int) -> Callable[[Pass, int, Array], Array]:
    def made(self: Pass, at: int, delta: Array) -> Array:
        right = Pass.back(self, at, delta)
        return np.asarray(change(self, delta, right)) if at == place else right

    return made


def delta_of(self: Pass, place: int) -> Array:
    assert isinstance(self, Labelled)
    return self.deltas(self.y)[place]


def w(self: Pass, place: int) -> Array:
    return self.layers[place][0]


CASES: Mapping[str, tuple[Right, str, str]] = {
    "an error times the output": (
        net(RELU, error=error(lambda p, y, z: (p - y) * p)),
        "gradients-3",
        "δ3 (n, 5): you compute (A3 - y) · A3; it should be (A3 - y) with a usual loss",
    ),
    "another loss": (
        net(SQUARES, error=error(lambda p, y, z: (p - y) ** 3 * p * (1 - p))),
        "gradients-6",
        "δ3 (n, 5): you compute 0.5 · (A3 - y)³ · σ'(Z3); it should be (A3 - y), or (A3 - y) · σ'(Z3)"
        " with a usual loss",
    ),
    "a factor on the way back": (
        net(RELU, back=back(lambda self, d, right: 3 * right, 0)),
        "gradients-5",
        "δ1 (n, 7): you compute 3 · (δ2 W2ᵀ) · ReLU'(Z1); it should be (δ2 W2ᵀ) · ReLU'(Z1)",
    ),
    "the slope of another layer": (
        net(TANH, back=back(lambda self, d, right: d @ w(self, 1).T * self.slope(1), 0)),
        "gradients-7",
        "δ1 (n, 7): you compute (δ2 W2ᵀ) · tanh'(Z2); it should be (δ2 W2ᵀ) · tanh'(Z1)",
    ),
    "a slope that nobody has": (
        net(TANH, back=back(lambda self, d, right: d @ w(self, 1).T * (1 + self.A[1] ** 2), 0)),
        "gradients-5",
        "δ1 (n, 7): you compute (δ2 W2ᵀ) · (1 + A1²); it should be (δ2 W2ᵀ) · tanh'(Z1)",
    ),
    "a slope with another leak": (
        net(RELU, back=back(lambda self, d, right: d @ w(self, 1).T * np.where(self.Z[0] > 0, 1.0, 0.3), 0)),
        "gradients-5",
        "δ1 (n, 7): you compute (δ2 W2ᵀ) · (1 where Z1 > 0, else 0.3); it should be (δ2 W2ᵀ) · ReLU'(Z1)",
    ),
    "weights that are not transposed, and another slope": (
        net(TANH, back=back(lambda self, d, right: d @ w(self, 1) * sigmoid(self.Z[0]), 0)),
        "gradients-5",
        "δ1 (n, 7): you compute (δ2 W2) · σ(Z1); it should be (δ2 W2ᵀ) · tanh'(Z1)",
    ),
    "another layer's activations": (
        net(RELU, weight_gradient=weights(lambda self, at, d, right: self.A[1].T @ d / self.n, 2)),
        "gradients-3",
        "the gradient of W3 = [4] (7, 5): you compute A1ᵀ δ3 / n; it should be A2ᵀ δ3 / n",
    ),
    "sums before the product": (
        net(RELU, weight_gradient=weights(lambda self, at, d, right: np.outer(self.A[1].sum(0), d.sum(0)) / self.n, 1)),
        "gradients-4",
        "the gradient of W2 = [2] (7, 7): you compute (Σ A1)ᵀ (Σ δ2) / n; it should be A1ᵀ δ2 / n",
    ),
    "a decay that one layer has": (
        net(RELU, weight_gradient=weights(lambda self, at, d, right: right + 0.3 * w(self, 0), 0)),
        "gradients-5",
        "the gradient of W1 = [0] (9, 7): you compute xᵀ δ1 / n + 0.3 · W1; it should be xᵀ δ1 / n",
    ),
    "a clip": (
        net(RELU, weight_gradient=weights(lambda self, at, d, right: np.clip(right, -0.013, 0.013), 2)),
        "gradients-3",
        "the gradient of W3 = [4] (7, 5): you compute clip(A2ᵀ δ3 / n, ±0.013); it should be A2ᵀ δ3 / n",
    ),
    "one sample": (
        net(RELU, bias_gradient=bias(lambda self, d, right: d[-1], 1)),
        "gradients-7",
        "the gradient of b2 = [3] (7,): you compute [the last row of δ2]; it should be Σ δ2 / n",
    ),
    "a bias by what came back before the slope": (
        net(RELU, bias_gradient=bias(lambda self, d, right: (delta_of(self, 1) @ w(self, 1).T).mean(0), 0)),
        "gradients-7",
        "the gradient of b1 = [1] (7,): you compute Σ (δ2 W2ᵀ) / n; it should be Σ δ1 / n",
    ),
    "all of them by another number": (
        net(RELU, scale=lambda self: 1 / 7),
        "gradients-8",
        "your gradients: you compute 1/7 · Σ, with Σ the sum over the batch; it should be Σ / n or Σ",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_piece_is_read_as_a_formula(case: str) -> None:
    module, clause, text = CASES[case]
    assert readings(module)[clause] == text


def test_one_mistake_hides_no_other() -> None:
    """Each delta follows from the one observed above it, so an array below has both readings, and one above has one."""
    module = net(
        TANH,
        error=error(lambda p, y, z: (p - y) * y),
        back=back(lambda self, d, right: d @ w(self, 1).T, 0),
    )
    found = readings(module)
    top = "δ3 (n, 5): you compute (A3 - y) · y; it should be (A3 - y) with a usual loss"
    assert found["gradients-3"] == found["gradients-4"] == top
    assert found["gradients-5"] == f"{top}; δ1 (n, 7): you compute (δ2 W2ᵀ); it should be (δ2 W2ᵀ) · tanh'(Z1)"


def test_weights_alone_that_have_the_wrong_sign_leave_the_biases_without_a_reading() -> None:
    """Each layer's bias shows which delta goes on: not the one of the weights' gradient above."""

    def turned(self: Pass, place: int, delta: Array) -> Array:
        return -Pass.weight_gradient(self, place, delta)

    found = readings(net(RELU, weight_gradient=turned))
    assert found["gradients-5"] == "the gradient of W1 = [0] (9, 7): you compute -xᵀ δ1 / n; it should be xᵀ δ1 / n"
    assert not {"gradients-6", "gradients-7"} & set(found)


def test_a_decay_that_one_of_three_layers_lacks_is_missing_there() -> None:
    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy", decay=0.05)
    module = net(rule, weight_gradient=weights(lambda self, at, d, right: right - 0.05 * w(self, 2), 2))
    text = "the gradient of W3 = [4] (7, 5): you compute A2ᵀ δ3 / n; it should be A2ᵀ δ3 / n + 0.05 · W3"
    assert readings(module, ("gradients-2", "gradients-3")) == dict.fromkeys(("gradients-2", "gradients-3"), text)


RIGHT = [
    net(RELU),
    net(TANH, (9, 7, 6, 5)),
    net(SQUARES),
    net(Rule(("ReLU",), "softmax", "cross-entropy", decay=0.02), (16, 9, 5)),
    net(Rule(("sigmoid",), "linear", "squared error", mean=False), (6, 5, 1)),
    net(Rule((), "softmax", "cross-entropy"), (16, 5)),
]


@pytest.mark.parametrize("module", RIGHT, ids=[f"{'-'.join(map(str, m.widths))}" for m in RIGHT])
def test_a_right_network_has_no_reading_even_if_a_clause_is_said_to_fail(module: Right) -> None:
    assert readings(module, (*ALL, "step-1", "step-2", "output-4")) == {}


def test_a_gradient_that_follows_no_formula_has_no_reading() -> None:
    module = net(RELU, weight_gradient=weights(lambda self, at, d, right: right + np.sin(right * 40), 2))
    assert "gradients-3" not in readings(module)


def over_the_batch(self: Pass, place: int) -> Array:
    e = np.exp(self.Z[place])
    return Pass.activate(self, place) if place == 0 else np.asarray(e / e.sum(axis=0))


def test_an_output_is_read_where_no_usual_activations_give_it() -> None:
    text = "A2: you compute e^Z2, each column divided by its sum over the batch; it should be softmax(Z2)"
    module = net(Rule(("ReLU",), "softmax", "cross-entropy"), (9, 7, 5), activate=over_the_batch)
    assert readings(module, ("output-4",)) == {"output-4": text}


class Uneven(Right):
    """Some of its arrays move twice as far, or so many times."""

    far: tuple[int, ...] = (1,)
    times = 2

    def step(self, net: Net, x: Any, y: Any) -> None:
        for n, (array, gradient) in enumerate(zip(net.arrays, self.gradients(net, x, y), strict=True)):
            array -= (self.times if n in self.far else 1) * self.rate * gradient


def test_a_step_of_another_rate_is_read_with_the_rate_of_the_others() -> None:
    text = "the move of [1]: you compute -0.4 · gradient; it should be -0.2 · gradient"
    assert readings(Uneven(), ("step-2",)) == {"step-2": text}
    half = type("Half", (Uneven,), {"far": (1, 3, 5)})()
    both = "[0], [2], [4]: -0.2 · gradient; [1], [3], [5]: -0.4 · gradient"
    text = f"the moves have different rates ({both}); it should be one for all"
    assert readings(half, ("step-2",)) == {"step-2": text}


def test_where_most_arrays_go_up_the_others_are_not_told_to_go_down_as_they_do() -> None:
    up = type("Up", (Uneven,), {"far": (0, 1, 2, 4), "times": -1})()
    text = "the move of [0], [1], [2], [4]: you compute 0.2 · gradient; it should be -0.2 · gradient"
    assert readings(up, ("step-2",)) == {"step-2": text}


def test_a_reading_is_said_in_chinese() -> None:
    use("zh-CN")
    try:
        found = readings(CASES["one sample"][0], ("gradients-7",))
    finally:
        use("en")
    assert found["gradients-7"] == "b2 = [3] 的梯度 (7,)：你算的是 [δ2 的最后一行]，应为 Σ δ2 / n"


def test_a_decay_in_one_layer_is_not_called_shuffled_labels() -> None:
    reseed(0)
    module = net(RELU, (12, 9, 8, 5), weight_gradient=weights(lambda self, at, d, right: right + 0.3 * w(self, 0), 0))
    assert not any(
        "shuffled-without-labels" in mlp_clauses.names(error) for error in mlp_clauses.failures(module, 1).values()
    )


class Unpaired(Right):
    """Its seven samples are put into another order, their labels are not."""

    widths = (7, 9, 4)
    rule = Rule(("sigmoid",), "softmax", "cross-entropy")
    batch = 10

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for _ in range(epochs):
            self.step(net, x[self.order(len(x))], y)


def test_seven_samples_tell_images_that_lost_their_labels() -> None:
    """Of so few some keep their labels by chance, so several trainings count."""
    reseed(0)
    found = dict(mlp_clauses.play(Unpaired(), 1))
    assert isinstance(found["training-2"], Mismatch)
    assert found["training-2"].evidence.names == {"shuffled-without-labels"}
    assert "passed" in {dict(mlp_clauses.play(net(TANH, (7, 9, 8, 4)), 1))["training-2"]}
