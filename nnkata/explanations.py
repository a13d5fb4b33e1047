"""The background of a clause: the idea with its shapes, an example to check by hand, hints. Two files per language.

LANGUAGE.toml has the topics, each for the clauses that rest on one idea; LANGUAGE.clauses.toml, if a kata has it, has
the texts of single clauses.

Here: texts for learners. Not here: anything that judges.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from nnkata.errors import UsageError
from nnkata.language import _, current, reason
from nnkata.registry import current as kata

T = TypeVar("T")


class Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic; `check` is a Python expression, true if the example is right, `ask` a question to think over."""

    clauses: str
    read: str
    mathematics: str
    example: str
    check: str
    hints: tuple[str, ...]
    ask: str = ""


class OfClauses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By clause: its own point, and a first hint if the topic's is about another clause."""

    about: dict[str, str] = {}
    nudge: dict[str, str] = {}


@cache
def _of_clauses(folder: Path, language: str) -> OfClauses:
    path = folder / f"{language}.clauses.toml"
    if not path.is_file():
        return OfClauses()
    return _read(path, OfClauses)


@cache
def _topics(folder: Path, language: str) -> dict[str, Explanation]:
    found = _read(folder / f"{language}.toml", dict[str, Explanation])
    for name, topic in found.items():
        if topic.read not in kata().readings:
            text = _("{path}: {topic} is to be read in {part!r}, which is not among the readings of the kata")
            raise UsageError(text.format(path=folder / f"{language}.toml", topic=name, part=topic.read))
    return found


def _read(path: Path, kind: type[T]) -> T:
    """The content of a file.

    Raises:
        UsageError: it cannot be read, or has another form.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{path}: {reason(error) if isinstance(error, OSError) else error}") from None


def topics(language: str) -> dict[str, Explanation]:
    """Every topic of the current kata, by name; in English if the language has none."""
    folder = kata().explanations
    if folder is None:
        return {}
    return _topics(folder, language if (folder / f"{language}.toml").is_file() else "en")


def of_clauses(language: str) -> OfClauses:
    """The current kata's texts for each clause alone; in English if that language has none."""
    folder = kata().explanations
    if folder is None:
        return OfClauses()
    return _of_clauses(folder, language if (folder / f"{language}.toml").is_file() else "en")


def explanation(clause: str) -> Explanation | None:
    """The explanation of a clause in the current language: its own point, then its topic's mathematics and hints.

    None for a clause that the kata does not explain.
    """
    topic = next((topic for topic in topics(current()).values() if clause in topic.clauses.split()), None)
    if topic is None:
        return None
    own = of_clauses(current())
    about = own.about.get(clause, "")
    between = " " if about.endswith((".", "?", ":")) else ""
    said = about + between + topic.mathematics.strip()
    hints = (own.nudge[clause], *topic.hints) if clause in own.nudge else topic.hints
    return msgspec.structs.replace(topic, mathematics=said, hints=hints)
