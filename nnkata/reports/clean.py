"""Text from a submission, made fit for a terminal and for XML: no control characters, no more than fits."""

import unicodedata

from nnkata.language import _

MAX_LINE = 200
#: Control characters, format characters, halves of surrogate pairs, and what separates lines and paragraphs.
REFUSED = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: What XML 1.0 has no way to say besides (https://www.w3.org/TR/xml/#charsets); readers make XML of our JSON and TAP.
NOT_XML = "\ufffe\uffff"


def clean(text: str, lines: int = 40) -> list[str]:
    """The lines of a text without control and format characters, cut in length and number."""
    split = text.split("\n")
    short = [_cut(line) for line in split[:lines]]
    if len(split) <= lines:
        return short
    return [*short, _("(and {count} more lines)").format(count=len(split) - lines)]


def _cut(line: str) -> str:
    """A line's first MAX_LINE characters that may be shown; what stands behind them is not looked at."""
    kept: list[str] = []
    for c in line:
        if unicodedata.category(c) not in REFUSED and c not in NOT_XML:
            kept.append(c)
            if len(kept) > MAX_LINE:
                return "".join(kept[: MAX_LINE - 1]) + "…"
    return "".join(kept)
