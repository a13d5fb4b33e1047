"""Reads a function of one number that has another formula beyond a bound: each stretch by itself, then the bound."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.functions import sigmoids
from nnkata.katas.article.reading.functions.sigmoids import CLOSE_ENOUGH, FEWEST, Function

#: Numbers on both sides of any usual bound, the farthest of which is 6; zero, where functions have poles, is none.
GRID = np.linspace(-9.0, 9.0, 72)
#: Numbers between two of the grid: they place a bound to 0.004, and a bound that somebody writes has two decimals.
FINER = 64

Ask = Callable[[Array], Array | None]
Read = Callable[[Array, Array], Function | None]


@dataclass(frozen=True)
class _Stretch:
    """The formula of the numbers with these places on the grid."""

    text: str
    first: int
    last: int


def read(ask: Ask, derivative: bool) -> Function | None:
    """Two or three formulas with the bounds between them; None if they leave any number out, or one fits all."""
    came = ask(GRID)
    if came is None:
        return None

    def one(x: Array, value: Array) -> Function | None:
        if not value.any():
            return Function("0")
        return sigmoids.slope(x, value) if derivative else sigmoids.sigmoid(x, value)

    left = _longest(one, GRID, came)
    right = _longest(one, GRID[::-1], came[::-1])
    if left is None or right is None or left[0] == len(GRID):
        return None
    stretches = [_Stretch(left[1].text, 0, left[0] - 1), _Stretch(right[1].text, len(GRID) - right[0], len(GRID) - 1)]
    between = GRID[left[0] : len(GRID) - right[0]]
    if len(between):
        middle = one(between, came[left[0] : len(GRID) - right[0]]) if len(between) >= FEWEST else None
        if middle is None:
            return None
        stretches.insert(1, _Stretch(middle.text, left[0], len(GRID) - right[0] - 1))
    bounds = [_bound(ask, one, came, stretch) for stretch in stretches[:-1]]
    if any(bound is None for bound in bounds):
        return None
    numbers = [bound for bound in bounds if bound is not None]
    return Function(_cut(came, stretches, numbers) or _text(stretches, numbers))


def _longest(read_as: Read, x: Array, came: Array) -> tuple[int, Function] | None:
    """The length of the longest beginning with one formula, and that formula."""
    low, best = FEWEST, read_as(x[:FEWEST], came[:FEWEST])
    if best is None:
        return None
    high = len(x)
    while low < high:
        half = (low + high + 1) // 2
        found = read_as(x[:half], came[:half])
        if found is None:
            high = half - 1
        else:
            low, best = half, found
    return low, best


def _bound(ask: Ask, read_as: Read, came: Array, stretch: _Stretch) -> float | None:
    """The bound above a stretch: the shortest decimal between the last number that belongs to it and the next one."""
    finer = np.linspace(GRID[stretch.last], GRID[stretch.last + 1], FINER)[1:-1]
    more = ask(finer)
    if more is None:
        return None
    here = slice(stretch.first, stretch.last + 1)
    low, high = 0, len(finer)
    while low < high:
        half = (low + high + 1) // 2
        found = read_as(np.r_[GRID[here], finer[:half]], np.r_[came[here], more[:half]])
        low, high = (half, high) if found is not None and found.text == stretch.text else (low, half - 1)
    least = finer[low - 1] if low else GRID[stretch.last]
    most = finer[low] if low < len(finer) else GRID[stretch.last + 1]
    for digits in range(4):
        bound = float(np.round((least + most) / 2, digits))
        if least - 1e-9 <= bound <= most + 1e-9:  # the grid itself is rounded
            return bound
    return float((least + most) / 2)


def _cut(came: Array, stretches: Sequence[_Stretch], bounds: Sequence[float]) -> str:
    """A sigmoid whose argument is cut to a bound on both sides."""
    if len(bounds) != 2 or stretches[1].text != "σ(x)" or bounds[0] != -bounds[1]:
        return ""
    ends = np.array([oracle.sigmoid(bounds[0]), oracle.sigmoid(bounds[1])])
    same = np.max(np.abs(came[[0, -1]] - ends)) <= CLOSE_ENOUGH
    return say.clipped(number_text(bounds[1])) if same else ""


def _text(stretches: Sequence[_Stretch], bounds: Sequence[float]) -> str:
    written = [number_text(bound) for bound in bounds]
    ranges = [f"x < {written[0]}", *(f"{a} < x < {b}" for a, b in itertools.pairwise(written))]
    ranges.append(f"x > {written[-1]}")
    return ", ".join(say.in_part(one.text, part) for one, part in zip(stretches, ranges, strict=True))
