"""Reads the matrices and vectors of an exception from the shapes in NumPy's message.

In a network with different widths, a shape identifies the matrix and its transposition, a length the layer.
"""

import re
from collections.abc import Mapping, Sequence

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.observed import Pass
from nnkata.subject import Raised

#: Shapes in NumPy's messages, (4,5) and (4,), and the lengths of `size 5 is different from 4`.
SHAPE = re.compile(r"\((\d+)(?:,(\d+))?,?\)")
LENGTHS = re.compile(r"size (\d+) is different from (\d+)")
#: The most characters of a message examined, and the most shapes explained.
MESSAGE, MOST = 500, 3


def told(passes: Sequence[Pass]) -> dict[str, str]:
    """The texts about the exceptions of these passes, by their place: `network.py, line 12`."""
    found: dict[str, str] = {}
    for seen in passes:
        for error in seen.raised.values():
            if error.where and len(set(seen.sizes)) == len(seen.sizes) and (text := _of(error, seen.sizes)):
                found.setdefault(error.where, text)
    return found


def _of(error: Raised, sizes: Sequence[int]) -> str:
    if error.kind != "ValueError":
        return ""
    known, message = _known(sizes), error.message[:MESSAGE]
    shapes = [tuple(int(n) for n in found.groups() if n) for found in SHAPE.finditer(message)]
    if lengths := LENGTHS.search(message):
        shapes = [(int(n),) for n in lengths.groups()]
    shapes = list(dict.fromkeys(shapes))
    if not 1 < len(shapes) <= MOST or not all(shape in known for shape in shapes):
        return ""
    parts = [say.like(shape, known[shape]) for shape in shapes]
    return say.misfit(parts, sizes)


def _known(sizes: Sequence[int]) -> Mapping[tuple[int, ...], str]:
    """The values of a shape in a network of these widths."""
    n0, n1, n2, n3 = sizes
    return {
        (n1, n0): "W1",
        (n2, n1): "W2",
        (n3, n2): "W3",
        (n0, n1): "W1ᵀ",
        (n1, n2): "W2ᵀ",
        (n2, n3): "W3ᵀ",
        (n0,): "x",
        (n1,): "Z1, A1, δ1",
        (n2,): "Z2, A2, δ2",
        (n3,): "Z3, output, y, δ3",
    }
