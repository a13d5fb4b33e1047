"""A 784-128-64-10 network from scratch: two sigmoid layers, a softmax output, cross-entropy, per-sample SGD.

Read it from top to bottom; that is the order in which data flows:

    x ──W1──▶ Z1 ─σ─▶ A1 ──W2──▶ Z2 ─σ─▶ A2 ──W3──▶ Z3 ─softmax─▶ output        forward
    ΔW1 ◀─ D1 ⊗ x      ΔW2 ◀─ D2 ⊗ A1      ΔW3 ◀─ D3 ⊗ A2,  D3 = output - y     backward

D1, D2 and D3 are the derivatives of the loss by Z1, Z2 and Z3; ⊗ is the outer product with the activations that
*entered* the layer. That is all of backpropagation here.

Everything is computed in the dtype of the weights: float32, unless someone puts wider ones into `params`.
"""

import time
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]

CLASSES, PIXELS, WHITE = 10, 784, 255
BLOCK = 64  # samples between two visits to W1 in training; speed depends on it, results do not


def preprocess(images: ArrayLike, labels: ArrayLike) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Images and labels as the network takes them.

    images: (n, 28, 28) or (n, 784), grey levels 0 to 255 of any dtype. labels: (n,) ints or strings, '0' to '9'.
    Returns x (n, 784) float32 in [0, 1] and one-hot y (n, 10) float32. ValueError for other shapes or labels.
    """
    pixels, digits = np.asarray(images), np.asarray(labels).astype(np.int64)
    if digits.shape != pixels.shape[:1]:
        raise ValueError(f"one label per image, please: images {pixels.shape}, labels {digits.shape}")
    if np.any((digits < 0) | (digits >= CLASSES)):
        raise ValueError(f"labels go from 0 to {CLASSES - 1}; found {digits.min()} to {digits.max()}")
    x = pixels.reshape(len(pixels), PIXELS).astype(np.float32)
    x /= WHITE
    return x, np.eye(CLASSES, dtype=np.float32)[digits]


class DeepNeuralNetwork:
    """Four layers of `sizes` units: input, two of sigmoids, softmax. `params` holds W1, W2, W3; `W @ a`, no biases.

    Replace the matrices in `params` or write into them as you like: every method reads them afresh.
    """

    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001, seed: int | None = None) -> None:
        """Draw fresh weights. A `seed` makes them, and the order of training, repeatable."""
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self._rng = np.random.default_rng(seed)
        self._entered: tuple[Array, Array, Array] | None = None  # x, A1, A2 of the latest forward pass
        self.params: dict[str, Array] = self.initialization()

    def initialization(self) -> dict[str, Array]:
        """Fresh W1, W2, W3 of shape (units, inputs), float32: normal, mean 0, standard deviation sqrt(1 / units)."""
        n0, n1, n2, n3 = self.sizes

        def draw(units: int, inputs: int) -> Array:
            return self._rng.normal(0, np.sqrt(1 / units), (units, inputs)).astype(np.float32)

        return {"W1": draw(n1, n0), "W2": draw(n2, n1), "W3": draw(n3, n2)}

    def sigmoid(self, x: ArrayLike, derivative: bool = False) -> Array:
        """σ(x) = 1 / (1 + e^-x) for each element, or σ'(x); the shape and the floating dtype of x.

        Written in e^-|x|, which is never above 1, so that nothing overflows however large x is.
        """
        x = _floating(x)
        small = np.exp(-np.abs(x))
        if derivative:
            return np.asarray(small / (1 + small) ** 2)
        return np.asarray(np.exp(np.minimum(x, 0)) / (1 + small))

    def softmax(self, x: ArrayLike) -> Array:
        """e^x / Σ e^x over a vector (n,); shifted by its largest element, which changes nothing but overflow."""
        x = _floating(x)
        exps = np.exp(x - x.max())
        return np.asarray(exps / exps.sum())

    def forward_pass(self, x_train: ArrayLike) -> Array:
        """Class probabilities (10,) of one sample (784,); remembers the input of each layer."""
        W1, W2, W3 = self._weights()
        x = np.array(x_train, W1.dtype)
        A1 = self.sigmoid(W1 @ x)
        A2 = self.sigmoid(W2 @ A1)
        self._entered = x, A1, A2
        return self.softmax(W3 @ A2)

    def backward_pass(self, y_train: ArrayLike, output: ArrayLike) -> dict[str, Array]:
        """The gradient of the cross-entropy by W1, W2, W3, of their shapes, for the latest forward pass.

        y_train: (10,) one-hot. output: (10,), the result of that forward pass. RuntimeError if there was none.
        """
        if self._entered is None:
            raise RuntimeError("backward_pass goes back over a forward_pass: call that first")
        _, W2, W3 = self._weights()
        x, A1, A2 = (np.asarray(a, W3.dtype) for a in self._entered)
        D3 = np.asarray(output, W3.dtype) - np.asarray(y_train, W3.dtype)
        D2 = (D3 @ W3) * A2 * (1 - A2)  # σ'(Z) is σ(Z) (1 - σ(Z)), and σ(Z) is at hand
        D1 = (D2 @ W2) * A1 * (1 - A1)
        return {"W1": np.outer(D1, x), "W2": np.outer(D2, A1), "W3": np.outer(D3, A2)}

    def update_network_parameters(self, changes_to_w: dict[str, Array]) -> None:
        """One step against the gradient: every W becomes a new array, W - l_rate * change."""
        for key, W in zip(("W1", "W2", "W3"), self._weights(), strict=True):
            self.params[key] = W - float(self.l_rate) * np.asarray(changes_to_w[key], W.dtype)

    def compute_accuracy(self, x_val: ArrayLike, y_val: ArrayLike) -> float:
        """The fraction of samples (n, 784) whose likeliest class is that of the one-hot (n, 10); 0.0 if n is 0.

        All samples at once, up to Z3: softmax keeps the order. The latest forward pass stays what it was.
        """
        W1, W2, W3 = self._weights()
        x, y = np.asarray(x_val, W1.dtype), np.asarray(y_val)
        if len(x) == 0:
            return 0.0
        Z3 = self.sigmoid(self.sigmoid(x @ W1.T) @ W2.T) @ W3.T
        return float(np.mean(Z3.argmax(axis=1) == y.argmax(axis=1)))

    def train(self, x_train: ArrayLike, y_train: ArrayLike, x_val: ArrayLike, y_val: ArrayLike) -> None:
        """`epochs` passes over x_train (n, 784), y_train (n, 10), each in a new order, one step per sample.

        Continues from the present weights, and prints one line per epoch: its number, seconds so far, accuracy on
        x_val (n, 784), y_val (n, 10).
        """
        weights = [W.copy() for W in self._weights()]  # updated in place, so they must be ours alone
        self.params.update(zip(("W1", "W2", "W3"), weights, strict=True))
        x, y = np.asarray(x_train, weights[0].dtype), np.asarray(y_train, weights[0].dtype)

        start = time.perf_counter()
        for epoch in range(self.epochs):
            order = self._rng.permutation(len(x))
            for block in np.split(order, range(BLOCK, len(x), BLOCK)):
                self._descend(x[block], y[block], *weights)
            accuracy = self.compute_accuracy(x_val, y_val)
            seconds = time.perf_counter() - start
            print(f"Epoch: {epoch + 1}, Time Spent: {seconds:.2f}s, Accuracy: {accuracy:.2%}")

    def _descend(self, x: Array, y: Array, W1: Array, W2: Array, W3: Array) -> None:
        """A gradient step for every sample of a block, one after the other, writing to the weights in place.

        The same as forward, backward, update for each row of x (k, 784), y (k, 10), only faster. W1 holds nine tenths
        of the weights, so it is visited twice per block, not three times per sample: after j steps it would have become
        W1 - Σ S_i ⊗ x_i over i < j, and the next sample's Z1 is therefore W1 @ x_j - Σ S_i (x_i · x_j). For a
        vector, `dot` is `@` with half the time for the call.
        """
        Z1, overlaps = x @ W1.T, x @ x.T
        S = np.empty_like(Z1)  # S[i] = l_rate * D1 of sample i
        l_rate = float(self.l_rate)
        for j in range(len(x)):
            A1 = _to_sigmoid(Z1[j] - overlaps[j, :j].dot(S[:j]))
            A2 = _to_sigmoid(W2.dot(A1))
            D3 = _to_softmax(W3.dot(A2))
            D3 -= y[j]
            D3 *= l_rate
            D2 = _times_slope(D3.dot(W3), A2)
            S[j] = _times_slope(D2.dot(W2), A1)
            W3 -= D3[:, None].dot(A2[None])  # the outer product, by BLAS
            W2 -= D2[:, None].dot(A1[None])
        W1 -= S.T @ x

    def _weights(self) -> tuple[Array, Array, Array]:
        """W1, W2, W3 as they stand in `params`, in one dtype: float32, or the widest that was put there."""
        W1, W2, W3 = self.params["W1"], self.params["W2"], self.params["W3"]
        dtype = np.result_type(np.float32, W1, W2, W3)
        return np.asarray(W1, dtype), np.asarray(W2, dtype), np.asarray(W3, dtype)


def _floating(x: ArrayLike) -> Array:
    """Any numbers as a floating array: floats as they are, ints and bools as float64."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


# In training a quarter of the time went to new arrays and to calls: these three write over the array that they get.


def _to_sigmoid(z: Array) -> Array:
    """σ(z), as ½ + ½ tanh(z / 2), which does not overflow either."""
    z *= 0.5
    np.tanh(z, z)
    z *= 0.5
    z += 0.5
    return z


def _to_softmax(z: Array) -> Array:
    """softmax(z) of a vector."""
    z -= z.max()
    np.exp(z, z)
    z /= z.sum()
    return z


def _times_slope(D: Array, A: Array) -> Array:
    """D * σ'(Z), where A = σ(Z)."""
    D *= A
    D *= 1 - A
    return D
