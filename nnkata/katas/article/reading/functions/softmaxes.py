"""Reads a softmax from its values for vectors: a function of each element over a number that all elements share.

For each vector the values are a multiple of the numerator; the multiples of all vectors show the denominator.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.functions.sigmoids import CLOSE_ENOUGH, Function, times
from nnkata.katas.article.reading.passes.wiring import OUTPUTS

Vectors = Sequence[Array]


def read(xs: Vectors, came: Vectors) -> Function | None:
    """The formula of a function of vectors; None if none fits all of them."""
    for key, bend in OUTPUTS.items():
        with np.errstate(all="ignore"):
            terms = [bend(x[None, :])[0] for x in xs]
        if not all(np.isfinite(term).all() for term in terms):
            continue
        found = fit.all_multiples(came, terms, CLOSE_ENOUGH)
        factor = found and fit.law(found, {"n": [float(len(x)) for x in xs]}, CLOSE_ENOUGH)
        if factor:
            return Function(times(factor, key.format(z="x")), key if factor.one else "", factor)
    with np.errstate(all="ignore"):
        readers = (_shared, _steeper, _plus, _moved, _running, _in_part, _early)
        return next((one for reader in readers if (one := reader(xs, came))), None)


def _words(xs: Vectors) -> dict[str, list[Array]]:
    """The functions that stand above or, summed, below the fraction, the usual ones first."""
    return {
        "e^x": [np.exp(x) for x in xs],
        "(e^(x - max))": [np.exp(x - x.max()) for x in xs],
        "(e^x - 1)": [np.expm1(x) for x in xs],
        "(e^(x - max) - 1)": [np.expm1(x - x.max()) for x in xs],
        "(e^(x + max))": [np.exp(x + x.max()) for x in xs],
        "(e^x - max x)": [np.exp(x) - x.max() for x in xs],
        "(e^x + 1)": [np.exp(x) + 1 for x in xs],
        "(e^(x - max) + 1)": [np.exp(x - x.max()) + 1 for x in xs],
        "(e^-x)": [np.exp(-x) for x in xs],
        "(e^|x|)": [np.exp(np.abs(x)) for x in xs],
        "(e^(2 · (x - max)))": [np.exp(2 * (x - x.max())) for x in xs],
        "(e^(2 · x))": [np.exp(2 * x) for x in xs],
        "x": list(xs),
        "|x|": [np.abs(x) for x in xs],
        "x²": [x * x for x in xs],
        "(x - min x)": [x - x.min() for x in xs],
        "(x - max x)": [x - x.max() for x in xs],
        "(x - mean x)": [x - x.mean() for x in xs],
        "σ(x)": [oracle.sigmoid(x) for x in xs],
        "max(0, x)": [np.maximum(x, 0) for x in xs],
        "log(1 + e^x)": [np.logaddexp(0, x) for x in xs],
    }


def _shared(xs: Vectors, came: Vectors) -> Function | None:
    """A function of each element over a power of a sum, or over a sum to which a number was added."""
    words = _words(xs)
    sums = {f"Σ {name}": [float(v.sum()) for v in values] for name, values in words.items()}
    for name, values in [*words.items()][:2]:
        sums |= {
            f"Σ {name} without the first": [float(v[1:].sum()) for v in values],
            f"Σ {name} without the last": [float(v[:-1].sum()) for v in values],
            f"Π {name}": [float(v.prod()) for v in values],
        }
    sums |= {f"mean {name}": [float(v.mean()) for v in values] for name, values in words.items()}
    sums |= {"max x": [float(x.max()) for x in xs], "|x|": [float(np.linalg.norm(x)) for x in xs]}
    for text, terms in {**words, "1": [np.ones_like(x) for x in xs]}.items():
        found = fit.all_multiples(came, terms, CLOSE_ENOUGH)
        if not found:
            continue
        factor = fit.law(found, sums, CLOSE_ENOUGH)
        if factor and not factor.of:  # a sum that is the same for all vectors tells nothing
            return Function(times(factor, text))
        if factor:
            front = Factor(factor.value)
            power = {2: "²", 0.5: "^0.5", -0.5: "^0.5"}.get(factor.power, "")
            by = f" {'/' if factor.power < 0 else '·'} ({factor.of}){power}"
            return Function(f"{front}{text}{by}")
        if below := _divisor(xs, found, sums):
            return Function(f"{text} / {below}")
    return None


def _divisor(xs: Vectors, factors: Sequence[float], sums: Mapping[str, Sequence[float]]) -> str:
    """The sum with a number added, or the square of a sum, by which all are divided; '' if it is none."""
    below = 1 / np.array(factors)
    if not np.isfinite(below).all():
        return ""
    sizes = np.array([len(x) for x in xs], np.float64)
    near = CLOSE_ENOUGH * np.max(np.abs(below))
    for name, values in sums.items():
        rest = below - np.array(values)
        if not np.isfinite(rest).all():
            continue
        if np.ptp(rest) <= near < abs(rest[0]):
            return f"({name} {'-' if rest[0] < 0 else '+'} {fit.number_text(abs(float(rest[0])))})"
        each = rest / sizes
        if np.ptp(each) <= near < abs(each[0]):
            number = Factor(abs(float(each[0])))
            return f"({name} {'-' if each[0] < 0 else '+'} {number}n)"
        if np.max(np.abs(below - np.array(values) ** 2)) <= near:
            return f"({name})²"
    return ""


def _steeper(xs: Vectors, came: Vectors) -> Function | None:
    """softmax(k · x) with any k."""
    if any((value <= 0).any() for value in came):
        return None
    both = fit.combination([np.log(v) for v in came], xs, [np.ones_like(x) for x in xs], CLOSE_ENOUGH)
    steep = both and fit.law(both[0], {}, CLOSE_ENOUGH)
    if not steep or not all(abs(float(value.sum()) - 1) <= CLOSE_ENOUGH for value in came):
        return None
    return Function(f"softmax({steep}x)")


def _plus(xs: Vectors, came: Vectors) -> Function | None:
    """A multiple of softmax, and a number."""
    ones = [np.ones_like(x) for x in xs]
    both = fit.combination(came, [oracle.softmax(x) for x in xs], ones, CLOSE_ENOUGH)
    laws = both and [fit.law(numbers, {"n": [float(len(x)) for x in xs]}, CLOSE_ENOUGH) for numbers in both]
    if not laws or not laws[0] or not laws[1]:
        return None
    number = str(Factor(abs(laws[1].value), laws[1].of, laws[1].power)).removesuffix(" · ") or "1"
    return Function(f"{times(laws[0], 'softmax(x)')} {'-' if laws[1].value < 0 else '+'} {number}")


def _moved(xs: Vectors, came: Vectors) -> Function | None:
    """Exponentials with a number added, over the sum of them."""
    ones = [np.ones_like(x) for x in xs]
    for text, exps in {"e^x": [np.exp(x) for x in xs], "e^(x - max)": [np.exp(x - x.max()) for x in xs]}.items():
        both = fit.combination(came, exps, ones, CLOSE_ENOUGH)
        if not both or not all(both[0]):
            continue
        added = fit.law([b / a for a, b in zip(*both, strict=True)], {}, 100 * CLOSE_ENOUGH)
        if added and all(abs(float(value.sum()) - 1) <= CLOSE_ENOUGH for value in came):
            term = f"({text} {'-' if added.value < 0 else '+'} {fit.number_text(abs(added.value))})"
            return Function(f"{term} / Σ {term}")
    return None


def _in_part(xs: Vectors, came: Vectors) -> Function | None:
    """A softmax with another number in its first place, or in its last one."""
    for place, where in ((-1, "last"), (0, "first")):
        right = [oracle.softmax(x) for x in xs]
        if not all(_same(np.delete(v, place), np.delete(r, place)) for v, r in zip(came, right, strict=True)):
            continue
        odd = np.array([v[place] for v in came])
        ways = {
            "e^(x - max)": [np.exp(x[place] - x.max()) for x in xs],
            "e^x": [np.exp(x[place]) for x in xs],
            "x": [x[place] for x in xs],
            "0": [0.0 for _x in xs],
        }
        for text, values in ways.items():
            if np.max(np.abs(odd - values)) <= CLOSE_ENOUGH * max(1.0, float(np.max(np.abs(values)))):
                return Function(f"softmax(x), {text} in the {where} place")
    return None


def _same(one: Array, other: Array) -> bool:
    return bool(np.max(np.abs(one - other), initial=0.0) <= CLOSE_ENOUGH)


def _running(xs: Vectors, came: Vectors) -> Function | None:
    """Each exponential over the sum up to it, or over the sum of the others."""
    exps = [np.exp(x - x.max()) for x in xs]
    ways = {
        "e^x / cumsum(e^x)": [e / np.cumsum(e) for e in exps],
        "e^x / (Σ e^x - e^x)": [e / (e.sum() - e) for e in exps],
    }
    for text, terms in ways.items():
        found = fit.all_multiples(came, terms, CLOSE_ENOUGH)
        if found and all(Factor(c).one for c in found):
            return Function(text)
    return None


def _early(xs: Vectors, came: Vectors) -> Function | None:
    """A quotient that stands within the exponential."""
    ways = {
        "e^(x / Σ e^x)": [np.exp(x / np.exp(x).sum()) for x in xs],
        "e^(x - max - Σ e^(x - max))": [np.exp(x - x.max() - np.exp(x - x.max()).sum()) for x in xs],
        "e^(x - Σ e^x)": [np.exp(x - np.exp(x).sum()) for x in xs],
        "e^(x / Σ x)": [np.exp(x / x.sum()) for x in xs],
        "e^((x - max) / Σ e^(x - max))": [np.exp((x - x.max()) / np.exp(x - x.max()).sum()) for x in xs],
    }
    for text, values in ways.items():
        if all(np.allclose(v, c, rtol=CLOSE_ENOUGH, atol=0) for v, c in zip(values, came, strict=True)):
            return Function(text)
    return None
