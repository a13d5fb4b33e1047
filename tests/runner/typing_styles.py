"""Right networks in usual styles of typing, and wrong types: one text, and each style's changes (tests/styles/)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "styles"
BASE = (FOLDER / "base.txt").read_text(encoding="utf-8")
#: A is an array, F a float32 array, S sizes, R an accuracy; X, a method's argument, is A by default, and G a dict of A.
DEFAULTS = {"A": "NDArray[np.float64]", "F": "NDArray[np.float32]", "S": "list[int]", "R": "float"}
EMPTY = dict.fromkeys(("IMPORTS", "NAMES", "BASES", "FIELDS", "START", "CAST"), "")


@dataclass(frozen=True)
class Style:
    """A text, the Python that it needs, and for a wrong one the failing clause and a part of its message."""

    text: str
    python: tuple[int, int]
    clause: str
    says: str


def style(entry: dict[str, Any]) -> Style:
    """BASE with the names of an entry filled in and its pieces swapped, between its start and its end."""
    names = {**DEFAULTS, **EMPTY, **{name: value for name, value in entry.items() if name.isupper()}}
    names = {"X": names["A"], "G": f"dict[str, {names['A']}]", **names}
    text = re.sub("«(\\w+)»", lambda found: str(names[found[1]]), BASE)
    for old, new in entry.get("swaps", ()):
        assert old in text, old
        text = text.replace(old, new)
    major, minor = entry.get("python", (3, 11))
    whole = entry.get("start", "") + text + entry.get("end", "")
    return Style(whole, (major, minor), entry.get("clause", ""), entry.get("says", ""))


def styles(name: str) -> dict[str, Style]:
    """The styles of a file."""
    entries = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return {style_name: style(entry) for style_name, entry in entries.items()}


RIGHT = styles("right.toml")
WRONG = styles("wrong.toml")
