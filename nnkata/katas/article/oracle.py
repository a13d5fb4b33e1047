"""The mathematics of the network, once, as plain float64 functions: the right values.

Nothing here knows of a submission, and `reference/` does not use it: the two are written independently, so that one can
test the other. Sources: Bishop, *Pattern Recognition and Machine Learning* (2006), 4.3 for softmax and cross-entropy,
5.3 for backpropagation; shapes follow the article (`W @ a`, no biases, vectors 1-D).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Params = Mapping[str, Array]

CLASSES = 10
PIXELS = 784
GREY_LEVELS = 255.0


class Trace(NamedTuple):
    """One sample's forward pass: pre-activations z (n,) and activations a (n,) of each layer."""

    a0: Array
    z1: Array
    a1: Array
    z2: Array
    a2: Array
    z3: Array
    output: Array


def sigmoid(z: ArrayLike) -> Array:
    """1 / (1 + e^-z), any shape, through e^-|z| so that nothing overflows."""
    z = np.asarray(z, dtype=np.float64)
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1.0 + small))


def sigmoid_derivative(z: ArrayLike) -> Array:
    """sigma(z) * (1 - sigma(z)), any shape; the derivative with respect to the pre-activation z."""
    z = np.asarray(z, dtype=np.float64)
    small = np.exp(-np.abs(z))
    return np.asarray(small / (1.0 + small) ** 2)


def softmax(z: ArrayLike) -> Array:
    """e^z / sum(e^z) over a vector (n,) or each row, shifted by its largest element, which changes only overflow."""
    z = np.asarray(z, dtype=np.float64)
    exps = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def cross_entropy(output: ArrayLike, y: ArrayLike) -> float:
    """-sum(y * log(output)) for one sample: output (n,) probabilities, y (n,) one-hot."""
    output, y = np.asarray(output, np.float64), np.asarray(y, np.float64)
    return float(-np.sum(y * np.log(output)))


def forward(params: Params, x: ArrayLike) -> Trace:
    """All layers for one sample x (sizes[0],)."""
    a0 = np.asarray(x, dtype=np.float64)
    z1 = params["W1"] @ a0
    a1 = sigmoid(z1)
    z2 = params["W2"] @ a1
    a2 = sigmoid(z2)
    z3 = params["W3"] @ a2
    return Trace(a0, z1, a1, z2, a2, z3, softmax(z3))


def outputs(params: Params, xs: ArrayLike) -> Array:
    """The outputs (n, classes) for samples xs (n, sizes[0]), as `forward` gives them except for rounding."""
    a = np.asarray(xs, dtype=np.float64)
    for key in ("W1", "W2"):
        a = sigmoid(a @ params[key].T)
    return softmax(a @ params["W3"].T)


def deltas(params: Params, trace: Trace, y: ArrayLike, output: ArrayLike | None = None) -> tuple[Array, Array, Array]:
    """The derivative of the loss by z1, z2 and z3, in that order; at z3 it is output - y (Bishop, eq. 4.109)."""
    error = np.asarray(trace.output if output is None else output, np.float64) - np.asarray(y, np.float64)
    delta2 = (params["W3"].T @ error) * sigmoid_derivative(trace.z2)
    delta1 = (params["W2"].T @ delta2) * sigmoid_derivative(trace.z1)
    return delta1, delta2, error


def gradients(params: Params, x: ArrayLike, y: ArrayLike, output: ArrayLike | None = None) -> dict[str, Array]:
    """The derivative of the loss by each weight matrix, for one sample; each of its matrix's shape."""
    trace = forward(params, x)
    delta1, delta2, delta3 = deltas(params, trace, y, output)
    return {"W1": np.outer(delta1, trace.a0), "W2": np.outer(delta2, trace.a1), "W3": np.outer(delta3, trace.a2)}


def step(params: Params, changes: Params, l_rate: float) -> dict[str, Array]:
    """W - l_rate * change for each weight matrix; new arrays."""
    return {key: params[key] - l_rate * changes[key] for key in params}


def train(params: Params, xs: ArrayLike, ys: ArrayLike, epochs: int, l_rate: float) -> dict[str, Array]:
    """Per-sample gradient descent in the given order: xs (n, sizes[0]), ys (n, sizes[3]) one-hot."""
    now = {key: np.array(value, dtype=np.float64) for key, value in params.items()}
    for _ in range(epochs):
        for x, y in zip(np.asarray(xs), np.asarray(ys), strict=True):
            now = step(now, gradients(now, x, y), l_rate)
    return now


def accuracy(params: Params, xs: ArrayLike, ys: ArrayLike) -> float:
    """The fraction of samples whose most probable class is the one that ys (n, classes) marks."""
    return hits(outputs(params, xs), ys)


def hits(given: ArrayLike, ys: ArrayLike) -> float:
    """The fraction of rows whose largest element is in the same place in given (n, classes) and ys (n, classes)."""
    return float(np.mean(np.argmax(np.asarray(given), axis=1) == np.argmax(np.asarray(ys), axis=1)))


def scale(rows: int) -> float:
    """The article's standard deviation for the weights of a layer with that many rows (units): sqrt(1 / rows)."""
    return float(np.sqrt(1.0 / rows))


def initial(sizes: list[int], rng: np.random.Generator) -> dict[str, Array]:
    """Fresh weights as the article draws them: normal, mean zero, standard deviation `scale(rows)`."""
    shapes = {f"W{i}": (sizes[i], sizes[i - 1]) for i in (1, 2, 3)}
    return {key: rng.normal(0.0, scale(shape[0]), shape) for key, shape in shapes.items()}


def pixels(images: ArrayLike) -> NDArray[np.float32]:
    """N images (N, 28, 28) or (N, 784), grey levels 0 to 255, as float32 (N, 784) in [0, 1]."""
    images = np.asarray(images)
    made = np.empty((len(images), PIXELS), np.float32)
    # in float64, rounded once; NumPy converts piece by piece, without 27 MB of float64 for the training set
    np.divide(images.reshape(made.shape), GREY_LEVELS, out=made, dtype=np.float64, casting="same_kind")
    return made


def one_hot(labels: ArrayLike, classes: int = CLASSES) -> NDArray[np.float32]:
    """N labels, ints or strings of one digit, as (N, classes) with a single 1 per row."""
    return np.eye(classes, dtype=np.float32)[np.asarray(labels).astype(np.int64)]


def split(n: int, test_size: float = 0.15, random_state: int = 42) -> tuple[NDArray[Any], NDArray[Any]]:
    """Indices (train, test) of the article's `train_test_split(test_size=0.15, random_state=42)` on n samples.

    The same indices as scikit-learn's, in the same order, without importing it (a second of every run): one
    legacy permutation of which the first ceil(test_size * n) are the test set.
    """
    order = np.random.RandomState(random_state).permutation(n)
    tests = int(np.ceil(test_size * n))
    return order[tests:], order[:tests]
