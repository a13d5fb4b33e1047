"""Evaluate the notation of readings: texts with the signs of mathematics, as values of NumPy."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from nnkata.katas.article import oracle


class Term:
    """A number or an array, with the operators of the notation: · is @ , ⊙ is * and ⊗ is %."""

    __array_ufunc__ = None

    def __init__(self, value: Any) -> None:
        self.v = np.asarray(value, np.float64)

    @property
    def T(self) -> "Term":  # noqa: N802 - as NumPy calls it
        """The transpose."""
        return Term(self.v.T)

    def __matmul__(self, other: Any) -> "Term":
        a, b = self.v, of(other)
        return Term(a @ b if a.ndim and b.ndim else a * b)

    def __rmatmul__(self, other: Any) -> "Term":
        return Term(other) @ self

    def __mod__(self, other: Any) -> "Term":
        return Term(np.outer(self.v, of(other)))

    def __mul__(self, other: Any) -> "Term":
        return Term(self.v * of(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Term":
        return Term(self.v / of(other))

    def __rtruediv__(self, other: Any) -> "Term":
        return Term(of(other) / self.v)

    def __add__(self, other: Any) -> "Term":
        return Term(self.v + of(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Term":
        return Term(self.v - of(other))

    def __rsub__(self, other: Any) -> "Term":
        return Term(of(other) - self.v)

    def __neg__(self) -> "Term":
        return Term(-self.v)

    def sum(self, axis: Any = None, keepdims: bool = False) -> "Term":
        """The sum along an axis."""
        return Term(self.v.sum(axis=None if axis is None else int(axis), keepdims=keepdims))

    def spread(self, axis: Any = None) -> "Term":
        """The sum along an axis in each of its elements."""
        return Term(self.v.sum(axis=None if axis is None else int(axis), keepdims=True) + 0 * self.v)

    def __rpow__(self, base: Any) -> "Term":
        return Term(of(base) ** self.v)

    def __pow__(self, power: Any) -> "Term":
        return Term(self.v ** of(power))

    def __eq__(self, other: object) -> "Term":  # type: ignore[override]  # a term, as NumPy's
        return Term(self.v == of(other))

    def __gt__(self, other: Any) -> "Term":
        return Term(self.v > of(other))


def of(value: Any) -> Any:
    """The array of a term or number, in float64."""
    return value.v if isinstance(value, Term) else np.asarray(value, np.float64)


def _function(function: Any) -> Any:
    return lambda *values: Term(function(*map(of, values)))


FUNCTIONS = {
    "sig": _function(oracle.sigmoid),
    "dsig": _function(oracle.sigmoid_derivative),
    "softmax": _function(oracle.softmax),
    "tanh": _function(np.tanh),
    "exp": _function(np.exp),
    "log": _function(np.log),
    "sqrt": _function(np.sqrt),
    "round": _function(lambda values, digits=0: np.round(values, int(digits))),
    "sign": _function(np.sign),
    "sin": _function(np.sin),
    "arctan": _function(np.arctan),
    "absolute": _function(np.abs),
    "length": _function(lambda a: np.linalg.norm(a) or 1.0),  # the usual guard of a divisor
    "total": _function(np.sum),
    "mean": _function(np.mean),
    "median": _function(np.median),
    "largest": _function(np.max),
    "max": _function(np.maximum),
    "min": _function(np.minimum),
    "argmax": _function(lambda rows, axis=-1: np.argmax(rows, axis=int(axis))),
    "argmin": _function(lambda rows, axis=1: np.argmin(rows, axis=int(axis))),
    "flatmax": _function(np.argmax),
    "clip": lambda value, bound: Term(np.clip(of(value), -of(bound), of(bound))),
}

#: The signs of the notation and their Python form; longer ones first.
SIGNS = {"ᵀ": ".T", "²": "**2", "⊙": "*", "⊗": "%", "·": "@", "σ'": "dsig", "σ": "sig", "±": ""}

BY_SIGN = re.compile(r"(.+) for x > 0, (.+) for x < 0")


def python(text: str, bars: str) -> str:
    """The text as a Python expression; `bars` is the meaning of |a|: absolute or length."""
    text = re.sub(r"\.sum\((?:axis=)?(\d?)\) everywhere", r".spread(\1)", text).replace("number of inputs", "inputs")
    text = re.sub(r"tanh²\(([^()]*)\)", r"(tanh(\1) ** 2)", text)
    for old, new in SIGNS.items():
        text = text.replace(old, new)
    text = text.replace(" = ", " == ").replace("axis=", "")
    text = re.sub(r"argmax\(the whole of ([xy])\)", r"flatmax(\1)", text)
    text = re.sub(r"number of (classes|pixels)", r"\1", text)
    text = text.replace(")^", ")**").replace("³", "**3").replace("⁴", "**4")
    text = re.sub(r"e\^\((\w+) ([-+]) max\)", r"exp(\1 \2 largest(\1))", text)
    text = re.sub(r"change\[W(\d?)\]", r"G\1", text)
    text = re.sub(r"e\^(-?[\w.]+)", r"exp(\1)", text).replace("e^(", "exp(")
    text = re.sub(r"(\d+)\^(-?[\w.]+)", r"(\1 ** (\2))", text)
    text = re.sub(r"√(\w+(?:\([^)]*\))?)", r"sqrt(\1)", text).replace("√(", "sqrt(")
    text = re.sub(r"\|([^|]+)\|", rf"{bars}(\1)", text)
    text = text.replace("Σ (", "total(")
    text = re.sub(r"Σ ([\w.]+(?:\([^()]*\))?(?:\*\*2)?)", r"total(\1)", text)
    text = re.sub(r"\bmax ([A-Za-z]\w*)", r"largest(\1)", text)
    text = re.sub(r"\bmean ([A-Za-z]\w*)", r"mean(\1)", text)
    text = re.sub(r"\[([^\]]+ > [^\]]+)\]", r"(\1)", text)
    text = re.sub(r"(\d) (?=[A-Za-zδ(])", r"\1 * ", text)
    text = re.sub(r"\) (?=[A-Za-zδ(])", ") * ", text)
    return re.sub(r"\b((?:[A-Za-z]\d?)|output|pixel) (?=\()", r"\1 * ", text)


def value(text: str, names: Mapping[str, Any]) -> list[Any]:
    """The possible values of a text; none if it cannot be parsed.

    Raises:
        ValueError: it can be parsed, but the shapes of its arrays do not fit.
    """
    found, misfit = [], None
    text = text.removesuffix(", a single number")
    if halves := BY_SIGN.fullmatch(text):
        above, below = (value(half, names) for half in halves.groups())
        return [np.where(np.asarray(names["x"]) > 0, a, b) for a, b in zip(above, below, strict=False)]
    for bars in ("absolute", "length"):
        try:
            code = compile(python(text, bars), "formula", "eval")
            with np.errstate(all="ignore"):
                result = of(eval(code, {"__builtins__": {}, **FUNCTIONS, **{k: Term(v) for k, v in names.items()}}))
        except ValueError as error:
            misfit = error
        except Exception:
            continue
        else:
            found.append(result)
        if "|" not in text:
            break
    if misfit and not found:
        raise misfit
    return found
