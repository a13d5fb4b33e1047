"""`[tool.nnkata]` of the nearest pyproject.toml, read once into a struct that refuses unknown keys.

The configuration belongs to the person who runs nnkata; a batch reads none that lies beside a submission.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.project import FILE, language_in, nearest, table_of, text_of
from nnkata.subject.walls.limits import Limits, limits_of
from nnkata.suggestions import meant


class Configuration(msgspec.Struct, frozen=True):
    """The settings of a project, for all of its runs.

    `laws` leaves out the clauses that rest on a choice. `skip` and `known_failures` map clauses to reasons, `points`
    stages and clauses to their weight. `declared` has the tables named for a kata, which the kata itself reads.
    `language` is one of LANGUAGES, or empty. Names of implementations are relative to `folder`: that of the file, or
    the working directory if there is no file.
    """

    folder: Path
    implementation: str = ""
    kata: str = ""
    language: str = ""
    limits: Limits = Limits()
    skip: Mapping[str, str] = {}
    known_failures: Mapping[str, str] = {}
    points: Mapping[str, float] = {}
    laws: bool = False
    declared: Mapping[str, Mapping[str, object]] = {}


#: The keys of the table.
KEYS = tuple(name for name in Configuration.__struct_fields__ if name not in ("folder", "declared"))


#: Options that some take for keys: they belong to a run, not to a project.
OPTIONS = frozenset(["stage", "upto", "clause", "isolation", "data", "seed", "features", "format", "output"])


def read(start: Path | None = None, katas: Collection[str] = ()) -> Configuration:
    """The configuration at or above `start`, the working directory if None; `katas` may have tables of their own.

    Raises:
        UsageError: the file is not TOML, a key is unknown, or a value is wrong.
    """
    path = nearest(start)
    if path.name == FILE:
        return _configuration(table_of(path), path, katas)
    return Configuration(path)


def _configuration(table: Mapping[str, object], path: Path, katas: Collection[str]) -> Configuration:
    for key in table:
        if key not in KEYS and key not in katas:
            text = _("{path}: [tool.nnkata] has no key {key!a}; its keys are {keys}")
            text = text.format(path=path, key=key[:60], keys=", ".join(KEYS))
            option = _("; it is an option of the command: {option}").format(option=f"--{key}")
            raise UsageError(text + (option if key in OPTIONS else meant(key, [*KEYS, *katas])))
    try:
        limits = limits_of(table.get("limits", {}))
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from None
    return Configuration(
        path.parent,
        text_of(table, "implementation", path),
        text_of(table, "kata", path),
        language_in(table, path),
        limits,
        _reasons(table, "skip", path),
        _reasons(table, "known_failures", path),
        _points(table.get("points", {}), path),
        _flag(table, "laws", path),
        {name: _declared(table[name], name, path) for name in katas if name in table},
    )


def _flag(table: Mapping[str, object], key: str, path: Path) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(_("{path}: {key} under [tool.nnkata] has to be true or false").format(path=path, key=key))
    return value


def _reasons(table: Mapping[str, object], key: str, path: Path) -> dict[str, str]:
    reasons = table.get(key, {})
    if isinstance(reasons, dict) and (lacking := next((name for name in reasons if reasons[name] == ""), None)):
        text = _('{key} under [tool.nnkata]: {clause} has no reason; write {clause} = "why"')
        raise UsageError(f"{path}: " + text.format(key=key, clause=lacking))
    if not isinstance(reasons, dict) or not all(isinstance(reason, str) for reason in reasons.values()):
        text = _('{key} under [tool.nnkata] has to be a table of reasons: {key} = {{CLAUSE = "why"}}')
        raise UsageError(f"{path}: " + text.format(key=key))
    return reasons


def _points(table: object, path: Path) -> dict[str, float]:
    if not isinstance(table, dict):
        text = _("points under [tool.nnkata] has to be a table: points = {STAGE = 30, CLAUSE = 0}")
        raise UsageError(f"{path}: {text}")
    for name, weight in table.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
            text = _("{name} under [tool.nnkata.points] is {weight!r}; it has to be a number, at least 0")
            raise UsageError(f"{path}: " + text.format(name=name, weight=weight))
    return {name: float(weight) for name, weight in table.items()}


def _declared(table: object, name: str, path: Path) -> Mapping[str, object]:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: " + _("[tool.nnkata.{name}] is not a table").format(name=name))
    return table
