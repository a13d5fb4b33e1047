"""The reason why an import failed: its exception, or no answer, and a line of advice."""

import importlib.util
import re
from pathlib import Path

from nnkata.language import _
from nnkata.subject.face import Died, Raised, TimedOut
from nnkata.subject.locate import Implementation
from nnkata.subject.source import import_advice
from nnkata.subject.source.text import NotFound, NotImported, checked_source
from nnkata.worker.foreign_code.definitions import below
from nnkata.worker.imports.present import is_file


def raised(implementation: Implementation, error: Raised) -> NotImported:
    """The error for an import that raised."""
    name = implementation.path.name
    if error.kind == "SyntaxError" and (helper := _no_python(implementation.path, error.message)):
        return NotImported(_("importing {path}: {error}").format(path=name, error=helper), helper.where)
    text = _("importing {path} raised {error}").format(path=name, error=import_advice.relative(str(error)))
    own = error.where.rpartition(", line ")[0] in ("", name)
    return NotImported(
        _advised(text, import_advice.of_import(_text(implementation) if own else "", error)), error.where
    )


def silent(implementation: Implementation, error: TimedOut | Died) -> NotImported:
    """The error for an import without an answer in time, or whose process ended."""
    text = _("importing {path}: {error}").format(path=implementation.path.name, error=error)
    if implementation.command:
        return NotImported(text)
    if isinstance(error, TimedOut):
        own = [line for file, line in error.stack if file.rpartition("/")[2] == implementation.path.name]
        advised, line = import_advice.of_silence(_text(implementation), own[-1] if own else 0)
    else:
        advised, line = import_advice.of_end(_text(implementation))
    return NotImported(_advised(text, advised), f"{implementation.path.name}, line {line}" if line else "")


def _no_python(path: Path, message: str) -> NotFound | None:
    """The reason why an imported file is not Python, by its name in the SyntaxError's message."""
    found = re.search(r"\(([\w-]+)\.py, line \d+\)", message)
    beside = path.with_name(f"{found[1]}.py") if found else path
    if not is_file(beside):
        beside = below([path.parent], found[1] if found else "") or path
    if beside == path:
        return None
    try:
        checked_source(beside)
    except NotFound as reason:
        return reason
    return None


def _advised(text: str, more: str) -> str:
    return f"{text}\n{more}" if more else text


def _text(implementation: Implementation) -> str:
    try:
        return importlib.util.decode_source(implementation.path.read_bytes())
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ""
