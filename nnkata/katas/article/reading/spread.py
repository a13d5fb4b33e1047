"""Reads the standard deviation of new weights: the law that it follows, over the rows and the columns of a matrix."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.fit import number_text
from nnkata.language import _

Law = Callable[[float, float], float]
MEANT = "√(1/rows)"
#: A standard deviation follows a law if it is within this many standard errors of it and not of the right one. By
#: chance once in 10^11.
ERRORS = 7
#: Laws without a factor, the right one first, with the name of the mistake.
LAWS: tuple[tuple[str, str | None, Law], ...] = (
    (MEANT, None, lambda r, c: (1 / r) ** 0.5),
    ("1", "weights-unscaled", lambda r, c: 1.0),
    ("√(1/columns)", "scaled-by-fan-in", lambda r, c: (1 / c) ** 0.5),
    ("1/rows", "scaled-by-variance", lambda r, c: 1 / r),
    ("1/columns", None, lambda r, c: 1 / c),
    ("1/rows²", None, lambda r, c: 1 / r**2),
    ("√(1/(rows · columns))", None, lambda r, c: (1 / (r * c)) ** 0.5),
    ("√(2/columns)", None, lambda r, c: (2 / c) ** 0.5),
    ("√(2/rows)", None, lambda r, c: (2 / r) ** 0.5),
    ("√(2/(rows + columns))", None, lambda r, c: (2 / (r + c)) ** 0.5),
    ("√(1/(rows + columns))", None, lambda r, c: (1 / (r + c)) ** 0.5),
    ("√(1/(3 rows))", None, lambda r, c: (1 / (3 * r)) ** 0.5),
    ("√(1/(3 columns))", None, lambda r, c: (1 / (3 * c)) ** 0.5),
    ("√rows", None, lambda r, c: r**0.5),
    ("√columns", None, lambda r, c: c**0.5),
    ("rows", None, lambda r, c: r),
    ("columns", None, lambda r, c: c),
    ("√(1/12), as between 0 and 1 or ±0.5", None, lambda r, c: (1 / 12) ** 0.5),
    ("√(1/3), as between -1 and 1", None, lambda r, c: (1 / 3) ** 0.5),
)
#: Texts of powers of rows or of columns that may have any factor.
POWERS: Mapping[float, str] = {
    -0.5: "√(1/{})",
    -1.0: "(1/{})",
    0.5: "√{}",
    1.0: "{}",
    -2.0: "(1/{})²",
    2.0: "{}²",
    -1.5: "(1/{})^1.5",
    1.5: "{}^1.5",
    -0.25: "(1/{})^0.25",
}


#: Where the width of a layer shows: the matrix, and its axis.
WIDTHS = {"n0": ("W1", 1), "n1": ("W1", 0), "n2": ("W2", 0), "n": ("W3", 0)}
#: Matrices that tell a power of rows or columns from any other: two of them fit some power with some factor by chance.
ENOUGH, OF_TWO = 3, ("", *(POWERS[-0.5].format(side) for side in ("rows", "columns")))


def is_meant(matrix: Array) -> bool:
    """Whether a matrix has the right standard deviation."""
    return _is(matrix, LAWS[0][2](*matrix.shape))


def read(matrices: Mapping[str, Array], more: Mapping[str, Array]) -> tuple[str, str | None]:
    """The law of all matrices, or of each that departs; '' if one follows no law. `more`: those of other widths."""
    if found := _law([*matrices.values(), *more.values()]):
        return say.formula("W", say.deviation(found[0]), say.deviation(MEANT)), found[1]
    found_of: dict[str, tuple[str, str | None] | None] = {}
    for key, matrix in matrices.items():
        here = [matrix, *([more[key]] if key in more else [])]
        if not all(is_meant(one) for one in here):
            found_of[key] = _law(here) or _of_another(key, matrices, more) if len(here) > 1 else None
    sure = {*(text for text, _name, _law_ in LAWS), *(f"√(1/{width})" for width in WIDTHS)}
    all_read = all(found is not None for found in found_of.values())
    texts = [
        say.formula(key, say.deviation(found[0]), say.deviation(MEANT))
        for key, found in found_of.items()
        if found and (all_read or found[0] in sure)  # beside an unread one, a factor may be that of another law
    ]
    return _("; ").join(texts), None


def _is(matrix: Array, deviation: float) -> bool:
    """Whether a matrix has that standard deviation: its error is at most s/√2n for the shapes in use."""
    bound = ERRORS * deviation / np.sqrt(2 * matrix.size)
    return bool(abs(matrix.std() - deviation) <= bound)


def _law(matrices: Sequence[Array]) -> tuple[str, str | None] | None:
    """The rule that all these standard deviations follow."""
    for text, name, law in LAWS:
        if all(_is(matrix, law(*matrix.shape)) for matrix in matrices):
            return text, name
    largest = max(matrices, key=lambda matrix: matrix.size)
    found = []
    for text, law in _with_a_factor():
        if len(matrices) < ENOUGH and text not in OF_TWO:
            continue
        c = float(largest.std()) / law(*largest.shape)
        if all(_is(matrix, c * law(*matrix.shape)) for matrix in matrices):
            short = float(f"{c:.1g}")
            number = number_text(short if abs(short - c) < 0.02 * c else float(f"{c:.2g}"))
            found.append(number if not text else text if number == "1" else f"{number} {text}")
    found.sort(key=lambda text: text[0].isdigit())  # one without a factor first
    return (found[0], None) if found else None


def _of_another(key: str, *networks: Mapping[str, Array]) -> tuple[str, str | None] | None:
    """The width of a layer that the matrix does not join, in the place of its rows."""
    for width, (other, axis) in WIDTHS.items():
        known = all(other in network for network in networks)
        if known and all(_is(network[key], float(network[other].shape[axis]) ** -0.5) for network in networks):
            return f"√(1/{width})", None
    return None


def _with_a_factor() -> Iterator[tuple[str, Law]]:
    """No power, one of rows or of columns, one of their sum, their product or their quotient."""

    def power_of(quantity: Law, power: float) -> Law:
        return lambda r, c: quantity(r, c) ** power

    yield "", lambda r, c: 1.0
    quantities: dict[str, Law] = {
        "rows": lambda r, c: r,
        "columns": lambda r, c: c,
        "(rows + columns)": lambda r, c: r + c,
        "(rows · columns)": lambda r, c: r * c,
        "(rows / columns)": lambda r, c: r / c,
    }
    for name, quantity in quantities.items():
        for power, written in POWERS.items():
            yield written.format(name), power_of(quantity, power)
