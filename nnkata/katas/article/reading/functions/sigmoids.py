"""Reads sigmoid and its derivative from their values for random numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit, say
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.functions import curves
from nnkata.katas.article.reading.functions.exponentials import fraction, linear, near, summed, total
from nnkata.katas.article.reading.observed import CLOSE
from nnkata.katas.article.reading.passes.values import product, products
from nnkata.katas.article.reading.passes.wiring import ACTIVATIONS

#: Half the step of a central difference of a function that was read: near the cube root of float64's epsilon.
HALF_STEP = 1e-5
#: The tolerance of a slope against that difference: its error is far below, that of any other formula far above.
SLOPE_CLOSE = 1e-6
CLOSE_ENOUGH = CLOSE["float64"]
#: The numbers per sign for reading a formula of three terms: two more.
FEWEST = 5


@dataclass(frozen=True)
class Function:
    """The reading of a function: its formula over x, and its key in the tables, '' for a product or a sum."""

    text: str
    key: str = ""
    factor: Factor = Factor(1.0)  # noqa: RUF009 - it is frozen
    #: The function itself, if its constants were read; it says nothing of whether two are the same reading.
    curve: Callable[[Array], Array] | None = field(default=None, compare=False)


def sigmoid(x: Array, came: Array) -> Function | None:
    """The formula of a function of each element; None if none fits."""
    return (
        _constant(came)
        or _of_table({key: bend(x[None, :])[0] for key, bend in ACTIVATIONS.items()}, came)
        or _steeper(x, came)
        or _reciprocal(x, came)
        or _fraction(x, came)
        or _of_both(x, came)
        or _stretched(x, came)
    )


def bounded(x: Array, came: Array) -> Function | None:
    """A straight line within bounds; it takes many numbers, some far from zero."""
    found = curves.bounded(x, came)
    return None if found is None else Function(found.text, curve=found.of)


def _stretched(x: Array, came: Array) -> Function | None:
    found = curves.stretched(x, came)
    return None if found is None else Function(found.text, curve=found.of)


def slope(x: Array, came: Array) -> Function | None:
    """The formula of the derivative."""
    value = oracle.sigmoid(x)
    with np.errstate(all="ignore"):
        words = {
            "σ(x)": value,
            "(1 - σ(x))": 1 - value,
            "x": x,
            "(1 - x)": 1 - x,
            "(1 + σ(x))": 1 + value,
            "(1 + x)": 1 + x,
            "(1 - σ(x)²)": 1 - value * value,
            "σ(σ(x))": oracle.sigmoid(value),
            "σ'(σ(x))": oracle.sigmoid_derivative(value),
            "e^-x": np.exp(-x),
            "e^x": np.exp(x),
            "(1 - tanh²(x))": 1 - np.tanh(x) ** 2,
            "tanh(x)": np.tanh(x),
            "[x > 0]": (x > 0).astype(np.float64),
            "|x|": np.abs(x),
            "√σ(x)": np.sqrt(value),
            "√(1 - σ(x))": np.sqrt(1 - value),
        }
    for names in products(list(words), 3):
        term = product(words, names, len(x))
        if np.isfinite(term).all() and (c := fit.multiple(came, term, CLOSE_ENOUGH)):
            factor = Factor(c)
            return Function(f"{factor}{' '.join(names)}" if names else fit.number_text(c), " ".join(names), factor)
    return (
        _constant(came)
        or _added({"σ'(x)": oracle.sigmoid_derivative(x), **words}, came)
        or _reciprocal(x, came)
        or _fraction(x, came)
        or _of_both(x, came)
    )


def of_all(x: Array, came: Array, derivative: bool) -> Function | None:
    """The formula of a function of which every element depends on all numbers: with a softmax in it.

    For one vector that is a multiple of a product without it, so it applies only if another vector has another
    multiple.
    """
    value = oracle.sigmoid(x)
    for name, shared in {"softmax(x)": oracle.softmax(x), "softmax(-x)": oracle.softmax(-x)}.items():
        others = {"": np.ones_like(x)}
        if derivative:
            others |= {"σ(x) ": value, "(1 - σ(x)) ": 1 - value, f"(1 - {name}) ": 1 - shared}
        for text, other in others.items():
            c = fit.multiple(came, other * shared, CLOSE_ENOUGH)
            if c is not None and Factor(c).one:
                return Function(f"{text}{name}")
    return None


def times(factor: Factor, text: str) -> str:
    """A factor before a term, with brackets around a sum."""
    return text if factor.one else f"{factor}({text})" if " + " in text or " - " in text else f"{factor}{text}"


def is_slope_of(found: Function, x: Array, came: Array) -> bool:
    """Whether that is the derivative of a function that was read, by central differences."""
    bend = found.curve or ACTIVATIONS.get(found.key)
    if bend is None:
        return False
    with np.errstate(all="ignore"):
        rise = (bend((x + HALF_STEP)[None, :]) - bend((x - HALF_STEP)[None, :]))[0] / (2 * HALF_STEP)
    return bool(np.max(np.abs(rise - came)) <= SLOPE_CLOSE * (np.max(np.abs(rise)) or 1.0))


def _of_table(table: Mapping[str, Array], came: Array) -> Function | None:
    for key, term in table.items():
        if np.isfinite(term).all() and (c := fit.multiple(came, term, CLOSE_ENOUGH)):
            factor = Factor(c)
            if key == "softmax({z})" and not factor.one:
                continue  # any other multiple is e^x of this vector, and tells nothing about another
            one = factor.one
            return Function(times(factor, key.format(z="x")), key if one else "", factor, _curve(key, c, 0.0))
    for key, term in table.items():
        if both := _plus(term, came):
            return Function(_sum_text(both, key.format(z="x")), curve=_curve(key, *both))
    return None


def _curve(key: str, factor: float, number: float) -> Callable[[Array], Array]:
    """A function of the table, stretched and moved."""
    return lambda x: factor * ACTIVATIONS[key](x) + number


def _steeper(x: Array, came: Array) -> Function | None:
    """The sigmoid of a straight line: steeper, flatter, moved, or with another base than e."""
    if (came <= 0).any() or (came >= 1).any():
        return None
    both = fit.combination([np.log(came / (1 - came))], [x], [np.ones_like(x)], CLOSE_ENOUGH)
    if not both:
        return None
    steep, offset = both[0][0], both[1][0]
    factor = Factor(steep)

    def curve(v: Array) -> Array:
        return oracle.sigmoid(steep * v + offset)

    if factor.one and (found := _reciprocal(x, came) or _fraction(x, came)):
        return replace(found, curve=curve)  # 1 / (1 + 2 e^-x) is nearer to how it is written
    moved = f" {'-' if offset < 0 else '+'} {fit.number_text(abs(offset))}" if abs(offset) > CLOSE_ENOUGH else ""
    return Function(f"σ({factor}x{moved})", curve=curve)


def by_sign(x: Array, came: Array, derivative: bool) -> Function | None:
    """One formula for positive and one for negative numbers: a function in two halves is read by halves."""
    halves = [x > 0, x < 0]
    if min(half.sum() for half in halves) < FEWEST:
        return None
    read: list[str] = []
    for half in halves:
        u, v = x[half], came[half]
        found = Function("0") if not v.any() else (slope(u, v) if derivative else sigmoid(u, v)) or _sum(u, v)
        if found is None:
            return None
        read.append(found.text)
    return Function(say.by_sign(*read)) if read[0] != read[1] else None


def _sum(x: Array, came: Array) -> Function | None:
    """A sum of a number, an exponential and its square."""
    for inner, power in (("-x", -x), ("x", x)):
        table = {"1": np.ones_like(x), f"e^({inner})": np.exp(power), f"e^(2 · ({inner}))": np.exp(2 * power)}
        if terms := linear(table, np.ones_like(came), came):
            return Function(summed(terms))
    return None


def _constant(came: Array) -> Function | None:
    """The same number for every x."""
    first = float(came.flat[0])
    return Function(fit.number_text(first)) if np.ptp(came) <= CLOSE_ENOUGH * abs(first) else None


def _fraction(x: Array, came: Array) -> Function | None:
    text = fraction(x, came)
    return Function(text) if text else None


def _reciprocal(x: Array, came: Array) -> Function | None:
    """One over a sum of exponentials of x or of |x|, as sigmoid and its slope are written."""
    if not came.all():
        return None
    for inner, power in (("x", x), ("|x|", np.abs(x))):
        with np.errstate(all="ignore"):
            table = {"1": np.ones_like(x), f"e^(-{inner})": np.exp(-power), f"e^({inner})": np.exp(power)}
        terms = linear(table, came, np.ones_like(x))
        if terms and near(1 / total(terms, table), came):
            return Function(f"1 / ({summed(terms)})")
    return None


def _of_both(x: Array, came: Array) -> Function | None:
    """A sum of a number, e^-x and e^x."""
    with np.errstate(all="ignore"):
        table = {"1": np.ones_like(x), "e^(-x)": np.exp(-x), "e^(x)": np.exp(x)}
    terms = linear(table, np.ones_like(came), came)
    return Function(summed(terms)) if terms else None


def _added(table: Mapping[str, Array], came: Array) -> Function | None:
    """A multiple of a function, and a number."""
    for text, term in table.items():
        if both := _plus(term, came):
            return Function(_sum_text(both, text))
    return None


def _plus(term: Array, came: Array) -> tuple[float, float] | None:
    """The multiple and the number."""
    both = fit.combination([came], [term], [np.ones_like(came)], CLOSE_ENOUGH) if np.isfinite(term).all() else None
    if not both or abs(both[0][0]) * np.max(np.abs(term)) <= CLOSE_ENOUGH * np.max(np.abs(came)):
        return None
    return both[0][0], both[1][0]


def _sum_text(both: tuple[float, float], text: str) -> str:
    factor, number = both
    if factor < 0 < number:
        term = f"({text})" if " + " in text or " - " in text else text
        return f"{fit.number_text(number)} - {Factor(-factor)}{term}"
    return f"{times(Factor(factor), text)} {'-' if number < 0 else '+'} {fit.number_text(abs(number))}"
