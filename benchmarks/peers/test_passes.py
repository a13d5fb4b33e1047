"""The stages forward, backward and update as plain pytest functions."""

from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from benchmarks.peers.common import SMALL, SQUARE, WEIGHTS, close, coarse, give, held, known, sample, unchanged
from nnkata.katas.article import oracle

EXAMPLE = {"W1": [[1, -1], [2, 0.5]], "W2": [[1, 2], [-2, 1]], "W3": [[2, -1], [1, 1]]}

EXAMPLE_X = np.array([1.0, 2])


def test_forward_1(m: Any) -> None:
    net = m.DeepNeuralNetwork([2, 2, 2, 2])
    give(net, EXAMPLE)
    close(np.asarray(net.forward_pass(EXAMPLE_X), np.float32), [0.4239629, 0.5760371])


@pytest.mark.parametrize("sizes", [SMALL, SQUARE], ids=["2", "3"])
def test_forward_2_3(m: Any, rng: Generator, sizes: list[int]) -> None:
    net, weights = known(m, rng, sizes)
    x, _ = sample(rng, sizes)
    close(net.forward_pass(x), oracle.forward(weights, x).output, coarse(net))


def test_forward_4(m: Any, rng: Generator) -> None:
    output = known(m, rng)[0].forward_pass(sample(rng)[0])
    assert output.min() > 0
    close(output.sum(), 1)


def test_forward_5(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng)
    x, _ = sample(rng)
    first = np.array(net.forward_pass(x))
    give(net, {key: -0.5 * weights[key] for key in WEIGHTS})
    between = np.array(net.forward_pass(x))
    for key in WEIGHTS:
        net.params[key] = weights[key].astype(net.params[key].dtype)
    close(net.forward_pass(x), first, coarse(net))
    assert not np.array_equal(between, first)


def test_forward_6(m: Any, rng: Generator) -> None:
    net, _ = known(m, rng)
    x, _ = sample(rng)
    first = np.copy(net.forward_pass(x))
    np.testing.assert_array_equal(net.forward_pass(x), first)


def test_forward_7(m: Any, rng: Generator) -> None:
    unchanged(known(m, rng)[0].forward_pass, sample(rng)[0])


def test_forward_8(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng)
    net.forward_pass(sample(rng)[0])
    np.testing.assert_equal(held(net), weights)


def back(m: Any, rng: Generator, sizes: list[int] = SMALL) -> tuple[Any, Any, Any, Any, Any]:
    net, weights = known(m, rng, sizes)
    x, y = sample(rng, sizes)
    return net, weights, x, y, net.backward_pass(y, net.forward_pass(x))


def test_backward_1(m: Any, rng: Generator) -> None:
    net, _, _, _, changes = back(m, rng)
    assert set(changes) >= set(WEIGHTS)
    assert all(changes[key].shape == net.params[key].shape for key in WEIGHTS)


def test_backward_2(m: Any) -> None:
    net = m.DeepNeuralNetwork([2, 2, 2, 2])
    give(net, EXAMPLE)
    changes = net.backward_pass(np.array([1.0, 0]), net.forward_pass(EXAMPLE_X))
    close(changes["W3"].astype(np.float32), [[-0.5172228, -0.3468966], [0.5172228, 0.3468966]])


@pytest.mark.parametrize("key", WEIGHTS)
@pytest.mark.parametrize("sizes", [SMALL, SQUARE], ids=["3-5", "6"])
def test_backward_3_4_5_6(m: Any, rng: Generator, sizes: list[int], key: str) -> None:
    net, weights, x, y, changes = back(m, rng, sizes)
    close(changes[key], oracle.gradients(weights, x, y)[key], coarse(net))


@pytest.mark.parametrize("key", WEIGHTS)
def test_backward_7(m: Any, rng: Generator, key: str) -> None:
    net, weights, x, y, changes = back(m, rng)
    half, tolerance = (1e-2, 2e-2) if coarse(net) == "float32" else (1e-5, 1e-6)
    gradient = np.array(changes[key], np.float64)
    for _ in range(3):
        direction = rng.normal(size=gradient.shape)
        direction /= np.linalg.norm(direction)
        losses = []
        for sign in (1, -1):
            give(net, {key: weights[key] + sign * half * direction})
            losses.append(oracle.cross_entropy(net.forward_pass(x), y))
        slope = (losses[0] - losses[1]) / (2 * half)
        assert abs(np.sum(gradient * direction) - slope) <= tolerance * np.linalg.norm(gradient)


def test_backward_8(m: Any, rng: Generator) -> None:
    net, _, x, y, changes = back(m, rng)
    first = {key: np.array(changes[key]) for key in WEIGHTS}
    changes = net.backward_pass(y, net.forward_pass(x))
    for key in WEIGHTS:
        close(changes[key], first[key], coarse(net))


def test_backward_9(m: Any, rng: Generator) -> None:
    net, weights, _, _, _ = back(m, rng)
    x, y = sample(rng)
    slopes_of_one_loss(net, weights, x, net.backward_pass(y, net.forward_pass(x)), rng)


def slopes_of_one_loss(net: Any, weights: Any, x: Any, changes: Any, rng: Generator) -> None:
    half, tolerance = (1e-2, 2e-3) if coarse(net) == "float32" else (1e-5, 1e-6)
    gradients = {key: np.array(changes[key], np.float64) for key in WEIGHTS}
    outputs, sums = [], []
    for _ in range(12):
        direction = {key: rng.normal(size=weights[key].shape) for key in WEIGHTS}
        length = np.sqrt(sum(np.sum(part**2) for part in direction.values()))
        moved = []
        for sign in (1, -1):
            give(net, {key: weights[key] + sign * half * direction[key] / length for key in WEIGHTS})
            moved.append(np.array(net.forward_pass(x), np.float64))
        outputs.append((moved[0] - moved[1]) / (2 * half))
        sums.append(sum(np.sum(gradients[key] * direction[key]) for key in WEIGHTS) / length)
    explained = np.array(outputs) @ np.linalg.lstsq(np.array(outputs), np.array(sums), rcond=1e-6)[0]
    scale = np.sqrt(sum(np.sum(part**2) for part in gradients.values()))
    np.testing.assert_allclose(sums, explained, rtol=0, atol=tolerance * scale)


def test_backward_10(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng)
    x, y = sample(rng)
    half = 11 / oracle.forward(weights, x).a2.sum()
    give(net, {"W3": np.where(y[:, None] > 0, half, -half) * np.ones_like(weights["W3"])})
    changes = net.backward_pass(y, net.forward_pass(x))
    assert max(np.abs(changes[key]).max() for key in WEIGHTS) <= 1e-4


def test_backward_13(m: Any, rng: Generator) -> None:
    net, weights, x, _, changes = back(m, rng)
    slopes_of_one_loss(net, weights, x, changes, rng)


def test_backward_11(m: Any, rng: Generator) -> None:
    net, weights, _, _, _ = back(m, rng)
    np.testing.assert_equal(held(net), weights)


def test_backward_12(m: Any, rng: Generator) -> None:
    net, _, x, y, _ = back(m, rng)
    unchanged(net.backward_pass, y, np.array(net.forward_pass(x)))


def step(m: Any, rng: Generator, rate: float, factor: float = 1, times: int = 1) -> tuple[Any, Any, Any]:
    net, weights = known(m, rng, l_rate=rate)
    changes = {key: factor * rng.normal(0, 0.3, weights[key].shape) for key in WEIGHTS}
    copies = {key: change.copy() for key, change in changes.items()}
    for _ in range(times):
        net.update_network_parameters(changes)
    np.testing.assert_equal(changes, copies)  # update-4
    return net, weights, changes


@pytest.mark.parametrize("rate", [0.5, 0.125])
@pytest.mark.parametrize("key", WEIGHTS)
def test_update_1(m: Any, rng: Generator, key: str, rate: float) -> None:
    net, weights, changes = step(m, rng, rate)
    close(net.params[key], weights[key] - rate * changes[key])


def test_update_2(m: Any, rng: Generator) -> None:
    net, weights, changes = step(m, rng, 0.5, times=2)
    for key in WEIGHTS:
        close(net.params[key], weights[key] - changes[key])


def test_update_3(m: Any, rng: Generator) -> None:
    net, weights, _ = step(m, rng, 0.5, factor=0)
    np.testing.assert_equal(held(net), weights)


def test_update_4(m: Any, rng: Generator) -> None:
    step(m, rng, 0.5)


def test_update_5(m: Any, rng: Generator) -> None:
    net, _ = known(m, rng, l_rate=0.125)
    x, y = sample(rng)
    before = np.array(net.forward_pass(x))
    net.update_network_parameters(net.backward_pass(y, before))
    assert oracle.cross_entropy(net.forward_pass(x), y) < oracle.cross_entropy(before, y)


def test_update_6(m: Any, rng: Generator) -> None:
    net, weights, changes = step(m, rng, 0.5, factor=100)
    for key in WEIGHTS:
        close(net.params[key], weights[key] - 0.5 * changes[key])
