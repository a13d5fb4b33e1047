"""The stages preprocessing, activations and initialization as plain pytest functions."""

import random
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from benchmarks.peers.common import SMALL, WEIGHTS, close, give, held, unchanged

ARTICLE, OTHER = [784, 128, 64, 10], [20, 11, 7, 5]


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
