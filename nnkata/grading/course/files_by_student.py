"""Files of one student side by side: `ada_network.py`, `ada_helper.py`, `ada_report.pdf`.

Here: which entries belong to which, by the words of their names and by their imports. A network stays a submission of
its own; what is none goes with the network of the same owner, or with the files that import it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath

from nnkata.grading.archives.archive import Refused, opened
from nnkata.grading.course.shared_modules import belonging_to, imported, imports_of
from nnkata.grading.kinds import (
    is_archive,
    is_code,
    is_notebook,
    is_python,
    stem,
    trimmed,
)
from nnkata.grading.names.named import is_sure
from nnkata.grading.names.versions import anybody
from nnkata.grading.names.words import PARTS, words_of
from nnkata.grading.platforms.handed import Handed, Listing, common_start
from nnkata.grading.submission.contents import holds_code, holds_network, notebook_with_network

#: Words of a document beside the code.
DOCUMENTS = frozenset(
    """
    report readme doc docs documentation notes note paper writeup write summary slides presentation figure figures fig
    feedback comments files images
    plot plots graph graphs screenshot results result output log history scores metrics losses
    data weights params parameters requirements license
    config pdf cover sheet explanation answers bericht rapport informe 报告 实验报告 说明 文档 截图 结果 数据
    """.split()  # noqa: SIM905  # a list of 50 literals is harder to read
)
#: The number of an attachment, as collectors write it between the student's name and the file's.
ATTACHMENT = re.compile(r"(?:附件|attachment|anhang|anlage|adjunto)\d{1,2}", re.I)
#: The letter of a part, `part_b` and `hw3b`, and the words before it.
LETTER, LETTERED = (
    re.compile(r"[A-Ha-h]"),
    re.compile(r"(?:part|question|q|task|exercise|problem|teil|parte|partie)$", re.I),
)
TASK_AND_LETTER = re.compile(r"(?:hw|homework|lab|ps|ex|exercise|assignment|task|part|q|question)\d{1,2}[a-h]", re.I)
#: Words of the file that is most probably the network, where no file has its class.
NETWORKS = frozenset(("network", "net", "nn", "dnn", "mlp", "model", "main", "网络", "神经网络", "模型"))


@dataclass(frozen=True)
class Named:
    """A name as the words of its owner, and the part of the work that it says, written as in the name."""

    owner: str
    part: str


@dataclass
class _Group:
    networks: list[Handed] = field(default_factory=list)
    others: list[Handed] = field(default_factory=list)


def named(name: str, people: Collection[str] = ()) -> Named:
    """The owner and the part of a name without its ending; the owner is empty if all words say a part.

    `people` are words of parts that are names here. A collector's number of an attachment says neither.
    """
    said = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", unicodedata.normalize("NFC", name))
    tokens = [token for token in re.split(r"[\s_.\-]+", said) if token and not ATTACHMENT.fullmatch(token)]
    own = [
        token
        for before, token in zip(["", *tokens], tokens, strict=False)
        if token.casefold() in people
        or not (_says_part(token) or (LETTER.fullmatch(token) and LETTERED.search(before)))
    ]
    words = [token for token in own if not re.fullmatch(r"\d{1,2}", token)] or own
    part = [token for token in tokens if token not in words]
    return Named(" ".join(words).casefold(), "_".join(part))


def _says_part(token: str) -> bool:
    if TASK_AND_LETTER.fullmatch(token):
        return True
    words = words_of(token)[0]
    return bool(words) and all(word in PARTS | DOCUMENTS for word in words)


def joined(listing: Listing, people: Collection[str] = ()) -> Listing:
    """With each file that is no network in the submission that it belongs to; the network is its first entry."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for one in listing.handed:
        owner = named(one.who, people).owner
        (groups[owner].networks if _is_work(one) else groups[owner].others).append(one)
    moved: dict[Path, Handed] = {}
    names: dict[Path, str] = {}
    for owner, group in groups.items():
        if owner:
            _settle(group)
            found = _with_networks(group)
            moved |= {one.entry: one for one in found}
            names |= _names(group, found, people)
    rest = [one for one in listing.handed if one.entry not in moved]
    belonging, shared, own = imported(rest)
    rest = [one for one in rest if one.entry not in own and one.entry not in belonging]
    handed = [*rest, *moved.values(), *belonging.values()]
    handed = [replace(one, filename=names.get(one.entry, one.filename)) for one in handed]
    return Listing([*handed, *shared], [*listing.own, *own], listing.absent, listing.doubt)


def _whole(one: Handed) -> bool:
    return one.filename == "" or is_archive(one.filename)


def _is_work(one: Handed) -> bool:
    """Whether an entry is work to judge: a folder, an archive, a file with a network."""
    if is_notebook(one.filename):
        return notebook_with_network(one.entry)
    if one.entry.is_dir() and named(one.who).part and not holds_code(one.entry):
        return False  # the pictures of a page, `ada_files`
    return _whole(one) or (is_code(one.filename) and holds_network(one.entry))


def _settle(group: _Group) -> None:
    """Take one file for the network if none is sure; a notebook or data beside the only network go with it."""
    if len({one.key for one in group.networks}) > 1:
        data = [one for one in group.networks if is_archive(one.filename) and _has_no_code(one.entry)]
        if len(data) < len(group.networks):
            group.networks = [one for one in group.networks if one not in data]
            group.others += data
    sure = [one for one in group.networks if not is_notebook(one.filename)]
    if len({one.key for one in sure}) == 1:
        beside = [one for one in group.networks if one not in sure and not _other_task(one, sure[0])]
        group.networks = [one for one in group.networks if one not in beside]
        group.others += beside
    if group.networks:
        return
    code = [one for one in group.others if is_code(one.filename)]
    if len({one.key for one in code}) > 1:
        code = [one for one in code if {*words_of(named(one.who).part)[0]} & NETWORKS]
    if len({one.key for one in code}) == 1:
        group.networks = code
        group.others = [one for one in group.others if one not in code]


def _has_no_code(archive: Path) -> bool:
    """Whether an archive can be read and has no code: data beside `ada code.zip`."""
    try:
        with opened(archive) as members:
            return not any(is_code(member.name) for member in members)
    except (Refused, OSError):
        return False


def _other_task(one: Handed, other: Handed) -> bool:
    return re.findall(r"\d+", named(one.who).part) != re.findall(r"\d+", named(other.who).part)


def _with_networks(group: _Group) -> list[Handed]:
    """The other files of an owner, each with its network; a document with that after which it is named."""
    keys = {one.key: one for one in group.networks}
    found = []
    for one in group.others:
        numbered = [other for other in keys.values() if (own := _numbers(one)) and _numbers(other) == own]
        if one.key in keys or not keys or (len(keys) > 1 and is_code(one.filename) and len(numbered) != 1):
            continue
        if (len(keys) > 1 or anybody(one.who)) and _is_another(one, keys.values()):
            continue  # the report of a group that has handed in nothing else, beside other groups
        network = max(numbered or keys.values(), key=lambda other: len(common_start([other.who, one.who])))
        parted = named(one.who).part or named(network.who).part
        alike = one.who.casefold() == network.who.casefold() and not (is_sure(network.who) and one.entry.is_file())
        if not parted and (is_code(one.filename) or alike):
            continue  # names that differ in small and capital letters alone may be two students', as `ada` and `Ada`
        latest = max(other.attempt for other in group.networks if other.key == network.key)
        found.append(belonging_to(one, replace(network, attempt=latest)))
    return found


def _is_another(one: Handed, networks: Iterable[Handed]) -> bool:
    """Whether the owner of a name has a number, and those of all networks have others."""
    own = _numbers_of_owner(one.who)
    others = [_numbers_of_owner(network.who) for network in networks]
    return bool(own) and all(numbers and not numbers & own for numbers in others)


def _numbers_of_owner(name: str) -> set[str]:
    """The numbers before the words of a part: 3 in `Group 3 report 2026`."""
    tokens = re.split(r"[\s_.\-]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
    return {number for token in takewhile(lambda token: not _says_part(token), tokens) for number in words_of(token)[1]}


def _numbers(one: Handed) -> list[str]:
    """The numbers of a name: `12_Li Wei_layers.py` belongs to `12_Li Wei_network.py`, not to `17_Li Wei_network.py`."""
    return words_of(one.who)[1]


def _names(group: _Group, found: Sequence[Handed], people: Collection[str]) -> Mapping[Path, str]:
    """The names by which the network imports the other files, if a collector put the owner's name before them."""
    parts = {
        one.entry: named(stem(one.entry.name), people).part for one in [*group.networks, *found] if not _whole(one)
    }
    helpers = [one for one in found if is_python(one.filename)]
    if not helpers or len({one.key for one in group.networks}) > 1:
        return {}
    imported = set().union(*(imports_of(one.entry) for one in group.networks))
    if not imported & {parts[one.entry] for one in helpers} or imported & {stem(one.filename) for one in helpers}:
        return {}
    return {entry: part + PurePosixPath(trimmed(entry.name)).suffix for entry, part in parts.items() if part}
