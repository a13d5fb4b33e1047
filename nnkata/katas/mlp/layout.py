"""The layers of a network's arrays, weights and biases, from their shapes.

Weights are matrices that form a chain, (in, out) or (out, in); a bias has as many elements as its layer, or is a row
more of the matrix. For square matrices, and for the place of that row, the numbers decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.oracle import Layer

#: The most matrices whose order is searched if the present one is not a chain: 5! orders, each in two directions.
MAX_SHUFFLED = 5
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The positions of each layer's weights and bias among the arrays; `rows` if weights are (in, out).

    `joined` is the row of a matrix that holds the bias, -1 or 0, if the network adds a one to the input of each layer,
    or with `once` to that of the first.
    """

    layers: tuple[tuple[int, int | None], ...]
    rows: bool
    shapes: tuple[Shape, ...]
    joined: int | None = None
    once: bool = False
    later: bool = False

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the layers, from the input to the output."""
        return (self._way(0)[0], *(self._way(place)[1] for place in range(len(self.layers))))

    def _way(self, place: int) -> Shape:
        shape = self.shapes[self.layers[place][0]]
        wide, high = shape if self.rows else shape[::-1]
        return wide - (self._row(place) is not None), high

    def _row(self, place: int) -> int | None:
        return None if (self.once and place) or (self.later and not place) else self.joined

    @property
    def biased(self) -> tuple[bool, ...]:
        """Whether each layer has a bias, of its own or in its matrix."""
        return tuple(bias is not None or self._row(n) is not None for n, (_weights, bias) in enumerate(self.layers))

    def whole(self, arrays: Sequence[Array]) -> list[Layer]:
        """The arrays as the oracle's layers, in float64."""
        found = []
        for place, (weights, bias) in enumerate(self.layers):
            matrix = np.asarray(arrays[weights], np.float64)
            matrix = matrix if self.rows else matrix.T
            vector = None if bias is None else np.asarray(arrays[bias], np.float64).ravel()
            row = self._row(place)
            if row is not None:
                matrix, vector = np.delete(matrix, row, axis=0), matrix[row]
            found.append((matrix, vector))
        return found

    def taken_apart(self, layers: Sequence[tuple[Array, Array | None]]) -> list[Array]:
        """The oracle's layers (weights and bias, or their gradients) as arrays in the network's order and shapes."""
        found: list[Array] = [np.zeros(shape) for shape in self.shapes]
        for place, ((weights, bias), (matrix, vector)) in enumerate(zip(self.layers, layers, strict=True)):
            row = self._row(place)
            if row is not None and vector is not None:
                both = [np.asarray(matrix), np.asarray(vector).reshape(1, -1)]
                matrix = np.vstack(both if row else both[::-1])
            found[weights] = np.asarray(matrix if self.rows else np.asarray(matrix).T)
            if bias is not None and vector is not None:
                flat = np.asarray(vector)
                found[bias] = flat.reshape(self.shapes[bias]) if flat.size == found[bias].size else flat
        return found

    def kind(self, leaf: int) -> tuple[str, int]:
        """Whether an array is `weights` or `bias`, and of which layer, from 0."""
        for place, (weights, bias) in enumerate(self.layers):
            if leaf in (weights, bias):
                return ("weights" if leaf == weights else "bias"), place
        raise IndexError(leaf)


def layouts(shapes: Sequence[Shape]) -> list[Layout]:
    """Every way to read the shapes as a multilayer perceptron, the likeliest first."""
    if any(sum(size > 1 for size in shape) > (1 if len(shape) != 2 else 2) or not shape for shape in shapes):
        return []
    found, joined = list[Layout](), list[Layout]()
    for order in _orders(shapes):
        vectors = [n for n in range(len(shapes)) if n not in order]
        for rows in (True, False):
            ways = [shapes[n] if rows else shapes[n][::-1] for n in order]
            if not vectors and len(ways) > 1 and all(one[1] + 1 == other[0] for one, other in pairwise(ways)):
                whole = tuple((n, None) for n in order)
                joined += [Layout(whole, rows, tuple(shapes), place) for place in (-1, 0)]
                joined += [Layout(whole, rows, tuple(shapes), place, later=True) for place in (-1, 0)]
            if any(one[1] != other[0] for one, other in pairwise(ways)):
                continue
            biases = _biases(order, sorted(order), vectors, [way[1] for way in ways], shapes)
            if biases is not None:
                found.append(Layout(tuple(zip(order, biases, strict=True)), rows, tuple(shapes)))
            if not vectors and len(ways) > 1 and ways[0][0] > 1:
                whole = tuple((n, None) for n in order)
                joined += [Layout(whole, rows, tuple(shapes), place, once=True) for place in (-1, 0)]
    return found + joined


def _orders(shapes: Sequence[Shape]) -> Iterator[tuple[int, ...]]:
    """The orders of the weights: all matrices, and then with a row or column at an end, for one input or output."""
    wide = [n for n, shape in enumerate(shapes) if len(shape) == 2 and min(shape) > 1]
    thin = [n for n, shape in enumerate(shapes) if len(shape) == 2 and min(shape) == 1 < max(shape)]
    middles = [tuple(wide)]
    if 1 < len(wide) <= MAX_SHUFFLED:
        middles += [order for order in permutations(wide) if order != tuple(wide)]
    ends = [((), ()), *(((), (n,)) for n in thin), *(((n,), ()) for n in thin)]
    ends += [((first,), (last,)) for first, last in permutations(thin, 2)]
    for first, last in ends:
        yield from ((*first, *middle, *last) for middle in middles if first or middle or last)


def _biases(
    order: tuple[int, ...], matrices: list[int], vectors: list[int], widths: list[int], shapes: Sequence[Shape]
) -> list[int | None] | None:
    """The bias of each layer in that order, None for a missing one; None if a vector belongs to no layer."""
    sizes = {n: int(np.prod(shapes[n])) for n in vectors}
    if len(vectors) == len(matrices):
        paired = dict(zip(matrices, vectors, strict=True))
        if all(sizes[paired[n]] == width for n, width in zip(order, widths, strict=True)):
            return [paired[n] for n in order]
    left = list(vectors)
    found: list[int | None] = []
    for n, width in zip(order, widths, strict=True):
        fitting = sorted((vector for vector in left if sizes[vector] == width), key=lambda v: (v < n, abs(v - n)))
        found.append(fitting[0] if fitting else None)
        if fitting:
            left.remove(fitting[0])
    return None if left else found
