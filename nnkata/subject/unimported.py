"""The reason why an import failed: its exception, or no answer, and a line of advice."""

import importlib.util

from nnkata.language import _
from nnkata.subject import advice
from nnkata.subject.face import Died, Raised, TimedOut
from nnkata.subject.locate import Implementation
from nnkata.subject.newer import told_of
from nnkata.subject.text import NotFound


def raised(implementation: Implementation, error: Raised) -> NotFound:
    """The error for an import that raised."""
    name = implementation.path.name
    text = _("importing {path} raised {error}").format(path=name, error=advice.relative(str(error)))
    if error.kind == "SyntaxError":
        text += told_of(implementation.path.parent, error.message)
    own = error.where.rpartition(", line ")[0] in ("", name)
    return NotFound(_advised(text, advice.of_import(_text(implementation) if own else "", error)), error.where)


def silent(implementation: Implementation, error: TimedOut | Died) -> NotFound:
    """The error for an import without an answer in time, or whose process ended."""
    text = _("importing {path}: {error}").format(path=implementation.path.name, error=error)
    if implementation.command:
        return NotFound(text)
    advised, line = (advice.of_silence if isinstance(error, TimedOut) else advice.of_end)(_text(implementation))
    return NotFound(_advised(text, advised), f"{implementation.path.name}, line {line}" if line else "")


def _advised(text: str, more: str) -> str:
    return f"{text}\n{more}" if more else text


def _text(implementation: Implementation) -> str:
    try:
        return importlib.util.decode_source(implementation.path.read_bytes())
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ""
