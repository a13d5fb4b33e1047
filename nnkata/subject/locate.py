"""Names to implementations, without running any of their code.

A name is `path/to/file.py`, `path/to/file.py:Class`, `package.module:Class`, a folder with a `network.py`, or
`cmd:COMMAND` for a program in any language.
"""

import keyword
import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from nnkata.language import _, reason
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.subject.source.import_folders import root_of
from nnkata.subject.source.kinds import kind_of
from nnkata.subject.source.network_class import inside, renamed, surface
from nnkata.subject.source.text import MAX_SOURCE, NotFound, checked_source
from nnkata.suggestions import meant_file
from nnkata.texts import listed
from nnkata.worker.foreign_code.definitions import below
from nnkata.worker.imports.present import is_file

#: The prefix of a command's name.
COMMAND = "cmd:"
#: A name of one, as a shell takes it.
EXAMPLE = "'cmd:node network.js'"
#: The most files of a folder examined for a network, and the most that a message shows.
MAX_FILES, SHOWN = 50, 3


@dataclass(frozen=True)
class Implementation:
    """The place of an implementation: its name as given, its file, the folder for its imports.

    The file of a command is the first among its arguments, else the program; it starts in `root`.
    """

    name: str
    path: Path
    root: Path
    module: str
    class_name: str
    #: The words of the command of an implementation in another language; none for Python.
    command: tuple[str, ...] = ()
    #: Whether the class was chosen by its methods, not by its name.
    chosen: bool = False
    #: The folder of everything that it imports, if that is not `root`.
    bound: Path | None = None

    @property
    def request(self) -> list[str]:
        """The arguments of `Host.open`."""
        return [str(self.path), str(self.root), self.module, self.class_name]

    def require(self, opened: object) -> None:
        """Check the answer of `Host.open`.

        Raises:
            NotFound: the class is not there.
        """
        if self.command or not self.class_name:
            return  # its names become known when it answers
        if not isinstance(opened, Mapping) or opened.get("class") is not True:
            classes = opened.get("classes") if isinstance(opened, Mapping) else None
            found = inside(self.path.read_bytes(), self.class_name) if is_file(self.path) else None
            if found is not None:
                text = _(
                    "{path} has {class_name} within `{around}` (line {line}), where it is not made at import; "
                    "move it out, to the beginning of the line"
                )
                said = text.format(path=self.path.name, class_name=self.class_name, around=found[1][:80], line=found[0])
                raise NotFound(said, f"{self.path.name}, line {found[0]}")
            if line := renamed(self.path.read_bytes(), self.class_name) if is_file(self.path) else None:
                text = _("{path}, line {line} gives the name {class_name} to something else; call that by another name")
                where = f"{self.path.name}, line {line}"
                raise NotFound(text.format(path=self.path.name, line=line, class_name=self.class_name), where)
            if not isinstance(classes, list) or not classes:
                text = _(
                    "{path} has no class; the contract asks for a class {class_name} ({command} writes one to fill)"
                )
                path, command = self.module or self.path.name, f"nnkata init FILE{option()}"
                raise NotFound(text.format(path=path, class_name=self.class_name, command=command))
            there = ", ".join(map(str, classes))
            text = _(
                "{path} has no class {class_name} (classes there: {there}); "
                "call it that, or name another as {path}:Class"
            )
            raise NotFound(text.format(path=self.module or self.path.name, class_name=self.class_name, there=there))


def locate(name: str, start: Path | None = None) -> Implementation:
    """The implementation of that name, relative to `start` (default: the working directory).

    If the implementation lies in a given `start`, it may import from anywhere in it.

    Raises:
        NotFound: there is no such file or module, it is no Python file, or it is not Python.
    """
    here = Path.cwd() if start is None else start
    if name.startswith(COMMAND):
        return _command(name, here)
    try:
        return _locate(name, here, start)
    except OSError as error:  # the name is too long, or the folder unreadable
        raise NotFound(
            _("{name} cannot be looked up: {strerror}").format(name=name[:200], strerror=reason(error))
        ) from None


def _locate(name: str, here: Path, within: Path | None) -> Implementation:
    target, class_name = _split(name, here)
    path = (here / target).absolute()
    if path.is_dir():
        entry = kata().entry
        if not (path / entry).is_file():
            likely = [(Path(target) / file.relative_to(path)).as_posix() for file in _likely(path, entry)]
            likely = likely or _beside(target, here)
            if not likely and not any(not file.name.startswith(".") for file in path.iterdir()):
                raise NotFound(_("the folder {target} is empty: it has no {entry}").format(target=target, entry=entry))
            said = (
                _("the folder {target} has no {entry}; name the file itself: {files}")
                if likely
                else _("the folder {target} has no {entry}; name the file itself")
            )
            raise NotFound(said.format(target=target, entry=entry, files=listed(likely, SHOWN)))
        path = path / entry
    elif not path.is_file():
        if target.endswith(".py") or "/" in target:
            more = meant_file(target, here) or _named(_beside(target, here))
            raise NotFound(_("there is no file {target}").format(target=target) + more)
        return _module(name, target, class_name, here)
    _require_code(path, target, here)
    source = checked_source(path)
    given = class_name != kata().class_name or name.endswith(f":{class_name}")
    fits = None if given or not class_name else _fitting(source)
    root, bound = root_of(path, source, within)
    return Implementation(name, path, root, "", fits or class_name, chosen=fits is not None, bound=bound)


def _likely(folder: Path, entry: str) -> list[Path]:
    """The files of a folder with a network in them, the nearest file of the usual name further down, the notebooks."""
    files = [file for file in sorted(folder.glob("*.py"))[:MAX_FILES] if is_file(file)]
    found = []
    for file in files:
        with file.open("rb") as opened:
            seen = surface(opened.read(MAX_SOURCE))
        if seen.has_network or seen.fitting:
            found.append(file)
    inner = below([folder], Path(entry).stem)
    return [*found, *([inner] if inner else []), *sorted(folder.glob("*.ipynb"))[:MAX_FILES]]


def _beside(target: str, here: Path) -> list[str]:
    """The files with a network in a folder, beside a wrong relative name there; none for an absolute one."""
    found = [] if Path(target).is_absolute() else _likely(here, kata().entry)
    return [file.relative_to(here).as_posix() for file in found]


def _named(files: list[str]) -> str:
    """The end of a message about an absent file: the files that may be meant."""
    return _("; name the file of your network: {files}").format(files=listed(files, SHOWN)) if files else ""


def _require_code(path: Path, target: str, here: Path) -> None:
    """Refuse a list, a note or a table; the ending proves nothing, as platforms turn `.py` into `.txt`.

    Raises:
        NotFound: the file has another ending than Python's, and no function and no class.
    """
    if path.suffix.lower() in ("", ".py", ".pyw", ".ipynb"):
        return
    with path.open("rb") as file:
        source = file.read(MAX_SOURCE)
    text = source.replace(b"\0", b"")  # of UTF-16
    if text.strip() and not re.search(rb"^\s*(?:async def|def|class) ", text, re.MULTILINE) and not kind_of(source):
        raise NotFound(_("{path} is not a Python file").format(path=path.name) + _named(_beside(target, here)))


def _fitting(source: bytes) -> str | None:
    """The network's class under another name, if there is none of the contract's and exactly one that fits."""
    seen = surface(source)
    return None if seen.has_network else seen.fitting


def _command(name: str, here: Path) -> Implementation:
    try:
        words = shlex.split(name.removeprefix(COMMAND))
    except ValueError as error:
        raise NotFound(_("{name!r} is not a command: {error}").format(name=name[:200], error=error)) from None
    if "\0" in name:
        raise NotFound(_("{name!r} is not a command: {error}").format(name=name[:200], error="NUL"))
    program = _program(words[0], here) if words else None
    if program is None:
        if not words:
            text = _("no command stands after {cmd}; name one that starts your network, such as {example}")
            raise NotFound(text.format(cmd=COMMAND, example=EXAMPLE))
        text = _("there is no program {name!r} for {cmd}").format(name=words[0][:200], cmd=COMMAND)
        beside = _("; the file of that name in this folder is ./{name}").format(name=words[0])
        raise NotFound(text + (beside if "/" not in words[0] and is_file(here / words[0]) else ""))
    files = [here / word for word in words[1:] if is_file(here / word)]
    file = files[0] if files else Path(program)
    return Implementation(name, file, here, "", kata().class_name, (program, *words[1:]))


def _program(word: str, here: Path) -> str | None:
    """The absolute path of a program as a shell in `here` finds it: by its path, or without a slash in PATH."""
    found = shutil.which((here / word).absolute() if "/" in word else word)
    return None if found is None else str(Path(found).absolute())


def _split(name: str, here: Path) -> tuple[str, str]:
    target, colon, class_name = name.rpartition(":")
    if "://" in name:
        raise NotFound(_("{name!r} is an address: download the file first, and name that").format(name=name[:200]))
    if not colon or (here / name).exists():
        target, class_name = name, kata().class_name
    elif target and not class_name:
        text = _("no class stands after the colon in {name!r}; leave the colon out, or name one: {target}:Class")
        raise NotFound(text.format(name=name, target=target))
    if class_name and (not class_name.isidentifier() or keyword.iskeyword(class_name)):
        raise NotFound(_("{class_name!r} after the colon is not the name of a class").format(class_name=class_name))
    if not target or "\0" in target:
        raise NotFound(_("{name!r} names no file").format(name=name))
    return target, class_name


def _module(name: str, dotted: str, class_name: str, here: Path) -> Implementation:
    search: list[str] | None = None
    root: Path | None = None
    spec = None
    for part in dotted.split("."):
        spec = PathFinder.find_spec(part, [str(here)] if root is None else search)
        if spec is None and root is None:
            spec = PathFinder.find_spec(part)
        if spec is None:
            more = meant_file(dotted, here) or _named(_beside(dotted, here))
            raise NotFound(_("there is no file or module {dotted}").format(dotted=dotted) + more)
        search = list(spec.submodule_search_locations or [])
        if root is None:
            origin = Path(search[0]) if search else Path(spec.origin or ".")
            root = origin.parent
    if spec is None or root is None or spec.origin is None or not spec.origin.endswith(".py"):
        raise NotFound(_("{dotted} is not a module with Python source").format(dotted=dotted))
    path = Path(spec.origin)
    checked_source(path)
    return Implementation(name, path, root, dotted, class_name)
