"""Reads functions of one number in e^x or e^-|x|: sums of powers over powers of a sum."""

from collections.abc import Iterator, Mapping

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.fit import Factor, number_text
from nnkata.katas.article.reading.observed import CLOSE

CLOSE_ENOUGH = CLOSE["float64"]
#: The number beside e^-x in the denominator, the right one first, and its powers: sigmoid has 1, its slope 2.
BESIDE, POWERS = (1.0, 2.0, 3.0, 0.5, 1.5, -1.0), (1, 2, 3, 4, -1, -2, -3, -4, 0)
#: The terms of a numerator, and the numbers for reading them: two more.
TERMS, FEWEST = 3, 5


def fraction(x: Array, came: Array) -> str:
    """(a + b u + c u²) / (k + u)ⁿ with u = e^-x, e^x, e^-|x| or e^|x|, the fewest terms first; '' if none fits."""
    if x.size < FEWEST:
        return ""
    best: tuple[int, str] = (99, "")
    for cost, text in _fractions(x, came):
        if cost < best[0]:
            best = cost, text
    return best[1]


def _fractions(x: Array, came: Array) -> Iterator[tuple[int, str]]:
    one_sign = bool((x > 0).all() or (x < 0).all())
    for inner, power in (("-x", -x), ("x", x), ("-|x|", -np.abs(x)), ("|x|", np.abs(x)))[: 2 if one_sign else 4]:
        with np.errstate(all="ignore"):
            u = np.exp(power)
        for place, k in enumerate(BESIDE):
            for n in POWERS if not place else POWERS[:-1]:
                with np.errstate(all="ignore"):
                    target = came * (k + u) ** n
                    table = {"1": np.ones_like(u), f"e^({inner})": u, f"e^(2 · ({inner}))": u * u}
                terms = linear(table, np.ones_like(u), target)
                if 0 < len(terms) < TERMS and near(total(terms, table) / (k + u) ** n, came):
                    yield place + abs(n) + 4 * (n < 0) + 2 * len(terms), _text(terms, k, n, inner)


def _text(terms: list[tuple[float, str]], k: float, n: int, inner: str) -> str:
    above, below = summed(terms), f"({number_text(k)} + e^({inner}))" if k > 0 else f"(e^({inner}) - {number_text(-k)})"
    powers = {1: "", 2: "²", 3: "³", 4: "⁴"}
    if n == 0:
        return above
    above = f"({above})" if len(terms) > 1 else above
    if n > 0:
        return f"{above} / {below}{powers[n]}"
    return f"{below}{powers[-n]}" if above == "1" else f"{above} {below}{powers[-n]}"


def linear(table: Mapping[str, Array], weight: Array, target: Array) -> list[tuple[float, str]]:
    """The multiples of terms whose sum, times a weight, is the target; none if there is no such sum."""
    columns = np.stack(list(table.values()), axis=1) * weight[:, None]
    scale = np.max(np.abs(columns), axis=0)
    if not np.isfinite(scale).all() or not scale.all() or not np.isfinite(columns).all():
        return []
    if not np.isfinite(target).all() or not target.any():
        return []
    solved = np.linalg.lstsq(columns / scale, target, rcond=None)[0]
    if np.max(np.abs(columns / scale @ solved - target)) > CLOSE_ENOUGH * np.max(np.abs(target)):
        return []
    parts = zip(solved / scale, np.abs(solved), table, strict=True)
    return [(float(c), text) for c, size, text in parts if size > CLOSE_ENOUGH * np.max(np.abs(solved))]


def total(terms: list[tuple[float, str]], table: Mapping[str, Array]) -> Array:
    """The sum of these multiples."""
    return np.asarray(np.sum([c * table[text] for c, text in terms], axis=0))


def near(value: Array, came: Array) -> bool:
    """Whether the function itself is right too: a target that spans many orders hides its small elements."""
    return bool(np.max(np.abs(value - came)) <= CLOSE_ENOUGH * np.max(np.abs(came)))


def summed(terms: list[tuple[float, str]]) -> str:
    """The text of a sum, with factors of one left out: '2 + 3 · e^(x)'."""
    parts = [number_text(abs(c)) if text == "1" else f"{Factor(abs(c))}{text}" for c, text in terms]
    signs = ["-" if c < 0 else "+" for c, _text in terms]
    rest = "".join(f" {sign} {part}" for sign, part in zip(signs[1:], parts[1:], strict=True))
    return f"{'-' if signs[0] == '-' else ''}{parts[0]}{rest}"
