"""The places of a failure: the files and lines in a message, in the parts that are nnkata's own words.

An exception's own text may name any path; the place is nnkata's addition after it. The findings of the clauses that
read the source begin with their place, each on a line of its own.
"""

import re
from pathlib import Path, PurePath
from typing import NamedTuple

from nnkata.registry import current as kata
from nnkata.reports.clean import clean
from nnkata.verdict import ClauseResult

#: The end of a message about an exception: `(network.py, line 21)`.
RAISED = re.compile(r", line (?P<line>\d{1,7})\)\Z")
#: A finding: `network.py:12: error: …`, at the start of a line or after the label of the result.
FINDING = re.compile(
    r"(?:^|[:：])[ \t]*(?P<file>[^:：\n]+?\.(?i:py)):(?P<line>\d{1,7}):(?: error:)? ?(?P<text>[^\n]*)", re.MULTILINE
)


#: The endings of a name that is a file.
SOURCES = (".py", ".ipynb")


class Remark(NamedTuple):
    """A file, relative to the folder of the implementation, a line, and a message about it."""

    file: str
    line: int
    text: str = ""


def places(result: ClauseResult, source: bool) -> list[Remark]:
    """Every place in the message.

    `source` is whether the clause reads the source: elsewhere a text may only look like a finding.
    """
    if result.status == "failed":
        if not source:
            return []
        return [
            Remark(found["file"].strip(), max(1, int(found["line"])), clean(found["text"], 1)[0])
            for found in FINDING.finditer(result.message)
        ]
    text = result.message.rstrip()
    if result.status == "error" and (found := RAISED.search(text)):
        return [Remark(file, max(1, int(found["line"])))] if (file := _bracketed(text[: found.start()])) else []
    return []


def _bracketed(text: str) -> str:
    """The text after the last open bracket, if it is a Python file: a name may contain brackets too."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:
            return text[at + 1 :] if text.lower().endswith(".py") else ""
    return ""


def file_of(implementation: str) -> str:
    """The file of an implementation, from its name: a file, a module, or the entry of a folder."""
    name, where = PurePath(_target(implementation)[0]), folder(implementation)
    if name.suffix.lower() in SOURCES:
        return name.as_posix()
    return (where / kata().entry if name == where else where / f"{name.name.rpartition('.')[2]}.py").as_posix()


def folder(implementation: str) -> PurePath:
    """The folder of an implementation's files, from its name alone: a file's, a package's, or the name itself."""
    target, colon = _target(implementation)
    path = PurePath(target)
    if path.suffix.lower() in SOURCES:
        return path.parent
    if len(path.parts) == 1 and (colon or "." in target):
        return PurePath(*target.split(".")[:-1])
    return path


def _target(implementation: str) -> tuple[str, bool]:
    """The part of a name before its class, and whether it names one."""
    target, colon, class_name = implementation.rpartition(":")
    return (target, True) if colon and class_name.isidentifier() else (implementation, False)


def in_repository(file: str) -> str:
    """A file's path for a code host: relative to the working directory, if it lies below that."""
    path = PurePath(file)
    here = Path.cwd()
    return (path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path).as_posix()
