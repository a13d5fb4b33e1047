"""Reads functions of one number whose constants are unknown: a · f(b x) + c, and straight lines within bounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.fit import Factor, number_text
from nnkata.katas.article.reading.observed import CLOSE

CLOSE_ENOUGH = CLOSE["float64"]
#: The functions that people stretch, the simplest first; `{x}` is their argument.
STRETCHED: Mapping[str, Callable[[Array], Array]] = {
    "tanh({x})": np.tanh,
    "σ({x})": oracle.sigmoid,
    "e^({x})": np.exp,
    "arctan({x})": np.arctan,
    "sin({x})": np.sin,
    "log(1 + e^({x}))": lambda x: np.logaddexp(0, x),
}
#: The factors b that are tried, and the steps that halve the distance to the best: a golden section of 1/12 of an
#: octave comes to 1e-12 of it in 50.
STRETCHES, SECTIONS = np.geomspace(1 / 16, 16, 97), 50
GOLDEN = (5**0.5 - 1) / 2
#: How far from a function the best of the tried factors may be, relative to the largest value: half a step away it is
#: within 3 % for each of these functions.
PROMISING = 0.05
#: Numbers at a bound, and between the bounds, from which these are read: two constants take two, and as many more.
AT_A_BOUND, BETWEEN = 3, 4
#: Denominators of factors that are written as fractions: no short decimal says them.
THIRDS = (3, 6, 7, 9)


@dataclass(frozen=True)
class Curve:
    """A function that was read: its formula over x, and the function."""

    text: str
    of: Callable[[Array], Array]


def stretched(x: Array, came: Array) -> Curve | None:
    """a · f(b x), or a · f(b x) + c."""
    if not np.isfinite(came).all() or np.ptp(came) == 0:
        return None
    found = [curve for text, f in STRETCHED.items() if (curve := _stretched(text, f, x, came))]
    return min(found, key=lambda curve: curve.text.count(" "), default=None)


def _stretched(text: str, f: Callable[[Array], Array], x: Array, came: Array) -> Curve | None:
    signs = (1.0, -1.0) if text.startswith(("e", "log")) else (1.0,)  # the others change at most their sign with x
    for sign in signs:
        rests = [_fitted(f, sign * b, x, came)[0] for b in STRETCHES]
        best = int(np.argmin(rests))
        if not rests[best] <= PROMISING:
            continue
        low, high = STRETCHES[max(0, best - 1)], STRETCHES[min(len(STRETCHES) - 1, best + 1)]
        for _section in range(SECTIONS):
            left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
            if _fitted(f, sign * left, x, came)[0] < _fitted(f, sign * right, x, came)[0]:
                high = right
            else:
                low = left
        b = sign * (low + high) / 2
        rest, a, c = _fitted(f, b, x, came)
        if rest <= CLOSE_ENOUGH and a:
            c = 0.0 if abs(c) <= CLOSE_ENOUGH * np.max(np.abs(came)) else c
            inner = f"{_times(b)}x"
            return Curve(_sum(f"{_times(a)}{text.format(x=inner)}", c), partial(_value, f, a, b, c))
    return None


def _value(f: Callable[[Array], Array], a: float, b: float, c: float, x: Array) -> Array:
    return np.asarray(a * f(b * x) + c)


def _fitted(f: Callable[[Array], Array], b: float, x: Array, came: Array) -> tuple[float, float, float]:
    """The largest rest of the best a · f(b x) + c, relative to the values, and a and c."""
    with np.errstate(all="ignore"):
        term = f(b * x)
    if not np.isfinite(term).all() or np.ptp(term) == 0:
        return np.inf, 0.0, 0.0
    top = float(np.max(np.abs(came)))
    middle, mean = term - term.mean(), came.mean()
    a = float(middle @ came / (middle @ middle))
    c = float(mean - a * term.mean())
    return float(np.max(np.abs(came - a * term - c))) / top, a, c


def bounded(x: Array, came: Array, name: str = "x") -> Curve | None:
    """A straight line that is cut off above, below, or on both sides; `name` is that of x."""
    if not np.isfinite(came).all() or np.ptp(came) == 0:
        return None
    near = CLOSE_ENOUGH * float(np.max(np.abs(came)))
    low, high = float(came.min()), float(came.max())
    ends = [bound for bound in (low, high) if np.sum(np.abs(came - bound) <= near) >= AT_A_BOUND]
    between = np.all([np.abs(came - bound) > near for bound in ends], axis=0) if ends else np.zeros(x.shape, bool)
    if between.sum() < BETWEEN:
        return None
    a, c = (float(number) for number in np.polyfit(x[between], came[between], 1))
    c = 0.0 if abs(c) <= near else c
    line = _sum(f"{_times(a)}{name}", c)
    text = f"max({number_text(low)}, {line})" if low in ends else line
    text = f"min({number_text(high)}, {text})" if high in ends else text
    least, most = low if low in ends else -np.inf, high if high in ends else np.inf
    curve = Curve(text, lambda v: np.clip(a * v + c, least, most))
    return curve if np.max(np.abs(curve.of(x) - came)) <= near else None


def _times(number: float) -> str:
    """A factor before a term, as a fraction if no decimal of four digits says it."""
    near = Fraction(number).limit_denominator(max(THIRDS))
    exact = near.denominator in THIRDS and abs(near.numerator) > 1 and abs(float(near) - number) < 1e-6
    return f"{near} · " if exact else str(Factor(number))


def _sum(text: str, number: float) -> str:
    return f"{text} {'-' if number < 0 else '+'} {number_text(abs(number))}" if number else text
