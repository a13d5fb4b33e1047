"""A folder as a course collects it, to submissions: files, folders, clones, archives, exports of learning platforms."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.grading.archives import MAX_FILES, MAX_TOTAL, Refused, python_files
from nnkata.kata import current as kata
from nnkata.language import _, reason

#: Moodle's folders: `Ada Lovelace_12345_assignsubmission_file_`.
MOODLE = re.compile(r"_\d+_assignsubmission_\w*$")
#: Canvas' files, one or several of a student: `lovelaceada_LATE_USER_FILE_network-1.py`, where -1 is a second hand-in.
CANVAS = re.compile(r"(?P<who>[^_]+)_(?:LATE_)?(?P<user>\d+)_\d+_(?P<stem>.+?)(?:-\d+)?(?P<suffix>\.py|\.zip)$", re.I)
#: In a Gradescope export: it lists the submissions, which lie beside it.
GRADESCOPE = "submission_metadata.yml"
MAX_NAME = 100


@dataclass(frozen=True)
class Found:
    """A submission: its name, which is that of no other, and the file, folder or archive that it is.

    `parts` has the files that it is where they lie beside those of others, by the names that they were handed in with.
    """

    name: str
    path: Path
    parts: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """A submission's Python files, relative path to content, and which of them is the implementation."""

    files: dict[str, bytes]
    entry: str


def find(folder: Path) -> list[Found]:
    """The submissions in a folder, by name. Hidden files and what is neither Python, archive nor folder are none.

    Raises:
        OSError: the folder cannot be read.
    """
    top = _descend(folder)
    found: list[Found] = []
    taken: set[str] = set()
    together: dict[str, dict[str, Path]] = {}
    for path in sorted(top.iterdir(), key=lambda path: (path.name.casefold(), path.name)):
        is_one = path.is_symlink() or path.is_dir() or path.suffix.lower() in (".py", ".zip")
        if path.name.startswith((".", "__")) or not is_one:
            continue
        if (canvas := CANVAS.match(path.name)) and path.is_file() and not path.is_symlink():
            student = together.setdefault(f"{canvas['who']}_{canvas['user']}", {})
            student[canvas["stem"] + canvas["suffix"].lower()] = path
        else:
            found.append(Found(_name(path, taken), path))
    for student_name, parts in together.items():
        path = next(iter(parts.values()))
        found.append(Found(_name(Path(student_name + ".py"), taken), path, parts if len(parts) > 1 else {}))
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def bundle(found: Found) -> Bundle:
    """Read a submission.

    Raises:
        Refused: it cannot be judged; the text says why.
    """
    path = found.path
    files: dict[str, bytes] = {}
    try:
        if path.is_symlink():
            raise Refused(_("it is a symbolic link, which is not followed"))
        if found.parts:
            for name, part in found.parts.items():
                files |= python_files(part) if name.endswith(".zip") else {name: _content(part)}
        elif path.suffix.lower() == ".zip" and path.is_file():
            files = python_files(path)
        elif path.is_dir():
            files = dict(_files(path))
            archives = [inner for inner in path.iterdir() if inner.suffix.lower() == ".zip" and not inner.is_symlink()]
            if not files and len(archives) == 1:
                files = python_files(archives[0])
        else:
            files = {path.name: _content(path)}
    except OSError as error:
        raise Refused(_("it cannot be read: {strerror}").format(strerror=reason(error))) from None
    return Bundle(files, _entry(files))


def _content(path: Path) -> bytes:
    if path.stat().st_size > MAX_TOTAL:
        raise Refused(_("{path} is larger than {max_total} MiB").format(path=path.name, max_total=MAX_TOTAL >> 20))
    return path.read_bytes()


def _descend(folder: Path) -> Path:
    """A Gradescope export is a folder in a folder."""
    inner = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name[0] != "."]
    if len(inner) == 1 and (inner[0] / GRADESCOPE).is_file():
        return inner[0]
    return folder


def _name(path: Path, taken: set[str]) -> str:
    """A name that is safe as a file name on any system and differs from all others, also where case does not count."""
    stem = path.name if path.is_dir() else path.stem
    stem = unicodedata.normalize("NFC", MOODLE.sub("", stem)).encode(errors="replace").decode()
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in stem).strip(" .") or "unnamed"
    name = kept = kept[:MAX_NAME]
    number = 2
    while name.casefold() in taken:
        name, number = f"{kept}-{number}", number + 1
    taken.add(name.casefold())
    return name


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    total = 0
    for count, path in enumerate(_python(folder, folder)):
        total += path.stat().st_size
        if count >= MAX_FILES or total > MAX_TOTAL:
            raise Refused(
                _("it has more than {max_files} Python files or {max_total} MiB of them").format(
                    max_files=MAX_FILES, max_total=MAX_TOTAL >> 20
                )
            )
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _python(folder: Path, root: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith((".", "__pycache__")):
            continue
        if path.is_dir():
            yield from _python(path, root)
        elif path.suffix == ".py" and path.is_file():
            yield path


def _entry(files: dict[str, bytes]) -> str:
    """`network.py`, the one nearest to the top; else the only file that has the class; else the only file."""
    by_depth = sorted((name.count("/"), name) for name in files)
    named = [(depth, name) for depth, name in by_depth if name.rpartition("/")[2] == kata().entry]
    if named and [depth for depth, _ in named].count(named[0][0]) == 1:
        return named[0][1]
    has_class = re.compile(rf"^class {kata().class_name}\b".encode(), re.MULTILINE)
    with_class = [name for name, content in files.items() if has_class.search(content)]
    for candidates in (with_class, list(files)):
        if len(candidates) == 1:
            return candidates[0]
    if not files:
        raise Refused(_("there is no Python file in it"))
    raise Refused(_("it has {files} Python files and no single {entry}").format(files=len(files), entry=kata().entry))
