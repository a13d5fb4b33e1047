"""Reads sigmoid, its derivative and softmax from what they give for numbers at random."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.observed import CLOSE
from nnkata.katas.article.reading.values import product, products
from nnkata.katas.article.reading.wiring import ACTIVATIONS, OUTPUTS

#: Half the step of a central difference of a function that was read: near the cube root of float64's epsilon.
HALF_STEP = 1e-5
#: How near a slope has to be to that difference: its error is far below, that of any other formula far above.
SLOPE_CLOSE = 1e-6
CLOSE_ENOUGH = CLOSE["float64"]


@dataclass(frozen=True)
class Function:
    """What a function was read as: its formula over x, and its key in the tables, '' for a product or a sum."""

    text: str
    key: str = ""
    factor: Factor = Factor(1.0)  # noqa: RUF009 - it is frozen


def sigmoid(x: Array, came: Array) -> Function | None:
    """The formula of a function of each element; None if none fits."""
    return _of_table({key: bend(x[None, :])[0] for key, bend in ACTIVATIONS.items()}, came)


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
            return Function(f"{factor}{' '.join(names) or '1'}", " ".join(names), factor)
    return _added({"σ'(x)": oracle.sigmoid_derivative(x), **words}, came)


def softmax(xs: Sequence[Array], came: Sequence[Array]) -> Function | None:
    """The formula of a function of vectors."""
    for key, bend in OUTPUTS.items():
        with np.errstate(all="ignore"):
            terms = [bend(x[None, :])[0] for x in xs]
        if not all(np.isfinite(term).all() for term in terms):
            continue
        found = fit.all_multiples(came, terms, CLOSE_ENOUGH)
        factor = found and fit.law(found, {"n": [float(len(x)) for x in xs]}, CLOSE_ENOUGH)
        if factor:
            return Function(f"{factor}{key.format(z='x')}", key if factor.one else "", factor)
    return None


def is_slope_of(key: str, x: Array, came: Array) -> bool:
    """Whether that is the derivative of a function of the table, by central differences."""
    bend = ACTIVATIONS[key]
    with np.errstate(all="ignore"):
        rise = (bend((x + HALF_STEP)[None, :]) - bend((x - HALF_STEP)[None, :]))[0] / (2 * HALF_STEP)
    return bool(np.max(np.abs(rise - came)) <= SLOPE_CLOSE * (np.max(np.abs(rise)) or 1.0))


def _of_table(table: Mapping[str, Array], came: Array) -> Function | None:
    for key, term in table.items():
        if np.isfinite(term).all() and (c := fit.multiple(came, term, CLOSE_ENOUGH)):
            factor = Factor(c)
            return Function(f"{factor}{key.format(z='x')}", key if factor.one else "", factor)
    return _added({key.format(z="x"): term for key, term in table.items()}, came)


def _added(table: Mapping[str, Array], came: Array) -> Function | None:
    """A multiple of a function, and a number."""
    ones = np.ones_like(came)
    for text, term in table.items():
        if not np.isfinite(term).all():
            continue
        both = fit.combination([came], [term], [ones], CLOSE_ENOUGH)
        if both:
            number = both[1][0]
            return Function(f"{Factor(both[0][0])}{text} {'-' if number < 0 else '+'} {fit.number_text(abs(number))}")
    return None
