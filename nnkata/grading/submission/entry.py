"""Finds the implementation among a submission's files, by content and not by name alone."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from nnkata.grading.archives.archive import Refused
from nnkata.grading.names.days import DAY, as_digits, dated
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.subject.source.network_class import Surface, names_network, surface

#: The ranks of a file that has the network's class: only imported, its own; and of a door to it and the functions.
BROUGHT, OWN, DOOR = 3, 4, 5
#: Star imports that are followed, one behind another.
ROUNDS = 3
#: Words in the name of an outdated file, or of one that tries the network out.
ASIDE = re.compile(
    r"(?:^|[^a-z])(?:old|backup|bak|copy|draft|tests?|broken|wip|skeleton|template|starter(?:code)?)(?:[^a-z]|$)", re.I
)
#: A browser's number for a later download of the same name, a file's or an archive's.
AGAIN = re.compile(r"\s*\(\d{1,3}\)(?=\.py$|/)")
#: Words in the name of a later version.
LATER = r"(?:final|latest|fixed|corrected|revised|resub\w*)"
LAST = re.compile(rf"(?:^|[^a-z]){LATER}(?:[^a-z]|$)", re.I)
#: Such a word behind a name, `network_final.py`.
BEHIND = re.compile(rf"[\s_.-]+{LATER}(?=\.py$)", re.I)


def entry(files: Mapping[str, bytes], notebooks: Container[str] = ()) -> tuple[str, tuple[str, ...]]:
    """The file, and the other candidates.

    The order: a file with the network's class, one with a class that fits, any other; then by: no hidden or outdated
    name, the kata's `network.py` or `network_final.py` beside it, a file before a notebook, most of the contract's
    methods filled in, the latest download of a name, nearest to the top, a later version by its name. If the class and
    the functions stand in several files, one that only imports them all comes first.

    Raises:
        Refused: there is no Python file, or there are several and none has such a class.
    """
    if not files:
        raise Refused(_("there is no Python file in it"))
    seen = _with_stars({name: surface(content) for name, content in files.items()})
    ranks = {name: _kind(name, files[name], seen[name]) for name in files}
    functions = frozenset(kata().functions)
    if not any(rank == OWN and functions <= seen[name].names for name, rank in ranks.items()):
        doors = {name for name, rank in ranks.items() if rank >= BROUGHT and seen[name].door}
        ranks |= {name: DOOR for name in doors if functions <= seen[name].names}
    named = [name for name in files if name.rpartition("/")[2] == kata().entry]
    if not any(ranks.values()):
        if len(files) == 1:
            return next(iter(files)), ()
        if named:
            return min(named, key=lambda name: (name.count("/"), name)), ()
        raise Refused(
            _("it has {files} Python files and no single {entry}").format(files=len(files), entry=kata().entry)
        )

    again = {AGAIN.sub("", name) for name in files if AGAIN.search(name)}

    def order(name: str) -> tuple[object, ...]:
        plain = AGAIN.sub("", name)
        hidden = any(part.startswith(".") for part in name.split("/"))
        aside, is_named = hidden or bool(ASIDE.search(name)), BEHIND.sub("", plain) in named
        return (
            -ranks[name],
            aside,
            not is_named,
            name in notebooks,
            -seen[name].filled,
            plain == name and plain in again,
            not LAST.search(name),
            name.count("/"),
            _versions(name),
            name,
        )

    first, *others = sorted((name for name in files if ranks[name]), key=order)
    same = [name for name in others if ranks[name] == ranks[first] and files[name] != files[first]]
    return first, tuple(name for name in same if seen[name].classes.keys() & seen[first].classes.keys())


def _versions(name: str) -> list[int]:
    """The numbers in a name, the greatest first: `network_v10.py` is later than `network_v2.py`; a day is one."""
    name = DAY.sub(lambda found: str(as_digits(*dated(found))), name)
    return [-int(number) for number in re.findall(r"\d{1,14}", name)]


def _with_stars(seen: Mapping[str, Surface]) -> dict[str, Surface]:
    """The same with the names that `from module import *` brings from files beside, through several of them."""
    done = dict(seen)
    for _round in range(ROUNDS if any(one.stars for one in seen.values()) else 0):
        given: dict[str, frozenset[str]] = {}
        for name, one in done.items():
            path = PurePosixPath(name)
            module = path.parent.name if path.stem == "__init__" else path.stem
            given[module] = given.get(module, frozenset()) | one.names
        for name, one in done.items():
            brought = [given.get(module, frozenset()) for module in one.stars]
            done[name] = replace(one, names=one.names.union(*brought))
    return done


def _kind(name: str, content: bytes, seen: Surface) -> int:
    """For the network's class, for one that is only imported, 2 for a class that fits, 1 for a broken file."""
    if seen.has_network:
        return OWN if seen.own_network or name.rpartition("/")[2] == kata().entry else BROUGHT
    if seen.fitting:
        return 2
    return int(not seen.parses and names_network(content))
