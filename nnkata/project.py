"""The nearest pyproject.toml and its `[tool.nnkata]`, before anything heavy is imported."""

import contextlib
import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.language import LANGUAGES, _, named, reason

FILE = "pyproject.toml"
#: The least likeness of a table's name that was meant as `nnkata`.
MISSPELT = 0.9


def kata_of() -> str:
    """The configured kata, which decides which other keys are allowed; empty if there is none.

    Raises:
        UsageError: the file is not TOML.
    """
    path = nearest(None)
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
        whole = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        tools = whole.get("tool", {})
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
    if "nnkata" not in tools and (slip := _misspelt(whole, tools)):
        raise UsageError(_("{path}: {table} is not read; write [tool.nnkata]").format(path=path, table=slip))
    return table


def _misspelt(whole: Mapping[str, object], tools: object) -> str:
    """A table that was meant as `[tool.nnkata]`; empty if there is none."""
    own = tools if isinstance(tools, dict) else {}
    for within, there in (("tool.", own), ("", whole)):
        for name, value in there.items():
            likeness = difflib.SequenceMatcher(None, name.lower(), "nnkata").ratio()
            if (
                isinstance(value, dict)
                and name != "tool"
                and likeness >= MISSPELT
                and f"{within}{name}" != "tool.nnkata"
            ):
                return f"[{within}{name}]"
    return ""


def farther(path: Path) -> Path | None:
    """The nearest pyproject.toml with `[tool.nnkata]` above one without."""
    for file in (folder / FILE for folder in path.parent.parents if path.is_file()):
        with contextlib.suppress(UsageError):
            if file.is_file() and table_of(file):
                return file
    return None


def text_of(table: Mapping[str, object], key: str, path: Path) -> str:
    """A text of the table; empty if absent.

    Raises:
        UsageError: the value is no text.
    """
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(_("{path}: {key} under [tool.nnkata] has to be a text").format(path=path, key=key))
    return value
