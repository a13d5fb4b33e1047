"""Text from a submission, made fit for a terminal and for XML: no control characters, limited length."""

import re
import unicodedata
from functools import reduce
from textwrap import wrap

from nnkata.language import _
from nnkata.texts import IDEOGRAPHS

MAX_LINE = 200
LINES = 40
#: The most characters of a line: our longest message, with a path in it, has 700.
LONGEST = 2000
#: Control characters, format characters, halves of surrogate pairs, and separators of lines and paragraphs.
REFUSED = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: The place of an exception, at the end of its message.
WHERE = re.compile(r" \((?P<file>[^()]{1,80}), line (?P<line>\d{1,7})\)$")
#: A cell of a notebook, as verdicts name it.
CELL = re.compile(r"(?P<file>.+), cell (?P<number>\d{1,7})")
#: Characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets); other tools make XML from our JSON and
#: TAP.
NOT_XML = "\ufffe\uffff"


def clean(text: str, lines: int = LINES) -> list[str]:
    """The lines of a text without control and format characters, limited in length and number."""
    split = text.split("\n")
    short = [_cut(line) for line in split[:lines]]
    if len(split) <= lines:
        return short
    return [*short, _("(and {count} more lines)").format(count=len(split) - lines)]


def _cut(line: str) -> str:
    """A line's first MAX_LINE characters that may be shown; later ones are not examined."""
    kept: list[str] = []
    for c in line:
        if unicodedata.category(c) not in REFUSED and c not in NOT_XML:
            kept.append(c)
            if len(kept) > MAX_LINE:
                return "".join(kept[: MAX_LINE - 1]) + "…"
    return "".join(kept)


def located(line: str) -> str:
    """A line with the place of an exception at its end, `(network.py, line 21)`, in the reader's words."""
    found = WHERE.search(line)
    if found is None:
        return line
    return line[: found.start()] + _(" ({file}, line {line})").format(file=placed(found["file"]), line=found["line"])


def placed(file: str) -> str:
    """A file, or a cell of a notebook as verdicts name it, `hw.ipynb, cell 3`, in the reader's words."""
    found = CELL.fullmatch(file)
    return _("{file}, cell {number}").format(file=found["file"], number=found["number"]) if found else file


def message_lines(text: str) -> list[str]:
    """The lines of a verdict's message for people: clean, with places in the reader's words."""
    return [located(line) for line in clean(text)]


def told(text: str, whole: bool = False) -> list[str]:
    """Like `message_lines`, for messages of nnkata: long lines are broken, not cut, to keep the remedy at the end.

    With `whole` they are put together again, for a terminal that breaks them at its own width.
    """
    found: list[str] = []
    for line in text.split("\n")[:LINES]:
        parts = wrap(line[:LONGEST], MAX_LINE, break_on_hyphens=False, replace_whitespace=False)
        lines = message_lines("\n".join(parts if len(line) > MAX_LINE else [line]))
        found += [reduce(_joined, lines)] if whole else lines
    return found


def _joined(one: str, other: str) -> str:
    """Two parts of a line that was broken: Chinese has no blanks between words."""
    return one + ("" if max(one[-1:], other[:1]) > IDEOGRAPHS else " ") + other
