"""Modules and packages beside the submissions that these import: of the only one who does, or of the course for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnkata.grading.archives.archive import MAX_FILES, MAX_TOTAL
from nnkata.grading.kinds import code_below, entries_of, has, head_of, is_python, stem
from nnkata.grading.platforms.handed import Handed
from nnkata.grading.submission.contents import IMPORT, holds_network
from nnkata.subject.source.definitions import THERE


def belonging_to(one: Handed, network: Handed) -> Handed:
    """A file as a part of a submission; its own mark of a version decides between two of its name."""
    rank = one.attempt[0] if one.attempt and isinstance(one.attempt[0], int) else 0
    return replace(
        one, key=network.key, who=network.who, ids=network.ids, attempt=network.attempt, version=one.version or rank
    )


def imports_of(entry: Path) -> set[str]:
    """The first names of the modules that a file imports, or the files at the top of a folder, but for its own."""
    if entry.is_symlink():
        return set()
    files = sorted(entry.glob("*.py"))[:MAX_FILES] if entry.is_dir() else [entry] if is_python(entry.name) else []
    found: set[str] = set()
    for file in files:
        try:
            found |= {name.decode() for name in IMPORT.findall(head_of(file, MAX_TOTAL)) if name.isascii()}
        except OSError:
            continue
    return found - {stem(path.name) for path in entries_of(entry)} if entry.is_dir() else found


def imported(handed: Sequence[Handed]) -> tuple[dict[Path, Handed], list[Handed], list[Path]]:
    """Modules without a network that entries import: of the only one who does, or of the course, for all who do."""
    modules = {stem(one.filename): one for one in handed if is_python(one.filename) and not holds_network(one.entry)}
    modules = {name: one for name, one in (modules | _packages(handed)).items() if name not in THERE}
    users: dict[str, list[Handed]] = {name: [] for name in modules}
    for one in handed if modules else ():
        if one in modules.values():
            continue
        wanted, seen = [*imports_of(one.entry)], set[str]()
        while wanted:
            name = wanted.pop()
            if name in modules and name not in seen:
                seen.add(name)
                users[name].append(one)
                wanted += imports_of(modules[name].entry)
    belonging, shared, own = {}, [], []
    for name, these in users.items():
        module = modules[name]
        if len({one.key for one in these}) == 1 and module.filename:
            belonging[module.entry] = belonging_to(module, max(these, key=lambda one: one.attempt))
        elif len({one.key for one in these}) > 1:
            own.append(module.entry)
            filename = module.filename or module.entry.name
            shared += [replace(one, path=module.entry, filename=filename) for one in these]
    return belonging, shared, own


def _packages(handed: Sequence[Handed]) -> dict[str, Handed]:
    """Folders of Python without a network that several others import: any other folder may be a student's.

    A package has an `__init__.py`, or an importer names a file in it.
    """
    folders = [one for one in handed if one.entry.is_dir() and not one.entry.is_symlink()]
    wanted = {one.entry.name: one for one in folders if one.entry.name.isidentifier()}
    users: dict[str, list[Path]] = defaultdict(list)
    for one in handed if wanted else ():
        for name in imports_of(one.entry):
            users[name].append(one.entry)
    return {
        name: one
        for name, one in wanted.items()
        if len(users[name]) > 1
        and any(is_python(path.name) for path in code_below(one.entry))
        and (has(one.entry, "__init__.py") or any(_names_a_file(user, one.entry) for user in users[name]))
        and not holds_network(one.entry)
    }


def _names_a_file(user: Path, package: Path) -> bool:
    """Whether a file, or one at the top of a folder, names a module of a package: `common.layers`."""
    names = [f"{package.name}.{stem(path.name)}".encode(errors="replace") for path in sorted(package.glob("*.py"))]
    files = sorted(user.glob("*.py"))[:MAX_FILES] if user.is_dir() else [user]
    return any(name in head_of(file, MAX_TOTAL) for file in files for name in names)
