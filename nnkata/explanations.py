"""What a clause rests on: the idea with its shapes, an example to be checked by hand, hints. A file a language.

What lives here: texts for people who learn. What must not: anything that judges.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from nnkata.kata import current as kata
from nnkata.language import current


class Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic; `check` is a Python expression that is true if the example is."""

    clauses: str
    read: str
    mathematics: str
    example: str
    check: str
    hints: tuple[str, ...]


@cache
def _topics(folder: Path, language: str) -> dict[str, Explanation]:
    text = (folder / f"{language}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Explanation])


def topics(language: str) -> dict[str, Explanation]:
    """Every topic of the current kata, by name; in English where that language has none."""
    folder = kata().explanations
    if folder is None:
        return {}
    return _topics(folder, language if (folder / f"{language}.toml").is_file() else "en")


def explanation(clause: str) -> Explanation | None:
    """The topic of a clause in the current language; None for a clause that the kata does not explain."""
    return next((topic for topic in topics(current()).values() if clause in topic.clauses.split()), None)
