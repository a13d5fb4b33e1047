"""The nearest pyproject.toml and its `[tool.nnkata]`, before anything heavy is imported."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.language import LANGUAGES, _, named, reason

FILE = "pyproject.toml"


def kata_of(start: Path | None = None) -> str:
    """The configured kata, which decides which other keys are allowed; empty if there is none.

    Raises:
        UsageError: the file is not TOML.
    """
    path = nearest(start)
    return text_of(table_of(path), "kata", path) if path.name == FILE else ""


def language_of(start: Path | None = None) -> str:
    """The configured language, one of LANGUAGES; empty if there is none.

    Raises:
        UsageError: the file is not TOML, or there is no such language.
    """
    path = nearest(start)
    return language_in(table_of(path), path) if path.name == FILE else ""


def language_in(table: Mapping[str, object], path: Path) -> str:
    """The language of a table; empty if it has none.

    Raises:
        UsageError: there is no such language.
    """
    text = text_of(table, "language", path)
    if text and not named(text):
        raise UsageError(f"{path}: " + unknown(text))
    return named(text)


def unknown(language: str) -> str:
    """The message about an unknown language, with the known ones."""
    text = _("there is no language {unknown!a}; there are {languages}")
    return text.format(unknown=language[:60], languages=", ".join(LANGUAGES))


def nearest(start: Path | None) -> Path:
    """The nearest pyproject.toml at or above a folder; the folder itself if there is none."""
    here = (Path.cwd() if start is None else start).resolve()
    return next((folder / FILE for folder in (here, *here.parents) if (folder / FILE).is_file()), here)


def table_of(path: Path) -> Mapping[str, object]:
    """`[tool.nnkata]` of a pyproject.toml.

    Raises:
        UsageError: the file is not TOML, or the key is no table.
    """
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("tool", {})
    except UnicodeDecodeError:
        raise UsageError(
            _("{path} is not saved as UTF-8, which TOML needs; save it as UTF-8").format(path=path)
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_("{path} is not TOML: {error}").format(path=path, error=error)) from None
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {strerror}").format(path=path, strerror=reason(error))) from None
    table = tools.get("nnkata", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise UsageError(_("{path}: [tool.nnkata] is not a table").format(path=path))
    return table


def text_of(table: Mapping[str, object], key: str, path: Path) -> str:
    """A text of the table; empty if absent.

    Raises:
        UsageError: the value is no text.
    """
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(_("{path}: {key} under [tool.nnkata] has to be a text").format(path=path, key=key))
    return value
