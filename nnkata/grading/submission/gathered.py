"""The files of one submission by their kinds: Python, notebooks as Python, data beside it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from nnkata.grading.archives.archive import MAX_FILES, MAX_TOTAL, Refused, TooMuch
from nnkata.grading.archives.formats import READERS
from nnkata.grading.kinds import (
    is_data,
    is_masked,
    is_notebook,
    is_python,
    leaving,
    looks_like_python,
    trimmed,
)
from nnkata.language import _
from nnkata.subject.source.definitions import reduced
from nnkata.subject.source.exported_notebooks import saved_as_script
from nnkata.subject.source.notebook import NotANotebook, Notebook, read_notebook
from nnkata.worker.data import MAX_DATA, TEXTS
from nnkata.worker.tree import tree_of

#: Reads at most that many bytes of a file.
Read = Callable[[int], bytes]


@dataclass
class Gathered:
    """The files of a submission.

    `python` has its Python files, including converted notebooks; `raw` has the notebooks themselves; `data` the data
    files; `others` the names of files that nobody reads; `passed` counts leavings of tools; `notes` name omitted
    files, and `faults` those that cannot be read.
    """

    python: dict[str, bytes] = field(default_factory=dict)
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    data: dict[str, bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def take(found: Gathered, name: PurePosixPath, read: Read, packed: bool = False) -> None:
    """Read a file of a submission under its name; `packed` if `read` itself refuses one beyond the limit.

    Raises:
        Refused: it cannot be read, or there is more than a submission may have.
    """
    if kind := leaving(name.name):
        found.passed[kind] += 1
    elif is_masked(name.name) and str(_as_python(name)) in found.python:
        found.others.append(str(name))  # a copy of a file that is there under its own name
    elif is_python(name.name):
        left = MAX_TOTAL - sum(map(len, found.python.values()))
        source = read(left) if packed else read(left + 1)
        if len(source) > left:
            size = MAX_TOTAL >> 20
            raise TooMuch(_("{path} is larger than {max_total} MiB").format(path=name.name, max_total=size))
        if source.startswith(tuple(READERS)):
            said = _("{name} is an archive under the name of a Python file; rename it to .zip, .7z or .rar")
            raise Refused(said.format(name=name.name))
        if source.lstrip().startswith(b"{") and b'"nbformat"' in source:
            found.notes.append(_("{name} is a notebook under the name of a Python file").format(name=name.name))
            _notebook(found, name, lambda _size: source)
            return
        if (cut := saved_as_script(source)) is not None:
            found.notes.append(
                _("{name} is a notebook saved as a script; its definitions are judged").format(name=name.name)
            )
        found.python[_free(found, _as_python(name))] = source if cut is None else cut
        if len(found.python) > MAX_FILES:
            text = _("it has more than {max_files} Python files or {max_total} MiB of them")
            raise TooMuch(text.format(max_files=MAX_FILES, max_total=MAX_TOTAL >> 20))
    elif is_notebook(name.name):
        _notebook(found, name, read)
    elif is_data(name.name):
        _data(found, name, read)
    else:
        found.others.append(str(name))
        if name.name.lower().endswith(TEXTS):
            _data(found, name, read)


def _notebook(found: Gathered, name: PurePosixPath, read: Read) -> None:
    try:
        content = read(MAX_TOTAL + MAX_DATA)
        notebook = read_notebook(content)
    except NotANotebook as error:
        if looks_like_python(content) and tree_of(content) is not None:
            found.notes.append(_("{name} is Python under the name of a notebook").format(name=name.name))
            found.python[_free(found, _as_python(name))] = content
            return
        raise Refused(f"{name.name}: {error}") from None
    if not notebook.text.strip() and not notebook.left_out:
        raise Refused(_("{name} has no cell with code").format(name=name.name))
    key = _free(found, _as_python(name))
    cut = reduced(notebook.text)
    source = notebook.text if cut is None else cut
    if not source.strip():
        source = "#\n"  # it has code, and no class and no function: its file is not called empty
    found.python[key], found.notebooks[key], found.raw[str(name)] = source.encode(), notebook, content
    found.notes += [f"{name.name}, {told}" for told in notebook.left_out]
    for beside, content_ in notebook.files.items():
        if str(name.with_name(beside)) not in found.python:
            found.python[str(name.with_name(beside))] = content_.encode()


def _data(found: Gathered, name: PurePosixPath, read: Read) -> None:
    left = MAX_DATA - sum(map(len, found.data.values()))
    try:
        content_ = read(left)[: left + 1]
    except Refused:
        content_ = bytes(left + 1)
    if len(content_) < left:
        found.data[str(name)] = content_
    else:
        text = _("{name} is left out: the data of a submission may have {size} MiB")
        found.notes.append(text.format(name=name, size=MAX_DATA >> 20))
        found.others.append(str(name))


def _as_python(name: PurePosixPath) -> PurePosixPath:
    """The name with the ending of a module, and nothing behind that."""
    return name.with_name(trimmed(name.name)).with_suffix(".py")


def _free(found: Gathered, name: PurePosixPath) -> str:
    """The name, or a similar one if a notebook and a file have the same."""
    taken, number = name, 1
    while str(taken) in found.python:
        number += 1
        taken = name.with_stem(f"{name.stem}_{number}")
    return str(taken)
