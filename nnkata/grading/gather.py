"""The files of one submission as bytes: Python, notebooks as Python, data beside it; from folders and archives."""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from nnkata.grading.archives import (
    MAX_DEPTH,
    MAX_FILES,
    MAX_PARTS,
    MAX_TOTAL,
    Refused,
    TooMuch,
    content,
    folder_of,
    opened,
    too_much,
)
from nnkata.grading.formats import READERS
from nnkata.grading.kinds import (
    environments_of,
    is_archive,
    is_data,
    is_masked,
    is_notebook,
    is_python,
    leaving,
    looks_like_python,
    passed_over,
    skipped,
    trimmed,
)
from nnkata.grading.member import shown
from nnkata.language import _, reason
from nnkata.subject.definitions import definitions
from nnkata.subject.notebook import NotANotebook, Notebook, read_notebook
from nnkata.worker.data import MAX_DATA, TEXTS, goes_with
from nnkata.worker.tree import tree_of

#: Imports that exist wherever a submission runs; any other becomes optional in a notebook.
THERE = frozenset(sys.stdlib_module_names) | {"numpy"}
#: Faults in one message.
SHOWN = 3
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


def gather(parts: Mapping[str, Path]) -> Gathered:
    """Read files, folders and archives, each under its submitted name; "" for a folder's own names.

    Raises:
        Refused: there is more than a submission may have, or no Python, and a part cannot be read.
        OSError: the machine's fault.
    """
    found = Gathered()
    alone = len(parts) == 1
    for name, path in sorted(parts.items(), key=lambda part: _order(part[0] or part[1].name)):
        with _noted(found, "" if alone else name or text(path.name)):
            if path.is_symlink():
                raise Refused(_("it is a symbolic link, which is not followed"))
            if path.is_dir():
                _folder(found, path, PurePosixPath(name))
            elif not path.is_file():
                raise Refused(_("it is a pipe or a device, which is not read"))
            elif is_archive(name or path.name):
                _archive(found, path, PurePosixPath() if alone else PurePosixPath(name).parent, 1)
            else:
                _file(found, PurePosixPath(name or text(path.name)), partial(_read, path))
    if not found.python and found.faults:
        raise Refused(_("; ").join(found.faults[:SHOWN]))
    found.notes += found.faults
    sources = found.python.values()
    found.data = {name: held for name, held in found.data.items() if goes_with(name, sources)}
    return found


def _order(name: str) -> tuple[bool, str]:
    """Notebooks after files, so that a file keeps its name for imports."""
    return is_notebook(name), name


def text(name: str) -> str:
    """A name as text, even if its bytes are not UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def _read(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _folder(found: Gathered, folder: Path, at: PurePosixPath) -> None:
    if len(at.parts) > MAX_PARTS:
        raise Refused(_("it has more than {count} folders in each other").format(count=MAX_PARTS))
    archives = []
    for path in sorted(folder.iterdir(), key=lambda path: _order(path.name)):
        name = at / text(path.name)
        if path.is_symlink():
            found.notes.append(_("{name} is a symbolic link, which is not followed").format(name=name))
        elif kind := skipped(path):
            found.passed[kind] += 1
        elif is_archive(path.name) and not path.is_dir():
            archives.append(path)
        elif path.is_dir() or path.is_file():
            with _noted(found, str(name)):
                _folder(found, path, name) if path.is_dir() else _file(found, name, partial(_read, path))
    for path in archives:
        beside = bool(found.python) or len(archives) > 1
        with _noted(found, str(at / text(path.name))):
            _archive(found, path, at / folder_of(text(path.name)) if beside else at, 1)


@contextmanager
def _noted(found: Gathered, name: str) -> Iterator[None]:
    """A part that cannot be read becomes a fault, with its name if it has one: the others may be enough."""
    try:
        yield
    except TooMuch:
        raise
    except Refused as error:
        said = str(error)
        found.faults.append(said if PurePosixPath(name).name in said else f"{name}: {said}")
    except PermissionError as error:
        told = _("{path} cannot be read: {strerror}") if name else _("it cannot be read: {strerror}")
        found.faults.append(told.format(path=name, strerror=reason(error)))


def _archive(found: Gathered, path: Path, at: PurePosixPath, depth: int) -> None:
    if depth > MAX_DEPTH:
        found.notes.append(_("{name} is an archive too deep in others").format(name=shown(path)))
        return
    inner: list[tuple[PurePosixPath, bytes]] = []
    with opened(path) as members:
        listed = sorted(members, key=lambda member: _order(member.name))
        paths = [PurePosixPath(member.name) for member in listed]
        environments = environments_of(paths)
        for member, name in zip(listed, paths, strict=True):
            if kind := passed_over(name, environments):
                found.passed[kind] += 1
            elif is_archive(name.name):
                with _noted(found, str(at / name)):
                    inner.append((at / name, content(member, MAX_TOTAL + MAX_DATA, too_much())))
            else:
                with _noted(found, str(at / name)):
                    _file(found, at / name, partial(content, member, what=too_much()), packed=True)
    for name, packed in inner:
        with tempfile.TemporaryDirectory() as folder, _noted(found, str(name)):
            copy = Path(folder, name.name.encode(errors="replace")[-100:].decode(errors="ignore"))
            copy.write_bytes(packed)
            _archive(found, copy, name.parent / folder_of(name.name), depth + 1)


def _file(found: Gathered, name: PurePosixPath, read: Read, packed: bool = False) -> None:
    if kind := leaving(name.name):
        found.passed[kind] += 1
    elif is_masked(name.name) and str(_as_python(name)) in found.python:
        found.others.append(str(name))  # a copy of what is there under its own name
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
        found.python[_free(found, _as_python(name))] = source
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
        source = definitions(notebook.text, THERE)
    except NotANotebook as error:
        if looks_like_python(content) and tree_of(content) is not None:
            found.notes.append(_("{name} is Python under the name of a notebook").format(name=name.name))
            found.python[_free(found, _as_python(name))] = content
            return
        raise Refused(f"{name.name}: {error}") from None
    except (SyntaxError, RecursionError):
        source = notebook.text
    if not notebook.text.strip() and not notebook.left_out:
        raise Refused(_("{name} has no cell with code").format(name=name.name))
    key = _free(found, _as_python(name))
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
