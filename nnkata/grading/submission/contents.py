"""The content of an entry of a folder: code, a network, imports of others."""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.archives.archive import MAX_TOTAL
from nnkata.grading.kinds import code_below, head_of, is_archive, is_code, is_notebook, is_python, stem
from nnkata.grading.path_cache import once
from nnkata.subject.source.network_class import names_network, surface
from nnkata.texts import text

#: A module that a line imports.
IMPORT = re.compile(rb"^\s*(?:from|import)\s+\.?(\w+)", re.MULTILINE)


@once
def holds_code(entry: Path) -> bool:
    """Whether it may contain Python: such a file, an archive, a folder with one."""
    if entry.is_symlink():
        return False
    if entry.is_dir():
        return any(True for _code in code_below(entry))
    return is_code(entry.name)


def import_each_other(entries: Sequence[Path]) -> bool:
    """Whether a file of Python imports another entry."""
    names = {stem(text(entry.name)).encode(errors="replace") for entry in entries}
    files = [entry for entry in entries if entry.is_file() and is_python(entry.name)]
    return any(names & set(IMPORT.findall(_content(entry))) for entry in files)


def is_imported(path: Path, entries: Sequence[Path]) -> bool:
    """Whether one of other files of Python imports a file."""
    name = stem(text(path.name)).encode(errors="replace")
    files = [entry for entry in entries if entry != path and is_python(entry.name) and entry.is_file()]
    return any(name in IMPORT.findall(_content(entry)) for entry in files)


@once
def holds_network(entry: Path) -> bool:
    """Whether a file has the class, or a folder a file that has; an archive may."""
    if entry.is_symlink():
        return False
    if entry.is_dir():
        inside = [*code_below(entry)]
        python = [path for path in inside if is_python(path.name)]
        return any(map(_has_class, python)) or (not python and bool(inside)) or any(map(notebook_with_network, inside))
    return is_archive(entry.name) or is_notebook(entry.name) or (is_python(entry.name) and _has_class(entry))


def _has_class(path: Path) -> bool:
    content = _content(path)
    return names_network(content) or surface(content).fitting is not None


def notebook_with_network(path: Path) -> bool:
    """Whether a file is a notebook with the class in its text, where a line is a string of JSON."""
    return is_notebook(path.name) and names_network(re.sub(rb'\\n|"', b"\n", _content(path)))


def _content(path: Path) -> bytes:
    try:
        return head_of(path, MAX_TOTAL)
    except OSError:
        return b""
