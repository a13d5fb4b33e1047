"""The comparison under all readings: are these numbers a multiple of those, and how does the multiple depend on n?

A term is read only if it fits every batch, each of which has random numbers of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.mlp.functions import Array

Arrays = Sequence[Array]
#: The powers of the number of samples that a factor may have, the simplest first.
POWERS = (0, -1, 1, -2)
#: The largest number k whose 1/k is written as a fraction.
LARGEST = 10_000
#: Two factors are equal if they differ by less than this share.
EQUAL = 1e-3
#: The least elements that decide: fewer fit anything.
FEWEST = 5
#: The number of elements at a bound from which on it is one.
AT_BOUND = 3


@dataclass(frozen=True)
class Factor:
    """`value` times the number of samples to a power."""

    value: float
    power: int = 0

    @property
    def one(self) -> bool:
        """Whether it changes nothing."""
        return self.power == 0 and abs(self.value - 1) < EQUAL


def number(value: float) -> str:
    """A number as somebody would write it: 0.5, 1/3, 2.718."""
    whole = round(1 / value) if value else 0
    if (
        abs(value) < 0.5
        and 1 < abs(whole) <= LARGEST
        and abs(value * whole - 1) < 1e-5
        and f"{value:.3g}" != f"{value:.6g}"
    ):
        return f"{'-' if whole < 0 else ''}1/{abs(whole)}"
    return f"{float(f'{value:.4g}'):g}"


def scaled(term: str, factor: Factor) -> str:
    """A term with a factor: `2 · term`, `-term`, `term / n`."""
    front = (
        "" if abs(factor.value - 1) < EQUAL else "-" if abs(factor.value + 1) < EQUAL else f"{number(factor.value)} · "
    )
    return front + term + {0: "", -1: " / n", 1: " · n", -2: " / n²"}[factor.power]


def factor_of(seen: Arrays, terms: Arrays, sizes: Sequence[int], close: float) -> Factor | None:
    """The factor by which these values are those terms in each batch; None if there is none.

    A batch counts only if its term is not zero; two have to.
    """
    found, counted, elements = [], [], 0
    for came, term, n in zip(seen, terms, sizes, strict=True):
        if came.shape != term.shape or not np.isfinite(term).all() or not np.isfinite(came).all():
            return None
        most = float(np.max(np.abs(came), initial=0.0))
        length = float(np.vdot(term, term))
        if length < 1e-30 and most < 1e-15:
            continue
        c = float(np.vdot(term, came)) / length if length > 1e-30 else 0.0
        if not c or float(np.max(np.abs(came - c * term))) > close * most:
            return None
        found.append(c)
        counted.append(n)
        elements += term.size
    if len(found) < 2 or elements < FEWEST:
        return None
    return by_size(found, counted)


def by_size(values: Sequence[float], sizes: Sequence[int]) -> Factor | None:
    """The factor that these numbers, one for each batch of these sizes, all are; None if there is none."""
    for power in POWERS:
        rest = np.array(values) / np.array(sizes, np.float64) ** power
        if np.ptp(rest) <= EQUAL * abs(float(rest.mean())) and (power == 0 or len(set(sizes)) > 1):
            return Factor(float(rest.mean()), power)
    return None


def alike(seen: Arrays, terms: Arrays, close: float) -> bool:
    """Whether the values are the terms, to rounding."""
    return all(
        came.shape == term.shape
        and bool(np.max(np.abs(came - term), initial=0.0) <= close * (float(np.max(np.abs(term), initial=0.0)) or 1.0))
        for came, term in zip(seen, terms, strict=True)
    )


def combined(seen: Arrays, columns: Sequence[Arrays], close: float) -> list[float] | None:
    """The numbers c with seen = Σ c · column in all batches at once; None if there are none."""
    right = np.concatenate([came.ravel() for came in seen])
    table = np.stack([np.concatenate([one.ravel() for one in column]) for column in columns], axis=1)
    if len(right) < 4 * len(columns) or not np.isfinite(table).all() or not np.isfinite(right).all():
        return None
    if not np.any(right):
        return None
    lengths = np.linalg.norm(table, axis=0)
    if not lengths.all():
        return None
    solution, _rest, rank, _values = np.linalg.lstsq(table / lengths, right, rcond=1e-9)
    if rank < len(columns) or np.max(np.abs(table / lengths @ solution - right)) > close * np.max(np.abs(right)):
        return None
    return [float(c) for c in solution / lengths]


def polynomial(numbers: Sequence[float], name: str) -> str:
    """A sum of powers in words, `1 - A²`; empty if its numbers are unusual."""
    if any(abs(4 * c - round(4 * c)) > 1e-3 for c in numbers):
        return ""
    parts = [(round(4 * c) / 4, power) for power, c in enumerate(numbers) if abs(c) > 1e-3]
    text = ""
    for c, power in parts:
        term = "" if power == 0 else name + {1: "", 2: "²", 3: "³"}[power]
        size = number(abs(c)) if not term else term if abs(c) == 1 else f"{number(abs(c))} {term}"
        text += f" {'-' if c < 0 else '+'} {size}" if text else f"-{size}" if c < 0 else size
    return text if len(parts) > 1 else ""


#: The text of a value whose rows are all its sum.
SUMMED = "Σ {}"


def _in_rows(values: Array) -> Array:
    return np.asarray(np.tile(values.sum(axis=0), (len(values), 1)))


def _only(place: int) -> Callable[[Array], Array]:
    def one(values: Array) -> Array:
        found = np.zeros_like(values)
        found[place] = values[place]
        return found

    return one


#: Changes of a whole value, with their texts; {} is the value.
BENDS: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("|{}|", np.abs),
    ("sign({})", np.sign),
    ("max(0, {})", lambda a: np.maximum(a, 0)),
    ("min(0, {})", lambda a: np.minimum(a, 0)),
    ("({})²", np.square),
    ("({}) / |{}|", lambda a: a / (np.linalg.norm(a) or 1.0)),
    ("({}) - mean({})", lambda a: a - a.mean()),
)
#: Changes of the rows of a value, one for each sample.
ROWS: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("{}, the first sample alone", _only(0)),
    ("{}, the last sample alone", _only(-1)),
    ("{} of the next sample", lambda a: np.roll(a, -1, axis=0)),
    ("{} of the sample before", lambda a: np.roll(a, 1, axis=0)),
    ("{}, the samples in reverse order", lambda a: a[::-1]),
    (SUMMED, _in_rows),
)


def bent(seen: Arrays, meant: Arrays, sizes: Sequence[int], close: float, rows: bool) -> list[tuple[str, Factor]]:
    """The changes of a right value that give the submission's value, with the factor of each."""
    if alike(seen, meant, close):
        return []
    found = []
    for text, bend in (*BENDS, *(ROWS if rows else ())):
        factor = factor_of(seen, [bend(one) for one in meant], sizes, close)
        if factor is not None:
            found.append((text, factor))
    if text := _clipped(seen, meant, close):
        found.append((text, Factor(1.0)))
    return found


def _clipped(seen: Arrays, meant: Arrays, close: float) -> str:
    """A multiple of the right value, cut at a bound; empty if too few elements are at it."""
    came, right = (np.concatenate([one.ravel() for one in values]) for values in (seen, meant))
    if came.shape != right.shape or not np.isfinite(right).all() or not np.isfinite(came).all():
        return ""
    bound = float(np.max(np.abs(came), initial=0.0))
    inside = (np.abs(came) < bound * (1 - 1e-6)) & (right != 0)
    reached = int(np.count_nonzero(np.abs(came) >= bound * (1 - 1e-6)))
    if reached < AT_BOUND or np.count_nonzero(inside) < FEWEST:
        return ""
    c = float(np.median(came[inside] / right[inside]))
    if not c or np.max(np.abs(came - np.clip(c * right, -bound, bound))) > close * bound:
        return ""
    return f"clip({scaled('{}', Factor(c))}, ±{number(bound)})"
