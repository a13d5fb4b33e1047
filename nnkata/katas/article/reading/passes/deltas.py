"""Reads the backward pass: each layer's delta from the output down, and the product that makes its gradient.

Gradients show deltas: the numbers of δ ⊗ A give δ. Each is compared with the delta that was observed above it, so that
one mistake hides no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.passes.bases import Vectors
from nnkata.katas.article.reading.passes.values import DOT, Case, product, products


@dataclass(frozen=True)
class Delta:
    """The reading of a layer's delta: factor · base ⊙ slopes."""

    base: str
    slopes: tuple[str, ...] = ()
    factor: Factor = Factor(1.0)  # noqa: RUF009 - it is frozen
    plus: str = ""
    bent: str = ""

    def __str__(self) -> str:
        """As it is written."""
        words = [*self.slopes] if self.base == "1" and self.slopes else [self.base, *self.slopes]
        text = DOT.join([f"{self.factor}{words[0]}", *words[1:]])
        text = self.bent.format(text) if self.bent else text
        return f"{text} {self.plus}" if self.plus else text


#: What goes into each W, by the number of its layer.
INPUTS = {2: "A2", 1: "A1", 0: "x"}


def quantities(cases: Sequence[Case]) -> dict[str, list[float]]:
    """The quantities on which a factor may depend, from network to network."""
    sizes = [case.seen.sizes for case in cases]
    return {
        "n": [float(s[3]) for s in sizes],
        "l_rate": [case.seen.rate for case in cases],
        "n2": [float(s[2]) for s in sizes],
        "n1": [float(s[1]) for s in sizes],
        "n0": [float(s[0]) for s in sizes],
        "Σ sizes": [float(sum(s)) for s in sizes],
        "(n · n2)": [float(s[3] * s[2]) for s in sizes],
        "(n2 · n1)": [float(s[2] * s[1]) for s in sizes],
        "(n1 · n0)": [float(s[1] * s[0]) for s in sizes],
        **{f"|{name}|": [float(np.linalg.norm(case.a[layer])) for case in cases] for layer, name in INPUTS.items()},
        "Σ |output - y|": [float(np.abs(case.p - case.y).sum()) for case in cases],
    }


def read_vector(
    cases: Sequence[Case],
    seen: Sequence[Array],
    bases: Sequence[Vectors],
    factors: Sequence[Vectors],
    right: tuple[str, ...],
    close: float,
) -> Delta | None:
    """factor · base ⊙ up to two of the factors: the simplest that gives `seen` in every case; None if there is none.

    `right` are the right factors; readings with them precede others of the same simplicity.
    """
    common = [name for name in bases[0] if all(name in other for other in bases)]
    names = [name for name in factors[0] if all(name in other for other in factors)]
    picks = sorted(products(names), key=lambda pick: _cost(pick, right))
    table = np.array([product(dict(factors[0]), pick, len(seen[0])) for pick in picks])
    best: tuple[int, Delta] | None = None
    for rank, base in enumerate(common):
        for place in _fitting(seen[0], bases[0][base] * table, close):
            cost = place + (rank > 0) * 20 + (rank > 3) * 60
            if best is not None and best[0] <= cost:
                break
            terms = [
                b[base] * product(dict(f), picks[place], len(s)) for b, f, s in zip(bases, factors, seen, strict=True)
            ]
            found = fit.all_multiples(seen, terms, close)
            known = quantities(cases)  # of two lengths in one term, one would be there by chance
            known = {name: values for name, values in known.items() if "|" not in base or "|" not in name}
            factor = found and fit.law(found, known, close)
            if factor:
                cost += "|" in factor.of  # a term of the same simplicity without a length says more
                best = (cost, Delta(base, picks[place], factor))
                break
    return best and best[1]


def _cost(pick: tuple[str, ...], right: tuple[str, ...]) -> tuple[int, int]:
    """Factors unlike those that belong there, and how many there are.

    A division comes last: 1 - A is σ'(Z) / A too. So does the error, since output (1 - output) is, for a one-hot y,
    -(output - y) (output - (1 - y)).
    """
    last = sum(name.startswith("1 /") or name == "(output - y)" for name in pick)
    return len(set(pick) ^ set(right)) + 3 * last, len(pick)


def _fitting(seen: Array, terms: Array, close: float) -> Iterator[int]:
    """The rows of terms of which `seen` is a multiple, in order."""
    with np.errstate(all="ignore"):
        c = terms @ seen / np.einsum("ij,ij->i", terms, terms)
        rest = np.max(np.abs(seen - c[:, None] * terms), axis=1)
    fine = rest <= close * np.max(np.abs(seen), initial=0.0)
    yield from (int(place) for place in np.flatnonzero(fine & np.isfinite(c) & (c != 0)))


def with_something_added(
    cases: Sequence[Case],
    seen: Sequence[Array],
    meant: Delta,
    right: Sequence[Array],
    more: Sequence[Vectors],
    close: float,
) -> Delta | None:
    """a · the meant value + b · another one, or the meant value bent element by element."""
    if write := fit.distorted(seen, right, close):
        return Delta(meant.base, meant.slopes, bent=write("{0}"))
    for name in more[0]:
        if not all(name in other for other in more):
            continue
        found = fit.combination(seen, right, [other[name] for other in more], close)
        if found is None:
            continue
        first, second = (fit.law(numbers, quantities(cases), close) for numbers in found)
        if first and second:
            plus = f"- {Factor(-second.value, second.of, second.power)}" if second.value < 0 else f"+ {second}"
            return Delta(meant.base, meant.slopes, first, plus=f"{plus}{name}")
    return None


def of_output_and_label(cases: Sequence[Case], seen: Sequence[Array], close: float) -> Delta | None:
    """a · output + b · y + c with the same law of each in every network: smoothed labels, sums by broadcasting."""
    found: list[Array] = []
    for case, value in zip(cases, seen, strict=True):
        columns = np.stack([case.p, case.y, np.ones_like(case.p)], axis=1)
        if value.shape != case.p.shape or len(value) <= columns.shape[1]:
            continue  # too few classes to tell three numbers
        solved = np.linalg.lstsq(columns, value, rcond=None)[0]
        if np.max(np.abs(columns @ solved - value)) > close * np.max(np.abs(value)):
            return None
        found.append(np.where(np.abs(solved) > 100 * close, solved, 0.0))
    if all(one[2] == 0 and abs(one[0] + one[1]) <= 100 * close * abs(one[0]) for one in found):
        return None  # a multiple of the error, which would have been read if it followed a law in all networks
    fitting = [case for case in cases if len(case.p) > 3]
    if len(found) < 2 or len({len(case.p) for case in fitting}) < 2:
        return None
    text = ""
    terms = [*zip(np.transpose(found), ("output", "y", ""), strict=True)]
    for numbers, name in sorted(terms, key=lambda term: float(term[0][0]) <= 0):  # 1/n - y, not -y + 1/n
        if not numbers.any():
            continue
        factor = fit.law(list(numbers), quantities(fitting), close)
        if factor is None:
            return None
        one = str(Factor(abs(factor.value), factor.of, factor.power))
        one = f"{one}{name}" if name else one.removesuffix(" · ") or "1"
        text += f" {'-' if factor.value < 0 else '+'} {one}" if text else f"{'-' if factor.value < 0 else ''}{one}"
    return Delta(f"({text})") if text else None


def with_one_slope(
    cases: Sequence[Case],
    seen: Sequence[Array],
    base: str,
    back: Sequence[Array],
    words: Sequence[Vectors],
    right: tuple[str, ...],
    close: float,
) -> Delta | None:
    """Wᵀ·δ times one number for a layer's slopes: their mean (or sum), the largest or the smallest."""
    for name in right:
        for text, numbers in {
            "mean({0})": [float(np.mean(word[name])) for word in words],
            "max({0})": [float(np.max(word[name])) for word in words],
            "min({0})": [float(np.min(word[name])) for word in words],
        }.items():
            terms = [number * value for number, value in zip(numbers, back, strict=True)]
            found = fit.all_multiples(seen, terms, close)
            if found and (factor := fit.law(found, quantities(cases), close)):
                return Delta(base, (text.format(name),), factor)
    return None


def with_another_slope(
    cases: Sequence[Case], layer: int, seen: Sequence[Array], base: str, back: Sequence[Array], close: float
) -> Delta | None:
    """Wᵀ·δ ⊙ (a + b A + c A²), as where a number in A (1 - A) is another: the same a, b and c in every network."""
    a = np.concatenate([case.a[layer] for case in cases])
    error, target = np.concatenate(back), np.concatenate(seen)
    if error.shape != target.shape or target.size < FEWEST:
        return None
    columns = np.stack([error, error * a, error * a * a], axis=1)
    solved = np.linalg.lstsq(columns, target, rcond=None)[0]
    if not np.max(np.abs(columns @ solved - target)) <= close * np.max(np.abs(target)):
        return None
    rounded = [0.0 if abs(c) < 100 * close else float(c) for c in solved]
    slope = _polynomial(rounded, f"A{layer}")
    return Delta(base, (slope,)) if slope else None


#: The numbers for reading three coefficients: four times as many.
FEWEST = 12


def _polynomial(coefficients: Sequence[float], name: str) -> str:
    """The usual form of a + b A + c A²: A (2 - A) for a = 0."""
    first, second, third = coefficients
    if first == 0 and second and third:
        return f"{name}{DOT}({_sum([(second, ''), (third, name)])})"
    return f"({_sum([(first, ''), (second, name), (third, name + '²')])})" if second or third else ""


def _sum(terms: Sequence[tuple[float, str]]) -> str:
    text = ""
    for number, name in terms:
        if number:
            size = fit.number_text(abs(number)) if not name else f"{Factor(abs(number))}{name}"
            sign = "-" if number < 0 else "+"
            text += f" {sign} {size}" if text else f"{'-' if number < 0 else ''}{size}"
    return text
