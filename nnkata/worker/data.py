"""Files beside an implementation, for it to read: tables, NumPy's own files, MNIST's, settings."""

import contextlib
import os
import re
from collections import deque
from collections.abc import Iterable
from pathlib import Path

#: Endings of their names: data, pickled arrays, settings.
SUFFIXES = (
    *(".csv", ".tsv", ".npz", ".npy", ".json", "-ubyte", "-ubyte.gz"),
    *(".pkl", ".pkl.gz", ".pickle", ".mat"),
    *(".toml", ".ini", ".cfg", ".yaml", ".yml"),
)
#: Endings of texts, which count if a source of the implementation names or lists them: others there may be anybody's.
TEXTS = (".txt", ".dat", ".data", ".md", ".rst", ".xml", ".conf", ".env", "version")
#: The hidden file that counts if a source names it: settings as `NAME=value`.
ENVIRONMENT = ".env"
#: Its name in a source, where `os.environ` is none.
NAMES_ENVIRONMENT = re.compile(rb"""["'/\\]\.env["']""")
#: Calls that find files which no source names: `folder.glob("*.txt")`.
LISTS = re.compile(rb"\b(?:iterdir|listdir|scandir|walk|i?glob|rglob)\(")
#: Settings of tools, which a network reads only if a source names them.
TOOLS = frozenset(("pyproject.toml", "ruff.toml", "mypy.ini", "pytest.ini", "tox.ini", "setup.cfg"))
#: The most bytes of all together: MNIST as a .npz is 11 MiB, its test set as a table 18 MiB.
MAX_DATA = 32 << 20
#: The most bytes of a copied file; a larger one is linked: a link takes no time, a copy may be overwritten.
MAX_COPY = 8 << 20
#: The most bytes of a Python file that is looked through for the names of texts.
MAX_READ = 1 << 20
#: The most files and folders examined, and the most folders in each other: those of packages.
MAX_LISTED = 500
DEEP = 4


def data_files(file: Path, sources: Iterable[bytes] | None = None) -> list[Path]:
    """The data files in the folder of an implementation's file and below, without those over the limit.

    `sources` are the texts of its modules; without them, those of all Python files there.
    """
    listed = _listed(file.parent)
    if sources is None:
        python = {file, *(path for path in listed if path.suffix == ".py")}
        sources = map(_read, sorted(python)) if any(_by_name(path.name) for path in listed) else ()
    texts = list(sources)
    found: list[Path] = []
    left = MAX_DATA
    for path in listed:
        if (
            goes_with(path.relative_to(file.parent).as_posix(), texts)
            and path.is_file()
            and path.stat().st_size <= left
        ):
            left -= path.stat().st_size
            found.append(path)
    return found


def _listed(folder: Path) -> list[Path]:
    """The files in a folder and below, except for hidden ones and links."""
    found: list[Path] = []
    waiting, seen = deque([(folder, DEEP)]), 0
    while waiting and seen < MAX_LISTED:
        here, deep = waiting.popleft()  # the nearest folders first
        try:
            listed = sorted(here.iterdir())
        except OSError:
            continue
        for path in listed:
            seen += 1
            hidden = path.name.startswith((".", "__")) and path.name != ENVIRONMENT
            if path.is_symlink() or hidden or path.name == "pyvenv.cfg":
                continue
            if not path.is_dir():
                found.append(path)
            elif deep > 1 and not (path / "pyvenv.cfg").exists():
                waiting.append((path, deep - 1))
    return found


def _read(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        if path.stat().st_size <= MAX_READ:
            return path.read_bytes()
    return b""


def _by_name(name: str) -> bool:
    """Whether a file of that name counts only if a source asks for it."""
    return name.lower().endswith(TEXTS) or name in TOOLS


def goes_with(path: str, sources: Iterable[bytes]) -> bool:
    """Whether a file is data of a network with these sources; `path` is relative to the network's folder.

    A text is if a source has its name, also in two parts: `with_name("means").with_suffix(".txt")`, or lists folders:
    then those in folders further down, and those of an ending that the source has (`glob("*.txt")`).
    """
    name = path.rpartition("/")[2]
    if not _by_name(name):
        return name.lower().endswith(SUFFIXES)
    if name == ENVIRONMENT:
        return any(NAMES_ENVIRONMENT.search(source) for source in sources)
    listed = name not in TOOLS
    return any(_names(source, name) or (listed and _lists(source, path)) for source in sources)


def _lists(source: bytes, path: str) -> bool:
    ending = os.fsencode(Path(path).suffix)
    return bool(LISTS.search(source)) and ("/" in path or (bool(ending) and ending in source))


def _names(source: bytes, name: str) -> bool:
    stem, ending = os.fsencode(Path(name).stem), os.fsencode(Path(name).suffix)
    parted = bool(ending) and ending in source and any(mark + stem + mark in source for mark in (b"'", b'"'))
    return parted or os.fsencode(name) in source


def take_along(file: Path, to: Path) -> None:
    """Bring the data beside a file into a folder, in which a network looks for `mnist.csv`: small files as copies.

    Writing there does not change the submitted files; a large one is a link, which the sandbox makes read-only.
    """
    if file.parent.resolve() == to.resolve():
        return
    for path in data_files(file):
        there = to / path.relative_to(file.parent)
        with contextlib.suppress(OSError):
            there.parent.mkdir(parents=True, exist_ok=True)
            if path.stat().st_size <= MAX_COPY:
                there.write_bytes(path.read_bytes())
            else:
                there.symlink_to(path)
