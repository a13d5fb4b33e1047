"""Attempts to make the reference faster, and the gain of each: the reasons for its present form.

    python -m benchmarks.reference_trials [--quick]

Each trial is the reference with another training loop that takes the same steps; before it is timed, its weights after
an epoch have to equal the reference's up to rounding. Writes benchmarks/results/reference_trials.json.
"""

from functools import partial
from typing import Any

import numpy as np

from benchmarks import contenders, timing
from nnkata.katas import mnist as data
from nnkata.katas.article import oracle
from reference import network as reference
from reference.network import Array, DeepNeuralNetwork, preprocess

#: For float32 after an epoch at rate 0.1, with weights below 2: the order of the sums differs.
ROUNDING = 2e-5


class NewArrays(DeepNeuralNetwork):
    """The notation of forward, backward and update: `@`, and a new array for each result."""

    def _descend(self, x: Array, y: Array, W1: Array, W2: Array, W3: Array) -> None:
        Z1, overlaps = x @ W1.T, x @ x.T
        S = np.empty_like(Z1)
        l_rate = float(self.l_rate)
        for j in range(len(x)):
            A1 = self.sigmoid(Z1[j] - overlaps[j, :j] @ S[:j])
            A2 = self.sigmoid(W2 @ A1)
            D3 = l_rate * (self.softmax(W3 @ A2) - y[j])
            D2 = (D3 @ W3) * A2 * (1 - A2)
            S[j] = (D2 @ W2) * A1 * (1 - A1)
            W3 -= np.outer(D3, A2)
            W2 -= np.outer(D2, A1)
        W1 -= S.T @ x


class Dots(DeepNeuralNetwork):
    """`dot` for `@`, and a new array for each result."""

    def _descend(self, x: Array, y: Array, W1: Array, W2: Array, W3: Array) -> None:
        Z1, overlaps = x @ W1.T, x @ x.T
        S = np.empty_like(Z1)
        l_rate = float(self.l_rate)
        for j in range(len(x)):
            A1 = self.sigmoid(Z1[j] - overlaps[j, :j].dot(S[:j]))
            A2 = self.sigmoid(W2.dot(A1))
            D3 = l_rate * (self.softmax(W3.dot(A2)) - y[j])
            D2 = D3.dot(W3) * A2 * (1 - A2)
            S[j] = D2.dot(W2) * A1 * (1 - A1)
            W3 -= np.multiply.outer(D3, A2)
            W2 -= np.multiply.outer(D2, A1)
        W1 -= S.T @ x


class BlocksOfW2(DeepNeuralNetwork):
    """W2 is written once per block as well, like W1."""

    def _descend(self, x: Array, y: Array, W1: Array, W2: Array, W3: Array) -> None:
        Z1, overlaps = x @ W1.T, x @ x.T
        S, A1s = np.empty_like(Z1), np.empty_like(Z1)
        D2s = np.empty((len(x), len(W2)), x.dtype)
        l_rate = float(self.l_rate)
        for j in range(len(x)):
            A1s[j] = A1 = reference._to_sigmoid(Z1[j] - overlaps[j, :j].dot(S[:j]))
            A2 = reference._to_sigmoid(W2.dot(A1) - A1s[:j].dot(A1).dot(D2s[:j]))
            D3 = reference._to_softmax(W3.dot(A2))
            D3 -= y[j]
            D3 *= l_rate
            D2s[j] = D2 = reference._times_slope(D3.dot(W3), A2)
            S[j] = reference._times_slope(D2.dot(W2) - D2s[:j].dot(D2).dot(A1s[:j]), A1)
            W3 -= D3[:, None].dot(A2[None])
        W2 -= D2s.T @ A1s
        W1 -= S.T @ x


class PixelsOfTheBlock(DeepNeuralNetwork):
    """Use only the columns of W1 whose pixel is set somewhere in the block."""

    def _descend(self, x: Array, y: Array, W1: Array, W2: Array, W3: Array) -> None:
        seen = np.flatnonzero(x.any(axis=0))
        part = W1[:, seen]
        super()._descend(x[:, seen], y, part, W2, W3)
        W1[:, seen] = part


class PixelsOfTheSample(DeepNeuralNetwork):
    """No blocks: each sample reads and writes the rows of W1.T whose pixel is set, a fifth of them."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """Train for `epochs` passes; print nothing."""
        W1, W2, W3 = self._weights()
        rows, W2, W3 = np.ascontiguousarray(W1.T), W2.copy(), W3.copy()
        l_rate = float(self.l_rate)
        for _ in range(self.epochs):
            for i in self._rng.permutation(len(x_train)):
                seen = np.flatnonzero(x_train[i])
                x, part = x_train[i][seen], rows[seen]
                A1 = self.sigmoid(x @ part)
                A2 = self.sigmoid(W2 @ A1)
                D3 = l_rate * (self.softmax(W3 @ A2) - y_train[i])
                D2 = (D3 @ W3) * A2 * (1 - A2)
                D1 = (D2 @ W2) * A1 * (1 - A1)
                W3 -= np.outer(D3, A2)
                W2 -= np.outer(D2, A1)
                rows[seen] = part - x[:, None] * D1
        self.params.update(W1=rows.T, W2=W2, W3=W3)


#: The trials: description, class, and size of a block.
TRIALS: dict[str, tuple[type[DeepNeuralNetwork], int]] = {
    "the reference: blocks of 64": (DeepNeuralNetwork, 64),
    "blocks of 16": (DeepNeuralNetwork, 16),
    "blocks of 32": (DeepNeuralNetwork, 32),
    "blocks of 128": (DeepNeuralNetwork, 128),
    "new arrays, `@`, `np.outer`": (NewArrays, 64),
    "new arrays, `dot`, `np.multiply.outer`": (Dots, 64),
    "W2 in blocks too": (BlocksOfW2, 64),
    "only the pixels set in the block": (PixelsOfTheBlock, 64),
    "no blocks, only the pixels set in the sample": (PixelsOfTheSample, 64),
}
FIRST = next(iter(TRIALS))


def epoch(trial: str, x: Array, y: Array) -> float:
    """Seconds of an epoch of a trial."""
    made, block = TRIALS[trial]
    before, reference.BLOCK = reference.BLOCK, block
    try:
        return contenders.kit(made, x, y)()
    finally:
        reference.BLOCK = before


def distance(trial: str, x: Array, y: Array) -> float:
    """The largest difference between the weights after an epoch and the reference's."""
    networks = [made([784, 128, 64, 10], 1, 0.1, seed=1) for made in (DeepNeuralNetwork, TRIALS[trial][0])]
    for network in networks:
        network.train(x, y, x[:0], y[:0])
    one, other = (network.params for network in networks)
    return max(float(np.abs(one[key] - other[key]).max()) for key in ("W1", "W2", "W3"))


def measure(images: int, rounds: int) -> dict[str, Any]:
    """Images per second of each trial, and its ratio to the reference."""
    bundled = data.load("bundled")
    inside = oracle.split(len(bundled))[0][:images]
    x, y = preprocess(bundled.images[inside], bundled.labels[inside])
    taken = timing.in_turn({name: partial(epoch, name, x, y) for name in TRIALS}, rounds)
    rows = {
        name: {
            "images_a_second": timing.spread([len(x) / seconds for seconds in values]),
            "times_the_reference": timing.ratio(taken[FIRST], values),
        }
        for name, values in taken.items()
    }
    return {"images": len(x), "rounds": rounds, "trials": rows}


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    found = measure(options.pick(4250, 1000), options.pick(15, 3))
    options.write("reference_trials", found)
    for name, row in found["trials"].items():
        print(f"{name:<46} {row['times_the_reference']['median']:.2f}")


if __name__ == "__main__":
    main()
