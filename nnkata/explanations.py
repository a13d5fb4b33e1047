"""What a clause rests on: the idea with its shapes, an example to be checked by hand, hints. A file a language.

What lives here: texts for people who learn. What must not: anything that judges.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

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
def topics(language: str) -> dict[str, Explanation]:
    """Every topic in a language, by name.

    Raises:
        FileNotFoundError: nothing is explained in that language.
    """
    text = (Path(__file__).parent / "katas/article/explanations" / f"{language}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Explanation])


def explanation(clause: str) -> Explanation | None:
    """The topic of a clause in the current language; None for a clause that is not the contract's."""
    return next((topic for topic in topics(current()).values() if clause in topic.clauses.split()), None)
