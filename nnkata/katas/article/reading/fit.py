"""The comparison under all readings: whether some numbers are a multiple of others, and the law of the factor.

A term is read only if it fits in every observation at once, each with random numbers of its own: a wrong one that
fits by accident would have to meet all of them to six digits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article.oracle import Array

#: The powers of a quantity that a factor may have, the simplest first, as they are written, in a denominator too.
POWERS = {1: "{}", -1: "{}", 2: "{}²", 0.5: "√{}", -0.5: "√{}"}
#: The whole numbers n for a factor 1/n, and the tolerance.
LARGEST_WHOLE = 1_000_000
#: The relative error of a number of four digits: a tenth of the difference allowed between two equal networks.
FOUR_DIGITS = 1e-5
#: The largest k for which one observation shows a factor 1/k: a random number is as near to one in 1 of 50 cases.
LARGEST_ALONE = 100


@dataclass(frozen=True)
class Factor:
    """The factor of a term: a constant, or a power of a quantity of the network.

    `value` times (quantity ** power) is the factor seen; `of` names the quantity, empty for a constant.
    """

    value: float
    of: str = ""
    power: float = 0

    @property
    def one(self) -> bool:
        """Whether it does nothing."""
        return not self.of and abs(self.value - 1) < 1e-4

    @property
    def minus(self) -> bool:
        """Whether it only turns the sign."""
        return not self.of and abs(self.value + 1) < 1e-4

    def undone_by(self, other: "Factor") -> bool:
        """Whether the product of both is 1."""
        return abs(self.value * other.value - 1) < 1e-4 and self.of == other.of and self.power == -other.power

    @property
    def parts(self) -> int:
        """k for a constant 1/k with a whole k; 0 for any other."""
        whole = 0 if self.of or not self.value else round(1 / self.value)
        return whole if 1 < whole <= LARGEST_WHOLE and abs(self.value * whole - 1) < 1e-4 else 0

    def __str__(self) -> str:
        """Its text before a term: '0.5 · ', '-', '1/n · ', ''."""
        if self.one:
            return ""
        if self.minus:
            return "-"
        number = f"1/{self.parts}" if self.parts else number_text(self.value)
        if not self.of:
            return f"{number} · "
        if self.power < 0:
            return f"{number_text(self.value)}/{POWERS[self.power].format(self.of)} · "
        front = "" if abs(self.value - 1) < 1e-4 else "-" if abs(self.value + 1) < 1e-4 else f"{number} · "
        return f"{front}{POWERS[self.power].format(self.of)} · "


def number_text(value: float) -> str:
    """The usual text of a number: four digits, no 0.5000000001; six if four are too inexact."""
    rounded = float(f"{value:.4g}")
    return f"{rounded:g}" if abs(rounded - value) <= FOUR_DIGITS * abs(value) else f"{value:.6g}"


def multiple(seen: Array, term: Array, close: float) -> float | None:
    """c with seen = c · term to rounding; None if there is none, or if the term is all zero."""
    length = float(np.vdot(term, term))
    if seen.shape != term.shape or not np.isfinite(length) or length < 1e-30:
        return None
    c = float(np.vdot(term, seen)) / length
    scale = float(np.max(np.abs(seen), initial=0.0))
    return c if scale > 0 and float(np.max(np.abs(seen - c * term))) <= close * scale else None


def law(factors: Sequence[float], quantities: Mapping[str, Sequence[float]], close: float) -> Factor | None:
    """The common factor of these numbers: a constant, or a constant times a power of one of the quantities.

    A single number may be a value of its observation, such as an element of the output, so it has to be one that a
    person writes: of two digits, or 1/k.
    """
    found = np.array(factors)
    if len(found) == 1 and not _is_written(factors[0]):
        return None
    if _same(found, close):
        return Factor(float(found.mean()))
    for name, values in quantities.items():
        for power in POWERS:
            rest = found / np.array(values, np.float64) ** power
            if _same(rest, close):
                return Factor(float(rest.mean()), name, power)
    return None


def _is_written(number: float) -> bool:
    short = abs(float(f"{number:.2g}") - number) <= FOUR_DIGITS * abs(number)
    return short or 1 < Factor(number).parts <= LARGEST_ALONE


def _same(values: Array, close: float) -> bool:
    mean = float(values.mean())
    return bool(np.isfinite(mean) and mean != 0 and float(np.max(np.abs(values - mean))) <= 10 * close * abs(mean))


def all_multiples(seen: Sequence[Array], terms: Sequence[Array], close: float) -> list[float] | None:
    """The factor of each observation; None unless every one fits."""
    found: list[float] = []
    for one, term in zip(seen, terms, strict=True):
        c = multiple(one, term, close)
        if c is None:
            return None
        found.append(c)
    return found


#: The rows that a loop may cover, and their text.
PARTS: tuple[tuple[str, slice], ...] = (
    ("all rows but the last", slice(None, -1)),
    ("all rows but the first", slice(1, None)),
    ("the first row alone", slice(1)),
    ("the last row alone", slice(-1, None)),
)


def rows(seen: Sequence[Array], whole: Sequence[Array], close: float) -> str:
    """Which rows are those of the whole, if all others are zero; '' if that is not so, or if it is the whole."""
    if all(_near(one, other, close) for one, other in zip(seen, whole, strict=True)):
        return ""
    for text, part in PARTS:
        fits = []
        for one, other in zip(seen, whole, strict=True):
            made = np.zeros_like(other)
            made[part] = other[part]
            top = float(np.max(np.abs(other), initial=0.0))
            fits.append(one.shape == made.shape and float(np.max(np.abs(one - made))) <= close * top)
        if all(fits):
            return text
    return ""


def combination(
    seen: Sequence[Array], first: Sequence[Array], second: Sequence[Array], close: float
) -> tuple[list[float], list[float]] | None:
    """The factors a, b of each observation where seen = a · first + b · second; None unless every one fits."""
    found: list[tuple[float, float]] = []
    for one, f, s in zip(seen, first, second, strict=True):
        if not one.shape == f.shape == s.shape or one.size < 3:
            return None
        columns = np.stack([f.ravel(), s.ravel()], axis=1)
        if not np.isfinite(columns).all():
            return None
        solution, _rest, rank, _values = np.linalg.lstsq(columns, one.ravel(), rcond=None)
        scale = float(np.max(np.abs(one), initial=0.0))
        if rank < 2 or np.max(np.abs(columns @ solution - one.ravel())) > close * scale:
            return None
        found.append((float(solution[0]), float(solution[1])))
    return [a for a, _b in found], [b for _a, b in found]


def distorted(seen: Sequence[Array], meant: Sequence[Array], close: float) -> Callable[[str], str] | None:
    """The elementwise change of the right value that gives every observation; it writes the change around a term.

    None if every observation is the right value: there, a change shows nothing.
    """
    if all(_near(one, right, close) for one, right in zip(seen, meant, strict=True)):
        return None
    for bend, write in BENDS:
        if all(_near(one, bend(right), close) for one, right in zip(seen, meant, strict=True)):
            return write
    if digits := rounding(seen, meant):
        return lambda term: f"round({term}, {digits})"
    return clipped(seen, meant, close)


def rounding(seen: Sequence[Array], meant: Sequence[Array]) -> int:
    """The number of decimal places to which all right values are rounded; 0 if they are not."""
    return next((digits for digits in range(1, 7) if _rounded(seen, meant, digits)), 0)


def _rounded(seen: Sequence[Array], meant: Sequence[Array], digits: int) -> bool:
    unit = 10.0**digits
    for one, right in zip(seen, meant, strict=True):
        if one.shape != right.shape or not np.any(one):
            return False
        slack = np.maximum(1.0, np.abs(one)) * EPSILON * unit
        whole = np.abs(one * unit - np.round(one * unit)) <= slack
        if not np.all(whole & (np.abs(one - right) * unit <= 0.5 + slack)):
            return False
    return True


#: The rounding of a float32 near 1, a little more.
EPSILON = 2e-7


def clipped(seen: Sequence[Array], meant: Sequence[Array], close: float) -> Callable[[str], str] | None:
    """Whether all elements beyond a bound are at that bound, and the others are right."""
    top = max(float(np.max(np.abs(one), initial=0.0)) for one in seen)
    if top == 0 or not all(
        _near(one, np.clip(right, -top, top), close) for one, right in zip(seen, meant, strict=True)
    ):
        return None
    return lambda term: f"clip({term}, ±{number_text(top)})"


def _near(one: Array, other: Array, close: float) -> bool:
    if one.shape != other.shape:
        return False
    return bool(np.max(np.abs(one - other), initial=0.0) <= close * (np.max(np.abs(other), initial=0.0) or 1.0))


def _wrap(name: str) -> Callable[[str], str]:
    return lambda term: f"{name}({term})"


BENDS: tuple[tuple[Callable[[Array], Array], Callable[[str], str]], ...] = (
    (np.abs, lambda term: f"|{term}|"),
    (np.sign, _wrap("sign")),
    (lambda a: np.maximum(a, 0), lambda term: f"max(0, {term})"),
    (lambda a: np.minimum(a, 0), lambda term: f"min(0, {term})"),
    (lambda a: a * a, lambda term: f"({term})²"),
    (lambda a: a / (np.linalg.norm(a) or 1.0), lambda term: f"({term}) / |{term}|"),
    (lambda a: a / (np.max(np.abs(a)) or 1.0), lambda term: f"({term}) / max |{term}|"),
    (lambda a: a - a.mean(), lambda term: f"({term}) - mean({term})"),
    (np.round, _wrap("round")),
    (np.tanh, _wrap("tanh")),
)
