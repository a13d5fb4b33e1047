"""The stages preprocessing, activations, initialization, forward, backward and update as plain pytest functions."""

import random
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from benchmarks.peers.common import SMALL, SQUARE, WEIGHTS, close, coarse, give, held, known, sample, unchanged
from nnkata.katas.article import oracle

ARTICLE, OTHER = [784, 128, 64, 10], [20, 11, 7, 5]
EXAMPLE = {"W1": [[1, -1], [2, 0.5]], "W2": [[1, 2], [-2, 1]], "W3": [[2, -1], [1, 1]]}
EXAMPLE_X = np.array([1.0, 2])


def images(rng: Generator, n: int = 3, top: int = 255) -> Any:
    return rng.integers(0, top + 1, (n, 784)).astype(np.uint8)


def test_preprocessing_1(m: Any, rng: Generator) -> None:
    assert m.preprocess(images(rng).reshape(3, 28, 28), np.array([1, 2, 3]))[0].shape == (3, 784)


def test_preprocessing_2(m: Any, rng: Generator) -> None:
    assert m.preprocess(images(rng).astype(float), np.array([1, 2, 3]))[0].shape == (3, 784)


def test_preprocessing_3(m: Any, rng: Generator) -> None:
    x = m.preprocess(images(rng), np.array([1, 2, 3]))[0]
    assert x.dtype == np.float32
    assert x.min() >= 0
    assert x.max() <= 1


def test_preprocessing_4(m: Any, rng: Generator) -> None:
    given = images(rng, 1)
    given[0, :6] = [0, 1, 51, 128, 254, 255]
    wanted = [0, 0.003921569, 0.2, 0.5019608, 0.9960784, 1]
    np.testing.assert_allclose(m.preprocess(given, np.array([1]))[0][0, :6], wanted, rtol=0, atol=1e-7)


@pytest.mark.parametrize(("shape", "dtype"), [((4, 28, 28), np.uint8), ((4, 784), np.float64)])
def test_preprocessing_5(m: Any, rng: Generator, shape: tuple[int, ...], dtype: type) -> None:
    given = images(rng, 4)
    close(m.preprocess(given.reshape(shape).astype(dtype), np.arange(4))[0], given / 255)


def test_preprocessing_6(m: Any, rng: Generator) -> None:
    np.testing.assert_array_equal(m.preprocess(images(rng), np.array([5, 0, 9]))[1], np.eye(10)[[5, 0, 9]])


def test_preprocessing_7(m: Any, rng: Generator) -> None:
    np.testing.assert_array_equal(m.preprocess(images(rng), np.array(["5", "0", "9"]))[1], np.eye(10)[[5, 0, 9]])


def test_preprocessing_8(m: Any, rng: Generator) -> None:
    np.testing.assert_array_equal(m.preprocess(images(rng, 2), np.array([1, 3]))[1], np.eye(10)[[1, 3]])


@pytest.mark.parametrize("dtype", [np.uint8, np.float64])
def test_preprocessing_9(m: Any, rng: Generator, dtype: type) -> None:
    unchanged(m.preprocess, images(rng).astype(dtype), np.array([1, 2, 3]))


def test_preprocessing_10(m: Any, rng: Generator) -> None:
    given = images(rng, top=100)
    close(m.preprocess(given, np.array([1, 2, 3]))[0], given / 255)


@pytest.fixture
def net(m: Any) -> Any:
    return m.DeepNeuralNetwork(SMALL)


def test_activations_1(net: Any) -> None:
    close(net.sigmoid(np.arange(-2.0, 3)), [0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780])


def test_activations_2(net: Any, rng: Generator) -> None:
    x = rng.normal(0, 3, 9)
    close(net.sigmoid(x) + net.sigmoid(-x), np.ones(9))


def test_activations_3(net: Any) -> None:
    wanted = [0.1049935854, 0.1966119332, 0.25, 0.1966119332, 0.1049935854]
    close(net.sigmoid(np.arange(-2.0, 3), True), wanted)


def test_activations_4(net: Any, rng: Generator) -> None:
    x = rng.normal(0, 3, 9)
    close(net.sigmoid(x, True), (1 / (1 + np.exp(-(x + 1e-30j)))).imag / 1e-30)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activations_5(net: Any, dtype: type) -> None:
    close(net.sigmoid(np.array([-1000, 0, 1000], dtype)), [0, 0.5, 1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activations_6(net: Any, dtype: type) -> None:
    close(net.sigmoid(np.array([-1000, 0, 1000], dtype), True), [0, 0.25, 0])


@pytest.mark.parametrize("shape", [(5,), (3, 4)])
def test_activations_7(net: Any, shape: tuple[int, ...]) -> None:
    assert net.sigmoid(np.zeros(shape)).shape == shape


def test_activations_8(net: Any) -> None:
    close(net.softmax(np.array([0, 0.6931471806, 1.0986122887])), [0.1666666667, 0.3333333333, 0.5])


def test_activations_9(net: Any, rng: Generator) -> None:
    output = net.softmax(rng.normal(0, 3, 9))
    assert output.min() > 0
    close(output.sum(), 1)


def test_activations_10(net: Any, rng: Generator) -> None:
    x = rng.normal(0, 3, 9)
    close(net.softmax(x + 3), net.softmax(x))


@pytest.mark.parametrize(
    ("x", "dtype", "wanted"),
    [
        ([1000, 0], np.float64, [1, 0]),
        ([1000, 0], np.float32, [1, 0]),
        ([-1000, -1000, 1000], np.float64, [0, 0, 1]),
        ([-1000, -1000], np.float64, [0.5, 0.5]),
    ],
)
def test_activations_11(net: Any, x: list[float], dtype: type, wanted: list[float]) -> None:
    close(net.softmax(np.array(x, dtype)), wanted)


@pytest.mark.parametrize("name", ["sigmoid", "softmax"])
def test_activations_12(net: Any, name: str) -> None:
    unchanged(getattr(net, name), np.array([0.5, -1, 2]))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activations_13(net: Any, dtype: type) -> None:
    x: Any = np.array([-1000, 0, 1000], dtype)
    assert np.isfinite([net.sigmoid(x), net.sigmoid(x, True), net.softmax(x)]).all()


@pytest.mark.parametrize("shape", [(5,), (3, 4)])
def test_activations_14(net: Any, shape: tuple[int, ...]) -> None:
    assert net.sigmoid(np.zeros(shape), True).shape == shape
    unchanged(lambda x: net.sigmoid(x, True), np.zeros(shape))


def shapes(weights: dict[str, Any]) -> list[tuple[int, ...]]:
    assert all(np.all(np.isfinite(weights[key])) for key in WEIGHTS)
    return [weights[key].shape for key in WEIGHTS]


def test_initialization_1(m: Any) -> None:
    assert shapes(m.DeepNeuralNetwork(ARTICLE).params) == [(128, 784), (64, 128), (10, 64)]


def test_initialization_2(m: Any) -> None:
    assert shapes(m.DeepNeuralNetwork(OTHER).params) == [(11, 20), (7, 11), (5, 7)]


def test_initialization_3(m: Any) -> None:
    assert shapes(m.DeepNeuralNetwork(OTHER).initialization()) == [(11, 20), (7, 11), (5, 7)]


def test_initialization_4(m: Any) -> None:
    net = m.DeepNeuralNetwork(OTHER, l_rate=0.25, epochs=3)
    assert (list(net.sizes), net.l_rate, net.epochs) == (OTHER, 0.25, 3)


def test_initialization_5(m: Any) -> None:
    net = m.DeepNeuralNetwork(OTHER)
    assert (net.l_rate, net.epochs) == (0.001, 10)


def test_initialization_6(m: Any) -> None:
    for W in held(m.DeepNeuralNetwork(ARTICLE)).values():
        assert abs(W.mean()) <= 7 * W.std() / np.sqrt(W.size)


def test_initialization_7(m: Any) -> None:
    for W in held(m.DeepNeuralNetwork(ARTICLE)).values():
        wanted = np.sqrt(1 / len(W))
        assert abs(W.std() - wanted) <= 7 * wanted / np.sqrt(2 * W.size)


def test_initialization_8(m: Any) -> None:
    assert all(len(np.unique(W, axis=0)) == len(W) for W in held(m.DeepNeuralNetwork(ARTICLE)).values())


def test_initialization_9(m: Any) -> None:
    one, two = (held(m.DeepNeuralNetwork(OTHER)) for _ in range(2))
    assert not any(np.array_equal(one[key], two[key]) for key in WEIGHTS)


def test_initialization_10(m: Any) -> None:
    one, two = (m.DeepNeuralNetwork(OTHER) for _ in range(2))
    before = held(two)
    give(one, dict.fromkeys(WEIGHTS, 0))
    np.testing.assert_equal(held(two), before)


def test_initialization_11(m: Any) -> None:
    draws = []
    for seed in (101, 202):
        np.random.seed(seed)
        random.seed(seed)
        m.DeepNeuralNetwork(OTHER)
        draws.append((np.random.random(), random.random()))
    assert draws[0][0] != draws[1][0]
    assert draws[0][1] != draws[1][1]


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
