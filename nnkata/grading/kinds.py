"""The kind of a file, by its name: Python, a notebook, an archive, data, or the leavings of a tool."""

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath

from nnkata.worker.data import SUFFIXES

#: The most entries below a folder that are searched for code.
MAX_LISTED = 10_000
#: The most names whose kinds are kept: each level of a course asks for those of all levels below it.
MAX_NAMES = 50_000
PYTHON = (".py", ".pyw")
NOTEBOOK = ".ipynb"
#: Readable archives: those of the standard library, with the extra `archives` those of 7-Zip and WinRAR, and mails.
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".7z", ".rar", ".eml", ".mbox")
#: Endings that may hide Python under a wrong name, which the line on the file mentions.
TEXTS = (".txt", ".md", ".rtf", ".html", ".docx", ".doc", ".odt", ".pdf")

#: An ending behind that of code, put there by an editor, a mail program or a browser that takes a notebook for text.
MASK = re.compile(r"(?<=\.py)\.txt$|(?<=\.pyw)\.txt$|(?<=\.ipynb)\.(?:txt|json)$", re.I)
#: An ending of a file: letters and digits, and no name of a family behind a dot, as in `Ada.Lovelace` and `Max.Groß`.
ENDING = re.compile(r"\.(?![A-Z][a-z]+$)[A-Za-z0-9~]+")
#: Endings that are also written like such a name: `Report.Pdf`.
CAPITALS = (*TEXTS, *SUFFIXES, ".jpg", ".jpeg", ".png", ".xlsx", ".pptx", ".rmd")
#: The beginning of a line that is Python and never prose.
PYTHON_LINE = re.compile(rb"^\s*(?:def \w+\(|class \w+\s*[(:]|import \w+|from \w[\w.]* import )", re.MULTILINE)

#: Folders and files that tools leave behind. They are skipped, and counted under these names.
TOOLS = {
    **dict.fromkeys(
        ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", "icon\r", ".appledouble", ".spotlight-v100"), "system"
    ),
    **dict.fromkeys((".trashes", "$recycle.bin", "recycler", "system volume information", "autorun.inf"), "system"),
    **dict.fromkeys(("lost.dir", "found.000", "@eadir", "#recycle", "#snapshot"), "system"),
    **dict.fromkeys(("__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".cache", ".tox", ".nox"), "caches"),
    **dict.fromkeys(("venv", ".venv", "virtualenv", "site-packages", "dist-packages", ".eggs", ".conda"), "venv"),
    **dict.fromkeys((".git", ".svn", ".hg", ".github"), ".git"),
    **dict.fromkeys((".idea", ".vscode", ".vs", ".settings", ".spyderproject", ".spyproject"), "editors"),
    "pyvenv.cfg": "venv",
    "node_modules": "node_modules",
    ".ipynb_checkpoints": "checkpoints",
}
#: Folders that may be a virtual environment by their names, and the entries of any, which its tools make.
ENVIRONMENTS = ("venv", "virtualenv")
OF_ENVIRONMENT = frozenset(
    """
    bin scripts lib lib64 libs library include share etc man doc sbin ssl var pkgs conda-meta condabin dlls tools tcl
    menu compiler_compat local lib_pypy lib-python
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: A text that Word had open.
OFFICE = re.compile(r"~wr[adlos]\d{4}\.tmp")
#: Endings of such names; those of streams are Windows' and Dropbox' marks of a file, as Linux and WSL keep them.
LEAVINGS = {
    **{".pyc": "caches", ".pyo": "caches", ".swp": "editors", "~": "editors", ".egg-info": "caches"},
    **dict.fromkeys((":zone.identifier", "\uf03azone.identifier", ":com.dropbox.attrs"), "system"),
}


def leaving(name: str, folder: bool = False) -> str:
    """The tool that leaves files or folders of that name; empty if there is none."""
    low = name.lower()
    if low in TOOLS:
        return TOOLS[low]
    if name.startswith(("._", "~$")) or OFFICE.fullmatch(low):
        return "system"
    if not folder and len(name) > 1 and name[0] == name[-1] == "#":
        return "editors"  # Emacs' file of changes that are not saved
    for end, kind in LEAVINGS.items():
        if low.endswith(end):
            return kind
    return "hidden" if folder and name.startswith(".") else ""


def passed_over(path: PurePosixPath, environments: Sequence[PurePosixPath] = ()) -> str:
    """The same for a path in a submission, by its first such part; `environments` are those of `environments_of`.

    Code that a beginner has put beside the folders of an environment, `venv/network.py`, is not passed over.
    """
    for count, part in enumerate(path.parts, 1):
        if kind := leaving(part, folder=count < len(path.parts)):
            inner = path.parts[count : count + 1]
            if part.lower() in ENVIRONMENTS and inner and inner[0].lower() not in OF_ENVIRONMENT and is_code(path.name):
                continue
            return kind
        if PurePosixPath(*path.parts[:count]) in environments:
            return "venv"
    return ""


def environments_of(paths: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """The virtual environments among the paths of an archive; of one in the folder of a project, its own folders."""
    found = []
    for root in {path.parent for path in paths if path.name == "pyvenv.cfg"}:
        depth = len(root.parts)
        inside = [path for path in paths if path.parts[:depth] == root.parts and len(path.parts) > depth]
        if any(is_code(path.name) and path.parts[depth].lower() not in OF_ENVIRONMENT for path in inside):
            firsts = {path.parts[depth] for path in inside if path.parts[depth].lower() in OF_ENVIRONMENT}
            found += [root / first for first in firsts]
        elif root.parts:
            found.append(root)
    return found


def skipped(path: Path) -> str:
    """The tool that left an entry on disk: by its name, or as a virtual environment or as a part of one."""
    if not path.is_dir():
        return leaving(path.name)
    if kind := leaving(path.name, True):
        return "" if path.name.lower() in ENVIRONMENTS and _holds_other_code(path) else kind
    if path.name.lower() in OF_ENVIRONMENT and _is_marked(path.parent):
        return "venv"
    return "venv" if is_environment(path) else ""


def is_environment(folder: Path) -> bool:
    """Whether a folder on disk is a virtual environment, whatever its name, and not a project that has one in it."""
    return _is_marked(folder) and not _holds_other_code(folder)


def _is_marked(folder: Path) -> bool:
    named = folder.name.lower() in ENVIRONMENTS
    return named or any(has(folder, part) for part in ("pyvenv.cfg", "conda-meta", "Lib/site-packages"))


def _holds_other_code(folder: Path) -> bool:
    """Whether code lies in an environment's folder beside the folders of its tools."""
    others = [entry for entry in entries_of(folder) if entry.name.lower() not in OF_ENVIRONMENT]
    files = [entry for entry in others if not entry.is_dir() and is_code(entry.name)]
    return bool(files) or any(True for entry in others if entry.is_dir() for _code in code_below(entry))


def may_be_read(folder: Path) -> bool:
    """Whether the rights of a folder let it be read."""
    return os.access(folder, os.R_OK | os.X_OK)


def has(folder: Path, name: str) -> bool:
    """Whether a folder that may be read has an entry of that name."""
    return may_be_read(folder) and (folder / name).exists()


def entries_of(folder: Path) -> list[Path]:
    """The entries of a folder; none if it may not be read, so that one student's rights stop no batch."""
    return list(folder.iterdir()) if may_be_read(folder) else []


def below(folder: Path, unseen: Callable[[Path], object] | None = None) -> Iterator[Path]:
    """The files and folders below a folder, the upper ones first; nothing behind links or in folders that are `unseen`.

    A folder that cannot be read has none.
    """
    return (Path(entry.path) for entry in _entries(folder, unseen))


def code_below(folder: Path) -> Iterator[Path]:
    """The files with a name of code among the first entries below a folder."""
    return (Path(entry.path) for entry in islice(_entries(folder), MAX_LISTED) if is_code(entry.name))


def _entries(folder: Path, unseen: Callable[[Path], object] | None = None) -> Iterator["os.DirEntry[str]"]:
    """The entries below a folder, the upper ones first.

    `Path.rglob` and `os.walk` call themselves for each level (Python 3.11), so a submission of a thousand folders in
    each other would end its batch; and a `Path` of a thousand names takes a millisecond.
    """
    waiting = deque([os.fspath(folder)])
    while waiting:
        try:
            with os.scandir(waiting.popleft()) as entries:
                found = list(entries)
        except OSError:
            continue
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False) and not (unseen and unseen(Path(entry.path))):
                waiting.append(entry.path)


def head_of(path: Path, size: int) -> bytes:
    """The first bytes of a file; none of a link, which leads elsewhere, or of a pipe, which may never end.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_symlink() or not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(size)


def is_python(name: str) -> bool:
    """Whether it is a file of Python source, also with blanks or dots behind the ending."""
    return trimmed(name).lower().endswith(PYTHON)


def looks_like_python(content: bytes) -> bool:
    """Whether a text has a line that is Python and never prose."""
    return PYTHON_LINE.search(content) is not None


def is_notebook(name: str) -> bool:
    """Whether it is a notebook."""
    return trimmed(name).lower().endswith(NOTEBOOK)


def is_archive(name: str) -> bool:
    """Whether it is an archive; a single compressed data file is none."""
    return trimmed(name).lower().endswith(ARCHIVES) and not is_data(name)


def is_data(name: str) -> bool:
    """Whether it is a data file for a network."""
    return name.lower().endswith(SUFFIXES)


def is_compiled(name: str) -> bool:
    """Whether it is compiled Python, in place of its source."""
    return name.lower().endswith((".pyc", ".pyo"))


@lru_cache(maxsize=MAX_NAMES)
def is_code(name: str) -> bool:
    """Whether a file of that name may contain Python."""
    return is_python(name) or is_notebook(name) or is_archive(name)


@lru_cache(maxsize=MAX_NAMES)
def trimmed(name: str) -> str:
    """The name without blanks and dots behind its ending, which Windows would not keep, and without a mask."""
    return MASK.sub("", name.rstrip(" .\u00a0\u3000"))


def is_masked(name: str) -> bool:
    """Whether an editor, a mail program or a browser has put an ending behind that of the code: `network.py.txt`."""
    return MASK.search(name) is not None


@lru_cache(maxsize=MAX_NAMES)
def stem(name: str) -> str:
    """A file's name without the ending of its kind: `ada` for `ada.tar.gz`, and for `ada.py.`; not for `Ada.Lee`."""
    path = PurePosixPath(trimmed(name) if is_code(name) else name)
    if not (ENDING.fullmatch(path.suffix) or path.suffix.lower() in CAPITALS or is_code(name)):
        return name
    if path.suffix.lower() in (".gz", ".bz2", ".xz") and PurePosixPath(path.stem).suffix:
        path = PurePosixPath(path.stem)
    return path.stem or name
