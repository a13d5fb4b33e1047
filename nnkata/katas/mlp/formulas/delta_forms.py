"""A delta that was read, and the forms that a layer's delta may have, of the output or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.factors import (
    ROWS,
    Factor,
    bent,
    combined,
    polynomial,
    scaled,
)
from nnkata.katas.mlp.functions import Array
from nnkata.language import _

#: Values in each case; None where they could not be observed.
Seen = Sequence[Array | None]
#: The most formulas that fit equally and are all shown.
MOST = 3


@dataclass(frozen=True)
class Read:
    """A formula that gives an observed delta. `factor` is set if the right formula is, but for a factor."""

    text: str
    right: bool = False
    factor: Factor | None = None
    #: The text of a change of the rows of the right delta, with {} for a product with it, and its factor.
    rows: str = ""
    of_rows: Factor | None = None
    #: Whether the text is divided by n as the right one is.
    over: bool = False


def either(texts: Sequence[str]) -> str:
    """Formulas that the numbers cannot distinguish."""
    text = texts[0]
    for other in texts[1:]:
        text = _("{one}, or {other}").format(one=text, other=other)
    return text


def said_of(found: Sequence[tuple[str, Factor]]) -> Read | None:
    """The formula of several that fit; None if they are too many."""
    plain = [one for one in found if "|" not in one[0] and "sign" not in one[0]]  # all errors may have one sign
    texts = list(dict.fromkeys(scaled(text, factor) for text, factor in plain or found))
    return Read(either(texts)) if 0 < len(texts) <= MOST else None


def bent_right(
    seen: Sequence[Array], right: Sequence[Array], sizes: Sequence[int], close: float, text: str, meant: float
) -> Read | None:
    """A change of the right delta, whose factor is `meant`."""
    fits = bent(seen, right, sizes, close, rows=True)
    found = said_of([(change.format(*[text] * change.count("{}")), factor) for change, factor in fits])
    rows = [change for change, _bend in ROWS]
    if found and len(fits) == 1 and fits[0][0] in rows:
        change, factor = fits[0]
        return replace(found, rows=change, of_rows=Factor(factor.value / meant, factor.power))
    return found


def powers(
    cases: Sequence[Case],
    seen: Sequence[Array],
    base: Sequence[Array],
    values: Sequence[Array],
    front: str,
    name: str,
    close: float,
) -> Read | None:
    """A base times a polynomial of an activation."""
    columns = [[b * v**power for b, v in zip(base, values, strict=True)] for power in range(4)]
    numbers = combined(seen, columns, close)
    text = polynomial(numbers, name) if numbers else ""
    return Read(f"{front} · ({text})") if text else None
