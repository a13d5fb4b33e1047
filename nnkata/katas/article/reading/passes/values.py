"""The terms of one pass: pre-activations, activations, slopes, in the article's notation."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Pass
from nnkata.katas.article.reading.passes.own import NoValue, Own

DOT = " ⊙ "


@dataclass(frozen=True)
class Case:
    """A pass, and the values of the submission's layers on it: Z1 to Z3, A0 to A3, `output`, y."""

    seen: Pass
    own: Own
    z: dict[int, Array]
    a: dict[int, Array]

    @property
    def p(self) -> Array:
        """The output that backward_pass was given, or that of the layers."""
        return self.a[3] if self.seen.p is None else self.seen.p

    @property
    def y(self) -> Array:
        """The label."""
        return self.seen.y

    def weight(self, layer: int) -> Array:
        """W of a layer before the backward pass."""
        return (self.seen.held.get("forward") or self.seen.weights)[f"W{layer}"]

    def moved(self, layer: int) -> Array | None:
        """W of a layer after backward_pass, if that moved it."""
        after = self.seen.held.get("backward") or {}
        now = after.get(f"W{layer}")
        return None if now is None or np.array_equal(now, self.weight(layer)) else now

    def slopes(self, layer: int) -> dict[str, Array]:
        """The right slope of a layer first, then every candidate in its place, all by name."""
        z, a = self.z[layer], self.p if layer == 3 else self.a[layer]
        own = self.own.slope(z)
        with np.errstate(all="ignore"):
            return {f"σ'(Z{layer})": own} | dict(self._bent(layer, z, a)) | {f"1 / σ'(Z{layer})": 1 / own}

    def _bent(self, layer: int, z: Array, a: Array) -> Iterator[tuple[str, Array]]:
        name = "output" if layer == 3 else f"A{layer}"
        yield name, a
        yield f"(1 - {name})", 1 - a
        with contextlib.suppress(NoValue):
            yield f"σ'({name})", self.own.slope(a)
        yield f"Z{layer}", z
        yield f"(1 - Z{layer})", 1 - z
        yield f"(1 - {name}²)", 1 - a * a
        yield f"(1 + {name})", 1 + a
        yield f"(1 - tanh²(Z{layer}))", 1 - np.tanh(z) ** 2
        yield f"[Z{layer} > 0]", (z > 0).astype(np.float64)
        yield f"σ({name})", oracle.sigmoid(a)
        yield f"e^-Z{layer}", np.exp(-z)
        yield f"1 / {name}", 1 / a
        yield f"1 / (1 - {name})", 1 / (1 - a)
        if not self.own.wrong:
            yield f"σ'(Z{layer} / 2)", oracle.sigmoid_derivative(z / 2)
            yield f"σ'(2 Z{layer})", oracle.sigmoid_derivative(2 * z)
        yield f"√{name}", np.sqrt(np.abs(a))
        yield f"√(1 - {name})", np.sqrt(np.abs(1 - a))
        if layer == 3:  # the output of the forward pass, where backward_pass is given another one
            yield "A3", self.a[3]
            yield "(1 - A3)", 1 - self.a[3]

    def vocabulary(self, layer: int) -> dict[str, Array]:
        """All vectors of a layer's length that a slope can be mistaken for, its own first."""
        length = len(self.z[layer])
        found = self.slopes(layer)
        for other in (2, 1, 3):
            if other != layer and len(self.z[other]) == length:
                found |= self.slopes(other)
        extras = {
            "y": self.y,
            "(1 - y)": 1 - self.y,
            "x": self.a[0],
            "(1 - x)": 1 - self.a[0],
            "Z1": self.z[1],
            "(output - y)": self.p - self.y,
        }
        return found | {name: value for name, value in extras.items() if len(value) == length}


def products(names: list[str], most: int = 2) -> list[tuple[str, ...]]:
    """No factor, each one, each two: the simplest first."""
    return [picked for size in range(most + 1) for picked in combinations_with_replacement(names, size)]


def product(vectors: dict[str, Array], names: tuple[str, ...], length: int) -> Array:
    """The product of some of them; ones for none."""
    value = np.ones(length)
    for name in names:
        value = value * vectors[name]
    return value
