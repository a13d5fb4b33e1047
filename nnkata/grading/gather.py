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
    MAX_TOTAL,
    Refused,
    TooMuch,
    content,
    folder_of,
    opened,
    too_much,
)
from nnkata.grading.formats import shown
from nnkata.grading.kinds import (
    is_archive,
    is_data,
    is_environment,
    is_notebook,
    is_python,
    leaving,
    passed_over,
    trimmed,
)
from nnkata.language import _, reason
from nnkata.subject.definitions import definitions
from nnkata.subject.notebook import NotANotebook, Notebook, read_notebook
from nnkata.worker.data import MAX_DATA

#: Imports that exist wherever a submission runs; any other becomes optional in a notebook.
THERE = frozenset(sys.stdlib_module_names) | {"numpy"}
#: Reads at most that many bytes of a file.
Read = Callable[[int], bytes]


@dataclass
class Gathered:
    """The files of a submission.

    `python` has its Python files, including converted notebooks; `raw` has the notebooks themselves; `data` the data
    files; `others` the names of files that nobody reads; `passed` counts leavings of tools; `notes` name omitted
    files, and `unread` those that may not be read.
    """

    python: dict[str, bytes] = field(default_factory=dict)
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    data: dict[str, bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def gather(parts: Mapping[str, Path]) -> Gathered:
    """Read files, folders and archives, each under its submitted name; "" for a folder's own names.

    Raises:
        Refused: there is more than a submission may have, or nothing can be read.
        OSError: a file cannot be read.
    """
    found = Gathered()
    refused: list[Refused] = []
    for name, path in sorted(parts.items(), key=lambda part: _order(part[0] or part[1].name)):
        try:
            if path.is_symlink():
                raise Refused(_("it is a symbolic link, which is not followed"))
            if path.is_dir():
                _folder(found, path, PurePosixPath(name))
            elif not path.is_file():
                raise Refused(_("it is a pipe or a device, which is not read"))
            elif is_archive(name or path.name):
                alone = len(parts) == 1
                _archive(found, path, PurePosixPath() if alone else PurePosixPath(name).parent, 1)
            else:
                _file(found, PurePosixPath(name or text(path.name)), partial(_read, path))
        except TooMuch:
            raise
        except Refused as error:
            refused.append(error)
        except PermissionError as error:
            if len(parts) == 1:
                raise
            refused.append(Refused(_unread(name or text(path.name), error)))
    if not found.python and (refused or found.unread):
        raise Refused(_("; ").join(found.unread)) if found.unread else refused[0]
    found.notes += [*found.unread, *map(str, refused)]
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
    archives = []
    for path in sorted(folder.iterdir(), key=lambda path: _order(path.name)):
        name = at / text(path.name)
        if path.is_symlink():
            found.notes.append(_("{name} is a symbolic link, which is not followed").format(name=name))
        elif kind := leaving(path.name, path.is_dir()) or ("venv" if path.is_dir() and is_environment(path) else ""):
            found.passed[kind] += 1
        elif is_archive(path.name) and not path.is_dir():
            archives.append(path)
        elif path.is_dir() or path.is_file():
            with _noted(found, name):
                _folder(found, path, name) if path.is_dir() else _file(found, name, partial(_read, path))
    for path in archives:
        beside = bool(found.python) or len(archives) > 1
        with _noted(found, at / text(path.name)):
            _try(found, path, at / folder_of(text(path.name)) if beside else at, 1)


@contextmanager
def _noted(found: Gathered, name: PurePosixPath) -> Iterator[None]:
    """A file or a folder inside a folder that may not be read becomes a note: the others may be enough."""
    try:
        yield
    except PermissionError as error:
        found.unread.append(_unread(name, error))


def _unread(name: object, error: OSError) -> str:
    return _("{path} cannot be read: {strerror}").format(path=name, strerror=reason(error))


def _try(found: Gathered, path: Path, at: PurePosixPath, depth: int) -> None:
    """Read an archive beside other files: its fault becomes a note if there is something else to judge."""
    before = len(found.python)
    try:
        _archive(found, path, at, depth)
    except Refused as error:
        if not found.python or isinstance(error, TooMuch):
            raise
        found.notes.append(str(error) if len(found.python) == before else f"{shown(path)}: {error}")


def _archive(found: Gathered, path: Path, at: PurePosixPath, depth: int) -> None:
    if depth > MAX_DEPTH:
        found.notes.append(_("{name} is an archive too deep in others").format(name=shown(path)))
        return
    inner: list[tuple[PurePosixPath, bytes]] = []
    with opened(path) as members:
        listed = sorted(members, key=lambda member: _order(member.name))
        paths = [PurePosixPath(member.name) for member in listed]
        environments = [p.parent for p in paths if p.name == "pyvenv.cfg" and p.parent.parts]
        for member, name in zip(listed, paths, strict=True):
            if kind := passed_over(name, environments):
                found.passed[kind] += 1
            elif is_archive(name.name):
                inner.append((at / name, content(member, MAX_TOTAL + MAX_DATA, too_much())))
            else:
                _file(found, at / name, partial(content, member, what=too_much()), packed=True)
    for name, packed in inner:
        with tempfile.NamedTemporaryFile(suffix=name.suffix) as file:
            file.write(packed)
            file.flush()
            _try(found, Path(file.name), name.parent / folder_of(name.name), depth + 1)


def _file(found: Gathered, name: PurePosixPath, read: Read, packed: bool = False) -> None:
    if kind := leaving(name.name):
        found.passed[kind] += 1
    elif is_python(name.name):
        left = MAX_TOTAL - sum(map(len, found.python.values()))
        source = read(left) if packed else read(left + 1)
        if len(source) > left:
            size = MAX_TOTAL >> 20
            raise TooMuch(_("{path} is larger than {max_total} MiB").format(path=name.name, max_total=size))
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


def _notebook(found: Gathered, name: PurePosixPath, read: Read) -> None:
    try:
        content = read(MAX_TOTAL + MAX_DATA)
        notebook = read_notebook(content)
        source = definitions(notebook.text, THERE)
    except NotANotebook as error:
        raise Refused(f"{name.name}: {error}") from None
    except (SyntaxError, RecursionError):
        source = notebook.text
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
