"""The source text of an implementation: read and compiled, never run.

Everything that makes it unfit to judge is said with its line and with advice, before a process starts.
"""

import contextlib
import importlib.util
import re
import warnings
from pathlib import Path

from nnkata.errors import NotJudged
from nnkata.language import _, reason
from nnkata.subject.source.kinds import NOTEBOOK, kind_of
from nnkata.subject.source.newer_syntax import told
from nnkata.subject.source.syntax import translated
from nnkata.worker.tree import newlines

#: Bytes of a source file. The reference has 9 kB; Python's parser takes up to 650 times as much memory as text.
MAX_SOURCE = 1 << 18


#: A line among the first two that names an encoding (PEP 263).
CODING = re.compile(rb"(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*[-\w.]+")


class NotFound(NotJudged):
    """There is nothing to judge under that name; the text states where nnkata looked and what to do.

    `where` is the line at fault, in the form of `Raised`: `network.py, line 21`; empty if unknown.
    """

    def __init__(self, text: str, where: str = "") -> None:
        """Both are arguments, so that the exception can be pickled between processes."""
        super().__init__(text, where)
        self.text, self.where = text, where

    def __str__(self) -> str:
        """The text."""
        return self.text


class NotImported(NotFound):
    """The import of the implementation failed: it raised, gave no answer in time, or its process ended."""


def checked_source(path: Path) -> bytes:
    """The source of a file.

    Raises:
        NotFound: it is no Python, cannot be read or is too large; the text states the reason.
    """
    try:
        with path.open("rb") as file:
            source = file.read(MAX_SOURCE + 1)
    except OSError as error:
        raise NotFound(_("{path} cannot be read: {strerror}").format(path=path.name, strerror=reason(error))) from None
    if not source.strip():
        raise NotFound(_("{path} is empty; `nnkata init` writes its content").format(path=path.name))
    if kind := kind_of(source):
        if path.suffix == ".ipynb" and kind[1] == _(NOTEBOOK):
            text = _("{path} is a notebook: `nnkata check` judges it, and `%%nnkata` its cells as you write them")
            raise NotFound(text.format(path=path.name))
        said = _("{path} is not Python source: it is {kind}").format(path=path.name, kind=kind[0])
        raise NotFound(f"{said}\n{kind[1]}")
    if len(source) > MAX_SOURCE:
        raise too_large(path)
    if wide := _wide(source):
        text = _("{path} is saved as {encoding}, which Python does not read; save it as UTF-8")
        raise NotFound(text.format(path=path.name, encoding=wide))
    if b"\0" not in source:
        _require_encoding(path, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escape sequences and the like: the learner's own tools show them
            compile(source, path.name, "exec", dont_inherit=True)
    except SyntaxError as error:
        from nnkata.subject.source.not_python import of_text  # 2 to 7 ms, for a file that is not Python alone

        with contextlib.suppress(SyntaxError, UnicodeDecodeError):  # an error in the coding line
            if later := told(importlib.util.decode_source(source)):
                text = _("{path} cannot be judged: {reason}").format(path=path.name, reason=later)
                text += "\n" + _("write the line in the older form, or have it judged by the later Python")
                raise NotFound(text, f"{path.name}, line {error.lineno}") from None
        said = _("{path} is not Python: {msg} (line {lineno})") if error.lineno else _("{path} is not Python: {msg}")
        said = said.format(path=path.name, msg=translated(error.msg), lineno=error.lineno)
        more = of_text(source, error)
        raise NotFound(
            f"{said}\n{more}" if more else said,
            f"{path.name}, line {error.lineno}" if error.lineno else "",
        ) from None
    except (RecursionError, MemoryError):
        text = too_deep(source.decode("utf-8", errors="replace"))
        raise NotFound(_("{path} cannot be judged: {reason}").format(path=path.name, reason=text)) from None
    except (ValueError, OverflowError) as error:
        raise NotFound(_("{path} is not Python source: {error}").format(path=path.name, error=error)) from None
    return source


def _wide(source: bytes) -> str:
    """UTF-32 or UTF-16, by the mark at the beginning, or by the zeros between letters; "" if it is neither."""
    begin = source[: min(64, len(source) // 4 * 4)]
    zeros = begin.count(0) / max(len(begin), 1)
    if source[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or zeros == 3 / 4:
        return "UTF-32"
    mark = source[:2] in (b"\xff\xfe", b"\xfe\xff") and len(source) % 2 == 0
    return "UTF-16" if mark or zeros == 1 / 2 else ""


def _require_encoding(path: Path, source: bytes) -> None:
    """Refuse a text in an encoding that it does not name, in comments too, which `compile` does not look at.

    Raises:
        NotFound: Python itself would not run the file.
    """
    try:
        if CODING.match(source):
            importlib.util.decode_source(source)
        else:  # `decode_source` would say of the first two lines that they name no known encoding
            source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        text = _("{path} is not saved as UTF-8 (line {lineno}), which Python needs; save it as UTF-8")
        raise NotFound(text.format(path=path.name, lineno=line), f"{path.name}, line {line}") from None
    except (SyntaxError, LookupError):
        return  # of its coding line, which `compile` explains


def too_deep(text: str) -> str:
    """The message about an expression that Python's parser gives up, for which it names no line: the longest one."""
    lines = newlines(text).split("\n")
    number = 1 + max(range(len(lines)), key=lambda n: len(lines[n]), default=0)
    return _("an expression is nested too deeply for Python, perhaps that of line {lineno}").format(lineno=number)


def too_large(path: Path) -> NotFound:
    """The message about a source file over MAX_SOURCE."""
    text = _("{path} is larger than {size} KiB, which is more than anybody writes by hand")
    return NotFound(text.format(path=path.name, size=MAX_SOURCE >> 10))
