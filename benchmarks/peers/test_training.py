"""The stages training and mnist as plain pytest functions."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from benchmarks.peers.common import SMALL, WEIGHTS, close, coarse, give, held, known, sample, unchanged
from nnkata.katas import mnist as data
from nnkata.katas.article import oracle

SLOW, DRIFT = 0.0005, 0.2  # as in nnkata/katas/article/steps/training.py
SPREAD, SHARP = 3.0, 8.0  # as in nnkata/katas/article/steps/accuracy.py


@pytest.mark.parametrize(("copies", "epochs"), [(1, 1), (4, 1), (2, 3), (1, 12)], ids=["training-1", "-2", "-3", "-15"])
def test_training_1_2_3_15(m: Any, rng: Generator, copies: int, epochs: int) -> None:
    net, weights = known(m, rng, l_rate=0.5, epochs=epochs)
    x, y = sample(rng)
    xs, ys = np.tile(x, (copies, 1)), np.tile(y, (copies, 1))
    net.train(xs, ys, xs, ys)
    for key, wanted in oracle.train(weights, xs, ys, epochs, 0.5).items():
        close(net.params[key], wanted, coarse(net))


def own_pixels(rng: Generator, n: int, width: int, first: int = 0) -> tuple[Any, Any]:
    return np.eye(width)[first : first + n], np.eye(4)[rng.integers(0, 4, n)]


def one_epoch(m: Any, rng: Generator) -> tuple[Any, Any, Any, Any]:
    """Eleven samples with a pixel each: the weights before training, and the change of W1."""
    net, weights = known(m, rng, [11, 6, 5, 4], l_rate=SLOW, epochs=1)
    x, y = own_pixels(rng, 11, 11)
    unchanged(net.train, x, y, x.copy(), y.copy())
    return weights, x, y, held(net)["W1"] - weights["W1"]


def test_training_4(m: Any, rng: Generator) -> None:
    weights, x, _, moved = one_epoch(m, rng)
    for i, lengths in enumerate(np.linalg.norm(moved, axis=0)):
        steps = [SLOW * np.linalg.norm(oracle.gradients(weights, x[i], label)["W1"]) for label in np.eye(4)]
        assert (1 - DRIFT) * min(steps) <= lengths <= (1 + DRIFT) * max(steps)


def test_training_5(m: Any, rng: Generator) -> None:
    weights, x, y, moved = one_epoch(m, rng)
    for i in range(11):
        wanted = -SLOW * oracle.gradients(weights, x[i], y[i])["W1"][:, i]
        assert abs(wanted @ moved[:, i] / (wanted @ wanted) - 1) <= DRIFT


def test_training_6(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, [12, 6, 5, 4], l_rate=0.5, epochs=2)
    net.train(*own_pixels(rng, 6, 12), *own_pixels(rng, 6, 12, first=6))
    np.testing.assert_array_equal(held(net)["W1"][:, 6:], weights["W1"][:, 6:])


def test_training_7(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, l_rate=0, epochs=2)
    x, y = (np.tile(part, (3, 1)) for part in sample(rng))
    net.train(x, y, x, y)
    np.testing.assert_equal(held(net), weights)


def mnist() -> tuple[Any, Any]:
    bundled = data.load("bundled")
    return bundled.images, bundled.labels


def hits(net: Any, x: Any, y: Any) -> float:
    return oracle.hits(np.array([net.forward_pass(row) for row in x]), y)


def test_training_8(m: Any, rng: Generator) -> None:
    images, labels = mnist()
    chosen = rng.choice(len(images), 20, replace=False)
    x, y = oracle.pixels(images[chosen]), oracle.one_hot(labels[chosen])
    net = m.DeepNeuralNetwork([784, 32, 16, 10], l_rate=0.5, epochs=60)
    net.train(x, y, x, y)
    assert hits(net, x, y) == 1


def passing(m: Any, **options: Any) -> Any:
    net = m.DeepNeuralNetwork([4, 4, 4, 4], **options)
    give(net, {key: 4.0 * np.eye(4) for key in WEIGHTS})
    return net


def answers(rng: Generator, net: Any, n: int, right: int) -> tuple[Any, Any]:
    x = np.eye(4)[rng.permutation(np.arange(n) % 4)]
    own = np.array([int(np.argmax(net.forward_pass(row))) for row in x])
    return x, np.eye(4)[np.where(rng.permutation(n) < right, own, (own + 1) % 4)]


@pytest.mark.parametrize(("n", "right"), [(8, 5), (1, 1)])
def test_training_9(m: Any, rng: Generator, n: int, right: int) -> None:
    net = passing(m)
    assert net.compute_accuracy(*answers(rng, net, n, right)) == pytest.approx(right / n, abs=1e-6)


def test_training_10(m: Any, rng: Generator) -> None:
    net = passing(m)
    first = np.zeros((4, 4))
    first[0] = 4
    give(net, {"W1": np.eye(4), "W2": np.eye(4), "W3": first})
    labels = np.eye(4)[rng.permutation([0, 0, 0, 1, 2, 3, 1, 2, 3, 1])]
    assert net.compute_accuracy(labels.copy(), labels) == pytest.approx(0.3, abs=1e-6)


def test_training_11(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, l_rate=0.5)
    net.compute_accuracy(rng.random((10, 7)), np.eye(4)[rng.integers(0, 4, 10)])
    np.testing.assert_equal(held(net), weights)


def test_training_12(m: Any, rng: Generator) -> None:
    net, _ = known(m, rng, SMALL, l_rate=0.5, epochs=3)
    x, y = (np.tile(part, (2, 1)) for part in sample(rng))
    net.train(x, y, x, y)
    assert net.l_rate == 0.5


def test_training_13(m: Any, rng: Generator) -> None:
    one_epoch(m, rng)


def test_training_14(m: Any, rng: Generator) -> None:
    net = passing(m, l_rate=0, epochs=1)
    x, y = own_pixels(rng, 4, 4)
    net.train(x, y, x, y)
    assert net.compute_accuracy(*answers(rng, net, 8, 5)) == pytest.approx(0.625, abs=1e-6)


def test_training_16(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, l_rate=0.05, epochs=100)
    x, y = sample(rng)
    guess = np.eye(4)[int(np.argmax(oracle.forward(weights, x).output))]
    other = np.roll(y, 1) if np.array_equal(guess, y) else guess
    net.train(x[None], y[None], x[None], other[None])
    for key, wanted in oracle.train(weights, [x], [y], 100, 0.05).items():
        close(net.params[key], wanted, coarse(net))


def test_training_17(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, [12, 6, 5, 4], l_rate=0.05, epochs=1)
    x, y = own_pixels(rng, 12, 12)
    x = np.concatenate([np.zeros((1500, 12)), x])
    y = np.concatenate([np.eye(4)[rng.integers(0, 4, 1500)], y])
    net.train(x, y, x, y)
    assert np.linalg.norm(held(net)["W1"] - weights["W1"], axis=0).all()


def test_training_18(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, [11, 6, 5, 4], l_rate=0.0005, epochs=1)
    x, y = own_pixels(rng, 11, 11)
    own = []
    for i, (one, label) in enumerate(zip(x, y, strict=True)):
        own.append(np.array(net.backward_pass(label, net.forward_pass(one))["W1"][:, i]))
    give(net, weights)
    net.train(x, y, x, y)
    moved = (held(net)["W1"] - weights["W1"]).T
    cosines = -np.sum(moved * own, axis=1) / np.linalg.norm(moved, axis=1) / np.linalg.norm(own, axis=1)
    assert cosines.min() >= 0.98


def test_training_19(m: Any, rng: Generator) -> None:
    net, weights = known(m, rng, [12, 9, 8, 6])
    weights = {key: SPREAD * np.float32(rng.normal(size=value.shape)) for key, value in weights.items()}
    x = rng.random((90, 12))
    usual = np.mean([oracle.forward(weights, one).a2 for one in x], axis=0)
    w3 = weights["W3"] - np.outer(weights["W3"] @ usual, usual) / (usual @ usual)
    give(net, {**weights, "W3": SHARP * w3 / np.linalg.norm(w3, axis=1, keepdims=True)})
    outputs = np.array([net.forward_pass(one) for one in x])
    ordered = np.sort(outputs, axis=1)
    clear = np.argsort(ordered[:, -2] - ordered[:, -1])[:60]
    assert net.compute_accuracy(x[clear], np.eye(6)[outputs[clear].argmax(axis=1)]) == pytest.approx(1, abs=1e-6)


@cache
def split_sets() -> list[tuple[Any, Any]]:
    """Training, validation and unseen images, with one-hot labels."""
    images, labels = mnist()
    train, test = oracle.split(len(images))
    parts = (train, test[: len(test) // 3], test[len(test) // 3 :])
    return [(oracle.pixels(images[part]), oracle.one_hot(labels[part])) for part in parts]


@pytest.fixture
def sets() -> list[tuple[Any, Any]]:
    return split_sets()


def mnist_network(m: Any) -> Any:
    return m.DeepNeuralNetwork([784, 128, 64, 10], l_rate=0.05, epochs=1)


def test_mnist_1(m: Any, sets: Any) -> None:
    assert hits(mnist_network(m), *sets[2]) < 0.5


def test_mnist_2(m: Any, sets: Any) -> None:
    net, reached = mnist_network(m), 0.0
    for _ in range(3):
        net.train(*sets[0], *sets[1])
        reached = hits(net, *sets[2])
        if reached >= 0.8:
            break
    assert reached >= 0.8


def test_mnist_3(m: Any, sets: Any) -> None:
    net = mnist_network(m)
    assert abs(net.compute_accuracy(*sets[2]) - hits(net, *sets[2])) <= 0.5 / len(sets[2][0])
