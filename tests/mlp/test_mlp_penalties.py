"""Penalties on weights beside other mistakes, those of a module's own loss, and forms that gated activations have."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp import reading as inference
from nnkata.katas.mlp.facts import read
from nnkata.katas.mlp.functions import USUAL, sigmoid
from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.naming import of_gradients
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.pieces import Pieces
from nnkata.katas.mlp.world import World
from nnkata.subject.inprocess import subject_of
from nnkata.subject.objects import Functions
from tests.mlp.test_mlp_formulas import RELU, TANH, back, error, net, readings, w

Array = np.ndarray[Any, np.dtype[Any]]
SPARSE = replace(TANH, sparse=0.03)
SWISH = Rule(("swish", "swish"), "softmax", "cross-entropy")
SMOOTH = replace(TANH, targets=(0.02, 0.92))
DECAYING = replace(RELU, decay=0.3, spread=True)


def without_slope(self: Pass, delta: Array, right: Array) -> Array:
    return np.asarray(delta @ w(self, 1).T)


def test_absolute_weights_are_no_mistake_beside_a_wrong_error() -> None:
    found = readings(net(SPARSE, (12, 9, 7, 5), error=error(lambda p, y, z: (p - y) * p)), ("gradients-2",))
    assert found == {"gradients-2": "δ3 (n, 5): you compute (A3 - y) · A3; it should be (A3 - y) with a usual loss"}


def test_smoothed_labels_are_recognised_by_the_last_layer_alone() -> None:
    reseed(0)
    module = net(SMOOTH, (12, 7, 7, 5), back=back(without_slope, 0))
    fit = read(World(subject_of(module, ""), SimpleNamespace(), 1, "reading")).fit
    assert fit is not None
    assert fit.rule.targets == pytest.approx((0.02, 0.92))
    assert fit.fitting == (2, 3, 4, 5)


def test_a_hinge_loss_is_recognised_by_the_last_weights_beside_wrong_biases() -> None:
    """Its errors add up to 0 over the classes, so that the last bias's gradient is 0 here, and no bias stays."""
    reseed(0)
    hinge = Rule(("tanh", "tanh"), "linear", "hinge loss", sparse=0.02)
    module = net(
        hinge, (12, 9, 7, 5), bias_gradient=lambda self, place, delta: np.full(delta.shape[1], delta.sum() / self.n)
    )
    reading = read(World(subject_of(module, ""), SimpleNamespace(), 1, "reading"))
    assert reading.fit is not None
    assert (reading.fit.rule.loss, reading.fit.fitting) == ("hinge loss", (0, 2, 4))
    assert set().union(*of_gradients(reading).values()) == {"bias-summed-to-one-number"}


class WithLoss(Right):
    def loss(self, net: Net, x: Any, y: Any) -> Any:
        return self.through(net, x).loss(y)


def of_loss(rule: Rule) -> Rule:
    reseed(0)
    module = type("Made", (WithLoss,), {"rule": rule, "widths": (9, 7, 7, 5)})()
    subject = subject_of(module, "")
    facts = read(World(subject, SimpleNamespace(), 1, "reading"))
    (found,) = Pieces(Functions(subject), facts).of_loss()
    return found


@pytest.mark.parametrize(
    "rule",
    [RELU, SPARSE, DECAYING, replace(RELU, decay=0.3), Rule(("tanh",) * 2, "linear", "hinge loss", sparse=0.03)],
    ids=["none", "absolute", "squares over n", "squares", "of a hinge loss"],
)
def test_an_own_loss_is_recognised_with_its_penalty(rule: Rule) -> None:
    found = of_loss(rule)
    assert (found.loss, found.mean, found.spread) == (rule.loss, rule.mean, rule.spread)
    assert (found.decay, found.sparse) == pytest.approx((rule.decay, rule.sparse), abs=1e-6)


def test_rounding_beside_absolute_weights_is_no_decay() -> None:
    for seed in range(3):
        reseed(seed)
        module = type("Made", (Right,), {"rule": SPARSE, "widths": (12, 16, 9, 4)})()
        fit = read(World(subject_of(module, ""), SimpleNamespace(), seed, "reading")).fit
        assert fit is not None
        assert fit.rule.decay == 0.0
        assert fit.rule.sparse == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("change", "term"), [(np.square, "0.3 · W1² / n"), (np.abs, "0.3 · |W1| / n")], ids=["squares", "sizes"]
)
def test_another_penalty_over_the_samples_is_read(change: Callable[[Array], Array], term: str) -> None:
    def gradient(self: Pass, place: int, delta: Array) -> Array:
        return np.asarray(self.A[place].T @ delta / self.n + 0.3 / self.n * change(w(self, place)))

    found = readings(net(replace(RELU, decay=0.0), (9, 7, 7, 5), weight_gradient=gradient))["gradients-5"]
    assert f"you compute xᵀ δ1 / n + {term}; it should be xᵀ δ1 / n" in found


#: Wrong slopes of a swish, z σ(z), by their formulas.
SLOPES: dict[str, Callable[[Array, Array], Array]] = {
    "(σ(Z1) - Z1 σ(Z1) + Z1)": lambda z, s: s + z * (1 - s),
    "(σ(Z1) + σ'(Z1))": lambda z, s: s + s * (1 - s),
    "(σ(Z1) + Z1 σ(Z1))": lambda z, s: s + z * s,
    "(2 A1 / Z1 - swish'(Z1))": lambda z, s: s - z * s * (1 - s),
    "(swish'(Z1) - A1 / Z1)": lambda z, s: z * s * (1 - s),
}


@pytest.mark.parametrize("text", SLOPES)
def test_the_wrong_slope_of_a_swish_is_read(text: str) -> None:
    change = SLOPES[text]
    made = back(lambda self, d, right: d @ w(self, 1).T * change(self.Z[0], sigmoid(self.Z[0])), 0)
    found = readings(net(SWISH, (12, 7, 7, 5), back=made), ("gradients-5",))["gradients-5"]
    assert found == f"δ1 (n, 7): you compute (δ2 W2ᵀ) · {text}; it should be (δ2 W2ᵀ) · swish'(Z1)"


def test_a_sum_over_the_batch_is_not_called_a_mean_times_the_samples() -> None:
    rule = Rule(("sigmoid", "sigmoid"), "sigmoid", "squared error", mean=False, factor=0.5)
    turned = error(lambda p, y, z: -2 * (p - y) * p * (1 - p))
    assert readings(net(rule, (12, 7, 7, 5), error=turned))["gradients-3"].startswith(
        "δ3 (n, 5): you compute -(A3 - y) · σ'(Z3); it should be"
    )


class Weighted(Right):
    def step(self, net: Net, x: Any, y: Any) -> None:
        for array, gradient in zip(net.arrays, self.gradients(net, x, y), strict=True):
            array -= self.rate * gradient * (np.abs(array) if array.ndim > 1 else 1.0)


def test_a_step_times_the_size_of_its_weights_is_read() -> None:
    text = "the move of [0], [2], [4]: you compute -0.2 · gradient · |W|; it should be -0.2 · gradient"
    assert readings(Weighted(), ("step-2",)) == {"step-2": text}


def test_unusual_losses_and_labels_are_ruled_out_by_the_last_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fit of all arrays takes a fifth of what a wrong network of three layers may cost beside a right one."""
    fits = []
    usual = inference._fit

    def counted(*arguments: Any) -> Any:
        fits.append(arguments)
        return usual(*arguments)

    monkeypatch.setattr(inference, "_fit", counted)
    reseed(0)
    module = net(RELU, (12, 7, 7, 5), back=back(without_slope, 0))
    read(World(subject_of(module, ""), SimpleNamespace(), 1, "reading"))
    assert len(fits) <= 2 * len(USUAL["softmax"])
