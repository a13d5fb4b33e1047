"""From a course's folder to its submissions: each entry is one, is a part of one, or gets the reason against it."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nnkata.grading.course.attempts import latest_attempt
from nnkata.grading.course.downloads import Download, joined
from nnkata.grading.course.handouts import doubtful
from nnkata.grading.course.level import Top
from nnkata.grading.course.name_pattern import OTHERS, by_pattern, some_fit
from nnkata.grading.course.namesakes import in_several, told_apart, told_of_several, with_folder, with_numbers
from nnkata.grading.course.nested import top
from nnkata.grading.course.people import is_own
from nnkata.grading.kinds import below, is_code, may_be_read
from nnkata.grading.path_cache import kept
from nnkata.grading.platforms import READERS, files, recognise
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.grading.submission.lacking import lacking
from nnkata.language import _
from nnkata.texts import listed, natural, text

#: Platforms of which an entry has no other key than its name.
NAMES = ("files", "forms", "github")
#: The most bytes of a submission's name: a file system allows 255, minus the endings of verdicts and pages.
MAX_NAME = 200


@dataclass(frozen=True)
class Found:
    """A submission: its unique name, and its file, folder or archive.

    `parts` has its files by their submitted names, if they lie beside those of others. `ids` are the student's keys on
    the platform; `entries` are its entries of the folder, and `older` those of earlier attempts. `why` is the reason if
    it cannot be judged.
    """

    name: str
    path: Path
    parts: Mapping[str, Path] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Course:
    """The content of a folder.

    `platform` is the export's platform; `notes` explain a doubtful decision. `own` are the files of the export itself,
    `passed` counts leavings of tools, `absent` has the students without a submission, by the platform's key. The
    entries of `found` and `own` and those skipped are all entries of the `folders`.
    """

    found: tuple[Found, ...]
    platform: str
    notes: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()


def find(folder: Path) -> list[Found]:
    """The submissions in a folder with something to judge, by name.

    Raises:
        OSError: the folder cannot be read.
    """
    return [found for found in course(folder).found if not found.why]


@kept()
def course(folder: Path, platform: str = "", pattern: str = "", work: Path | None = None) -> Course:
    """Everything in a folder. `platform` names the export's platform, `pattern` the form of its names.

    A pattern is a regular expression with the group `who`, and perhaps `id`, `attempt` and `file`. `work` is a folder
    for unpacking archives of a whole course.

    Raises:
        OSError: the folder cannot be read.
        UsageError: no name is in the form of `platform` or `pattern`.
    """
    found: list[Found] = []
    taken: set[str] = set()
    tops = top(folder, work, bool(platform or pattern))
    listings = [_of_owner(part, *_read(part, platform, pattern)) for part in tops]
    if platform or pattern:
        some_fit([listing for _name, listing in listings], [entry for part in tops for entry in part.entries], platform)
    there, again = joined(
        [Download(part.folder, part.around, *read) for part, read in zip(tops, listings, strict=True)]
    )
    listings = [(name, listing) for (name, _read_), listing in zip(listings, there, strict=True)]
    several = in_several([(part.folder, listing) for part, (_name, listing) in zip(tops, listings, strict=True)])
    for part, (_name, listing) in zip(tops, listings, strict=True):
        found += _grouped(told_apart(with_folder(listing, part.folder, several)), taken)
    for part in tops:
        found += [
            Found(_name_of(path.name, taken), path, entries=(path.name,), why=_hidden()) for path in part.hidden_python
        ]
    for part, (_name, listing) in zip(tops, listings, strict=True):
        found += [
            Found(_name_of(one.who, taken), one.entry, ids=_as_text(one.ids), why=one.why)
            for one in (*part.missing, *listing.missing)
        ]
    names = [name for name, _listing in listings]
    return Course(
        tuple(sorted(found, key=lambda one: natural(one.name))),
        next((name for name in names if name != "files"), names[0] if names else "files"),
        (*_doubts(tops, there), *again, *told_of_several(several), *with_numbers(there)),
        tuple(
            text(path.name)
            for part, (_name, listing) in zip(tops, listings, strict=True)
            for path in (*part.own, *listing.own)
        ),
        sum((part.passed for part in tops), Counter[str]()),
        {text(key): text(who) for _name, listing in listings for key, who in listing.absent.items()}
        | {who: who for part in tops for who in part.absent},
        tuple(part.folder for part in tops),
    )


def _doubts(tops: Sequence[Top], listings: Sequence[Listing]) -> Iterator[str]:
    for part, listing in zip(tops, listings, strict=True):
        yield from filter(None, (*part.notes, listing.doubt))


def _read(part: Top, platform: str, pattern: str) -> tuple[str, Listing]:
    """The answer of a platform's reader; for unknown entries, that of the reader of files."""
    entries = part.entries
    if pattern:
        name, listing = "files", by_pattern(entries, pattern)
    elif platform:
        name, listing = platform, READERS[platform](entries, True) or Listing([])
    else:
        name, listing = recognise(entries)
    known = {one.entry for one in listing.handed} | set(listing.own)
    own = [entry for entry in entries if entry not in known and is_own(entry)]
    rest = files.read([entry for entry in entries if entry not in known and entry not in own], True)
    others = [replace(one, key=f"{OTHERS}{one.key}") for one in rest.handed]
    handed = [*map(_latest, [*listing.handed, *others])]
    unsure = doubtful(handed) if name in NAMES else ""
    said = _("; ").join(filter(None, (listing.doubt, rest.doubt if rest.doubt != listing.doubt else "", unsure)))
    return name, Listing(handed, [*listing.own, *own], listing.absent, said, listing.missing)


def _of_owner(part: Top, name: str, listing: Listing) -> tuple[str, Listing]:
    """With the student's name before those of the tasks in the student's folder."""
    if not part.owner:
        return name, listing
    ids = {"username": part.owner}
    handed = [replace(one, who=f"{part.owner} {one.who}", ids={**one.ids, **ids}) for one in listing.handed]
    return name, replace(listing, handed=handed)


def _latest(one: Handed) -> Handed:
    """With the latest attempt alone, if a folder has a folder for each."""
    path = one.path or one.entry
    if not path.is_dir() or path.is_symlink():
        return one
    attempt = latest_attempt(path)
    if not attempt.older:
        return one
    older = tuple(map(text, attempt.older))
    why = "" if attempt.folder else _("nothing is submitted: there are only {names}").format(names=listed(older, 3))
    return replace(one, path=attempt.folder or path, older=older, why=why)


def _grouped(listing: Listing, taken: set[str]) -> Iterable[Found]:
    """One submission per student: the latest attempt with something to judge."""
    of_student: dict[str, list[Handed]] = defaultdict(list)
    for one in listing.handed:
        of_student[one.key].append(one)
    for all_of_one in of_student.values():
        attempts = sorted({one.attempt for one in all_of_one}, reverse=True)
        of_attempt = {attempt: [one for one in all_of_one if one.attempt == attempt] for attempt in attempts}
        with_code = [a for a in attempts if any(map(_has_code, of_attempt[a]))] or attempts[:1]
        judged = next((a for a in with_code if any(map(_has_content, of_attempt[a]))), with_code[0])
        parts: dict[str, Handed] = {}
        for one in sorted(of_attempt[judged], key=lambda one: one.version):
            parts[_part(one, parts)] = one
        used = [one.entry for one in parts.values()]
        newest = max(parts.values(), key=lambda one: (_has_code(one), one.version))
        paths = {name: one.path or one.entry for name, one in parts.items()}
        told = next((one.why for one in parts.values() if one.why), "")
        why = "" if any(map(_has_code, parts.values())) else told or lacking([], list(paths.values()))
        yield Found(
            _name_of(newest.who, taken),
            newest.path or newest.entry,
            paths if any(name not in ("", path.name) for name, path in paths.items()) or len(paths) > 1 else {},
            _as_text(newest.ids),
            _names({one.entry for one in all_of_one}),
            _names({one.entry for one in all_of_one if one.entry not in used})
            + tuple(name for one in parts.values() for name in one.older),
            why,
        )


def _names(entries: Iterable[Path]) -> tuple[str, ...]:
    """The names of entries, of which those in two downloads may have the same."""
    return tuple(sorted(text(entry.name) for entry in entries))


def _as_text(ids: Mapping[str, str]) -> dict[str, str]:
    return {key: text(value) for key, value in ids.items()}


def _part(one: Handed, parts: Mapping[str, Handed]) -> str:
    """The name of a part in a submission; a second folder keeps its own."""
    if one.filename or "" not in parts:
        return one.filename and text(one.filename)
    return text(one.entry.name)


def _has_code(one: Handed) -> bool:
    """Whether it may contain Python: such a file, an archive, a folder with one, or a link, which is reported."""
    path = one.path or one.entry
    if one.why:
        return False
    if path.is_symlink():
        return True
    if path.is_dir():  # the reading of one that may not be read gives the reason
        return not may_be_read(path) or any(is_code(inner.name) for inner in below(path))
    return is_code(one.filename or path.name)


def _has_content(one: Handed) -> bool:
    """Whether it is code, and no empty file: that of an upload that failed does not hide the attempt before it."""
    path = one.path or one.entry
    return _has_code(one) and (path.is_symlink() or not path.is_file() or path.stat().st_size > 0)


def _hidden() -> str:
    return _("its name begins with a dot; rename it if it was handed in")


def _name_of(who: str, taken: set[str]) -> str:
    """A safe file name for any system, different from all others even without regard to case."""
    stem = unicodedata.normalize("NFC", text(who))
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in stem).strip(" .") or "unnamed"
    name = kept = kept.encode()[:MAX_NAME].decode(errors="ignore")
    number = 2
    while name.casefold() in taken:
        name, number = f"{kept}-{number}", number + 1
    taken.add(name.casefold())
    return name
