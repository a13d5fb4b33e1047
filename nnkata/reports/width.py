"""Text in columns of a terminal, in which a Chinese character takes two and a combining one none."""

import contextlib
import re
import sys
from collections.abc import Iterator, Sequence

from nnkata.terminal import NEW, columns_of

#: The most columns of a line.
WIDTH = NEW
#: The columns of the narrowest terminal for which lines are broken at words.
NARROWEST = 40
#: Places for a line break: after blanks, and around each character that is two columns wide.
PIECES = re.compile(r"\s+|[^\s\u1100-\u115f\u2e80-\uffdc]+|.", re.S)
#: Punctuation that must not begin a line, and punctuation that must not end one.
CLOSING, OPENING = "，。、；：？！）》」』”’…,.;:?!)]}", "（《「『“‘([{"
#: A line end beside full-width punctuation, or between two Chinese characters: no blank belongs there.
SEAM = (
    r"(?<=[\u3001-\u303f\uff01-\uff5e])\s*\n\s*|\s*\n\s*(?=[\u3001-\u303f\uff01-\uff5e])"
    r"|(?<=[\u4e00-\u9fff])\s*\n\s*(?=[\u4e00-\u9fff])"
)
#: The marks and formulas of English reports: each character is one column wide.
NARROW = str.maketrans(dict.fromkeys("✓✗…·×⊙⊗σδΔᵀ√∞≤≥→½²±–—’‘“”", "x"))


_room = WIDTH


def line_width() -> int:
    """The columns of a line: those of a new terminal, fewer within `on_screen` on a narrower one."""
    return _room


@contextlib.contextmanager
def on_screen() -> Iterator[None]:
    """Let lines be no wider than the terminal that shows standard output."""
    global _room
    before = _room
    with contextlib.suppress(OSError):  # an object in its place may have no number
        if sys.stdout.isatty():
            _room = max(NARROWEST, min(WIDTH, columns_of(sys.stdout.fileno())))
    try:
        yield
    finally:
        _room = before


def columns(text: str) -> int:
    """The number of columns of a text; a control character counts as one."""
    plain = text.translate(NARROW)
    if plain.isascii() and plain.isprintable():
        return len(text)
    from wcwidth import wcswidth  # takes 15 ms, and most reports in English do without it

    width = wcswidth(text)
    return width if width >= 0 else sum(max(1, wcswidth(c)) for c in text)


def pad(text: str, width: int) -> str:
    """The text padded with blanks to that many columns."""
    return text + " " * (width - columns(text))


def cut(text: str, width: int) -> str:
    """The beginning of the text that fits into that many columns."""
    while columns(text) > width:
        text = text[:-1]
    return text


def behind(label: str, command: str, width: int) -> list[str]:
    """A command after its label; if the two do not fit a line, whole on the next one."""
    line = f"{label}  {command}"
    return [line] if columns(line) <= width else [label, f"  {command}"]


def flow(text: str) -> str:
    """A paragraph as a single line: line ends become blanks, except within a Chinese sentence."""
    return " ".join((text if text.isascii() else re.sub(SEAM, "", text)).split())


def rows(lines: Sequence[str], width: int) -> int:
    """The number of terminal rows of the lines: a command longer than a row continues in the next one."""
    return sum(max(1, -(-columns(line) // width)) for line in lines)


def wrap(text: str, width: int, initial_indent: str = "", subsequent_indent: str = "") -> list[str]:
    """Lines of at most that many columns, as `textwrap.wrap` makes them; Chinese breaks between characters.

    A word or a piece of code wider than a line is broken at the line's end.
    """
    lines: list[str] = []
    indent, line = initial_indent, ""
    for unit in _units(text):
        blank = " " if unit.startswith(" ") and line else ""
        word = unit.lstrip()
        if line and columns(indent + line + blank + word) > width:
            lines.append(indent + line)
            indent, line, blank = subsequent_indent, "", ""
        while columns(indent + word) > width and columns(word) > 2:
            head = cut(word, max(2, width - columns(indent)))
            lines.append(indent + head)
            indent, word = subsequent_indent, word[len(head) :]
        line += blank + word
    return [*lines, indent + line] if line else lines


def _units(text: str) -> Iterator[str]:
    """The unbreakable parts, each with the blank before it: a word, a character with its punctuation."""
    unit = ""
    for piece in PIECES.findall(text):
        if piece.isspace():
            if unit.strip():
                yield unit
                unit = " "
        elif unit.strip() and piece[0] not in CLOSING and unit[-1] not in OPENING:
            yield unit
            unit = piece
        else:
            unit += piece
    if unit.strip():
        yield unit
