"""The files of one submission as bytes, from folders, archives and archives in these."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from nnkata.grading.archives.archive import (
    MAX_DEPTH,
    MAX_PARTS,
    MAX_TOTAL,
    Refused,
    TooMuch,
    content,
    folder_of,
    opened,
    too_much,
)
from nnkata.grading.archives.member import shown
from nnkata.grading.kinds import (
    environments_of,
    is_archive,
    is_notebook,
    passed_over,
    skipped,
)
from nnkata.grading.submission.gathered import Gathered, take
from nnkata.language import _, reason
from nnkata.texts import text
from nnkata.worker.data import MAX_DATA, goes_with

#: Faults in one message.
SHOWN = 3


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
            elif not path.exists():
                raise Refused(_("it is no longer there; grade the folder once more"))
            elif not path.is_file():
                raise Refused(_("it is a pipe or a device, which is not read"))
            elif is_archive(name or path.name):
                _archive(found, path, PurePosixPath() if alone else PurePosixPath(name).parent, 1)
            else:
                take(found, PurePosixPath(name or text(path.name)), partial(_read, path))
    if not found.python and found.faults:
        raise Refused(_("; ").join(found.faults[:SHOWN]))
    found.notes += found.faults
    sources = found.python.values()
    found.data = {name: held for name, held in found.data.items() if goes_with(name, sources)}
    return found


def _order(name: str) -> tuple[bool, str]:
    """Notebooks after files, so that a file keeps its name for imports."""
    return is_notebook(name), name


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
                _folder(found, path, name) if path.is_dir() else take(found, name, partial(_read, path))
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
                    take(found, at / name, partial(content, member, what=too_much()), packed=True)
    for name, packed in inner:
        with tempfile.TemporaryDirectory() as folder, _noted(found, str(name)):
            copy = Path(folder, name.name.encode(errors="replace")[-100:].decode(errors="ignore"))
            copy.write_bytes(packed)
            _archive(found, copy, name.parent / folder_of(name.name), depth + 1)
