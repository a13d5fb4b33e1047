"""Texts made fit for storing, and put together: names, lists, labels."""

import re
import unicodedata
from collections.abc import Sequence

from nnkata.language import _

#: Scripts without blanks between words come after this character.
IDEOGRAPHS = "\u2e80"


def printable(text: str) -> str:
    """The text with control characters, format characters and unencodable characters as escapes."""
    return "".join(
        c.encode("unicode_escape").decode() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )


def text(name: str) -> str:
    """The name of a file as text, even if its bytes are not UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def listed(names: Sequence[str], most: int) -> str:
    """The first `most` names with commas between them, and a mark if there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def headed(heading: str, names: Sequence[str], most: int = 20) -> list[str]:
    """A line with the names behind their heading, of which the later ones are counted; none without names."""
    more = [_("and {count} more").format(count=len(names) - most)] if len(names) > most else []
    apart = "; " if any("," in name for name in names) else ", "  # Canvas' "Lovelace, Ada"
    return [labelled(heading, apart.join([*names[:most], *more]))] if names else []


def natural(name: str) -> tuple[tuple[tuple[str, int, str], ...], str]:
    """The key to sort names as people do: without regard to case, and `group 2` before `group 10`."""
    parts = re.findall(r"([^\d]*)(\d*)", unicodedata.normalize("NFKC", name).casefold())
    return tuple((words, int(number) if number else -1, number) for words, number in parts), name


def in_a_line(text: str) -> str:
    """The lines of a message as one, with semicolons between them."""
    return _("; ").join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def labelled(label: str, text: str) -> str:
    """The text after its label: a blank follows it, except for Chinese words and punctuation of full width."""
    return f"{label}{text}" if label[-1:] > IDEOGRAPHS else f"{label} {text}"
