"""Implementations that train the same network on the same images, one sample per step; each trains one epoch.

A contender gets images (n, 784) and one-hot labels (n, 10), both float32, converts them to its most suitable form
before any clock runs, and returns a function that trains a new network for one epoch and returns the seconds. The
construction of the network and the measurement of its accuracy are not timed. `floor` trains nothing (see there).
"""

import contextlib
import importlib
import io
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reference.network import DeepNeuralNetwork

Array = NDArray[Any]
Epoch = Callable[[], float]

SIZES = (784, 128, 64, 10)
L_RATE = 0.1


class Article:
    """The article's code with only its gradients corrected, in a given dtype."""

    def __init__(self, sizes: Sequence[int], l_rate: float, dtype: DTypeLike, seed: int = 0) -> None:
        """Draw the weights as the article does."""
        rng = np.random.default_rng(seed)
        self.l_rate = l_rate
        self.params: dict[str, Array] = {
            f"W{i}": (rng.normal(size=(sizes[i], sizes[i - 1])) * np.sqrt(1 / sizes[i])).astype(dtype)
            for i in (1, 2, 3)
        }

    def sigmoid(self, x: Array, derivative: bool = False) -> Any:
        """As printed; it overflows at large negative x, which does not occur here."""
        if derivative:
            return np.exp(-x) / (np.exp(-x) + 1) ** 2
        return 1 / (1 + np.exp(-x))

    def softmax(self, x: Array) -> Any:
        """As printed."""
        exps = np.exp(x - x.max())
        return exps / np.sum(exps, axis=0)

    def forward_pass(self, x_train: Array) -> Array:
        """As printed."""
        params = self.params
        params["A0"] = x_train
        params["Z1"] = np.dot(params["W1"], params["A0"])
        params["A1"] = self.sigmoid(params["Z1"])
        params["Z2"] = np.dot(params["W2"], params["A1"])
        params["A2"] = self.sigmoid(params["Z2"])
        params["Z3"] = np.dot(params["W3"], params["A2"])
        params["A3"] = self.softmax(params["Z3"])
        return params["A3"]

    def backward_pass(self, y_train: Array, output: Array) -> dict[str, Array]:
        """With outer products, which the printed code lacks."""
        params, change_w = self.params, {}
        error = output - y_train
        change_w["W3"] = np.outer(error, params["A2"])
        error = np.dot(params["W3"].T, error) * self.sigmoid(params["Z2"], derivative=True)
        change_w["W2"] = np.outer(error, params["A1"])
        error = np.dot(params["W2"].T, error) * self.sigmoid(params["Z1"], derivative=True)
        change_w["W1"] = np.outer(error, params["A0"])
        return change_w

    def update_network_parameters(self, changes_to_w: dict[str, Array]) -> None:
        """As printed."""
        for key, value in changes_to_w.items():
            self.params[key] -= self.l_rate * value

    def train(self, x_train: Array, y_train: Array) -> None:
        """Train one epoch, without the accuracy at its end."""
        for x, y in zip(x_train, y_train, strict=True):
            output = self.forward_pass(x)
            self.update_network_parameters(self.backward_pass(y, output))


def article(x: Array, y: Array, dtype: DTypeLike, sizes: Sequence[int] = SIZES) -> Epoch:
    """The article's code, corrected."""
    x, y = x.astype(dtype), y.astype(dtype)

    def epoch() -> float:
        network = Article(sizes, L_RATE, dtype)
        return _clock(lambda: network.train(x, y))

    return epoch


def kit(make: Callable[[list[int], int, float], Any], x: Array, y: Array, sizes: Sequence[int] = SIZES) -> Epoch:
    """An implementation of the contract, with an empty validation set."""

    def epoch() -> float:
        network = make(list(sizes), 1, L_RATE)
        with contextlib.redirect_stdout(io.StringIO()):
            return _clock(lambda: network.train(x, y, x[:0], y[:0]))

    return epoch


def reference(x: Array, y: Array, sizes: Sequence[int] = SIZES) -> Epoch:
    """`reference/network.py`."""
    return kit(DeepNeuralNetwork, x, y, sizes)


def pytorch(x: Array, y: Array, fused: bool) -> Epoch:
    """PyTorch as in its tutorials: `nn.Sequential`, `CrossEntropyLoss`, `optim.SGD`, on one thread.

    Raises:
        ImportError: it is not installed (the group `bench`).
    """
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    images, labels = torch.from_numpy(x), torch.from_numpy(y.argmax(axis=1))

    def epoch() -> float:
        torch.manual_seed(0)
        network = torch.nn.Sequential(
            torch.nn.Linear(SIZES[0], SIZES[1], bias=False),
            torch.nn.Sigmoid(),
            torch.nn.Linear(SIZES[1], SIZES[2], bias=False),
            torch.nn.Sigmoid(),
            torch.nn.Linear(SIZES[2], SIZES[3], bias=False),
        )
        loss = torch.nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(network.parameters(), lr=L_RATE, fused=fused)

        def train() -> None:
            for i in range(len(images)):
                optimizer.zero_grad()
                loss(network(images[i : i + 1]), labels[i : i + 1]).backward()
                optimizer.step()

        return _clock(train)

    return epoch


def scikit_learn(x: Array, y: Array) -> Epoch:
    """`MLPClassifier(batch_size=1)` for one epoch; it has biases, 202 parameters among 109,386.

    Raises:
        ImportError: it is not installed.
    """
    module: Any = importlib.import_module("sklearn.neural_network")
    labels = y.argmax(axis=1)

    def epoch() -> float:
        network = module.MLPClassifier(
            SIZES[1:3], activation="logistic", solver="sgd", alpha=0, batch_size=1, learning_rate_init=L_RATE,
            max_iter=1, momentum=0, random_state=0,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that one epoch does not converge
            return _clock(lambda: network.fit(x, labels))

    return epoch


def floor(x: Array, dtype: DTypeLike, sizes: Sequence[int] = SIZES) -> Epoch:
    """Only the eight BLAS calls that a dense step needs; it learns nothing.

    gemv three times forward and twice back, and ger three times; in place, in the layout that needs no copy.

    Raises:
        ImportError: SciPy, the interface to BLAS, is not installed.
    """
    blas: Any = importlib.import_module("scipy.linalg.blas")
    gemv, ger = blas.get_blas_funcs(("gemv", "ger"), dtype=dtype)
    x = x.astype(dtype)
    rng = np.random.default_rng(0)
    # W.T in Fortran's order is W in C's: (inputs, units)
    W1, W2, W3 = (np.asfortranarray(rng.normal(size=sizes[i : i + 2]).astype(dtype)) for i in range(3))
    z1, z2, z3, d1, d2 = (np.zeros(sizes[i], dtype) for i in (1, 2, 3, 1, 2))
    rate = -1e-9  # so small that the weights do not change

    def calls() -> None:
        for a0 in x:
            gemv(1.0, W1, a0, 0.0, z1, trans=1, overwrite_y=1)
            gemv(1.0, W2, z1, 0.0, z2, trans=1, overwrite_y=1)
            gemv(1.0, W3, z2, 0.0, z3, trans=1, overwrite_y=1)
            gemv(1.0, W3, z3, 0.0, d2, overwrite_y=1)
            gemv(1.0, W2, d2, 0.0, d1, overwrite_y=1)
            ger(rate, z2, z3, a=W3, overwrite_a=1)
            ger(rate, z1, d2, a=W2, overwrite_a=1)
            ger(rate, a0, d1, a=W1, overwrite_a=1)

    return lambda: _clock(calls)


def _clock(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
