"""Files beside an implementation, for it to read: tables, NumPy's own files, MNIST's, settings."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

#: Endings of their names: data, pickled arrays, settings.
SUFFIXES = (
    *(".csv", ".tsv", ".npz", ".npy", ".json", "-ubyte", "-ubyte.gz"),
    *(".pkl", ".pkl.gz", ".pickle", ".mat"),
    *(".toml", ".ini", ".cfg", ".yaml", ".yml"),
)
#: Endings of texts, which count if the implementation's file names them: other texts there may be anybody's.
TEXTS = (".txt", ".dat", ".data")
#: Settings of tools, which no network reads.
TOOLS = frozenset(("pyproject.toml", "ruff.toml", "mypy.ini", "pytest.ini", "tox.ini", "setup.cfg", "pyvenv.cfg"))
#: The most bytes of all together: MNIST as a .npz is 11 MiB, its test set as a table 18 MiB.
MAX_DATA = 32 << 20
#: The most bytes of a copied file; a larger one is linked: a link takes no time, a copy may be overwritten.
MAX_COPY = 8 << 20
#: The most files and folders examined.
MAX_LISTED = 500


def data_files(file: Path) -> list[Path]:
    """The data files in the folder of an implementation's file and below, without those over the limit."""
    found: list[Path] = []
    folder = file.parent
    try:
        source = file.read_bytes()
    except OSError:
        source = b""
    left, waiting, seen = MAX_DATA, [(folder, 2)], 0
    while waiting and seen < MAX_LISTED:
        here, deep = waiting.pop()
        try:
            listed = sorted(here.iterdir())
        except OSError:
            continue
        for path in listed:
            seen += 1
            if path.is_symlink() or path.name.startswith((".", "__")) or path.name in TOOLS:
                continue
            if path.is_dir() and deep > 1 and not (path / "pyvenv.cfg").exists():
                waiting.append((path, deep - 1))
            elif goes_with(path.name, [source]) and path.is_file() and path.stat().st_size <= left:
                left -= path.stat().st_size
                found.append(path)
    return found


def goes_with(name: str, sources: Iterable[bytes]) -> bool:
    """Whether a file is data of a network with these sources."""
    text = name.lower().endswith(TEXTS) and any(os.fsencode(name) in source for source in sources)
    return text or name.lower().endswith(SUFFIXES)


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
