"""Students' work that lies beside a download once more: some of an archive unpacked, all of it sorted by a tool, or
with the instructor's comments in it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from nnkata.grading.archives.archive import MAX_TOTAL, Refused, content, opened, too_much
from nnkata.grading.course.level import level
from nnkata.grading.course.several import bottom
from nnkata.grading.kinds import below, head_of, is_archive, is_code, passed_over, skipped, stem
from nnkata.grading.names.named import is_sure, names_nobody
from nnkata.grading.names.words import AFTER, LAST, LATE, LATEST, words_of
from nnkata.grading.path_cache import once
from nnkata.grading.platforms import exported, recognise
from nnkata.grading.submission.contents import holds_code
from nnkata.texts import text

FEEDBACK = frozenset(
    """
    feedback feedbacks annotated annotations comments korrektur korrekturen rückmeldung rückmeldungen
    rückgabe retours 反馈 批注 评语
    """.split()  # noqa: SIM905  # a list of 15 literals is harder to read
)
#: The entries by which a download is known.
FIRST = 20
#: The fewest students whose work proves a copy, where their names do not.
SEVERAL = 2


def unpacked_of(entries: Sequence[Path], download: Path) -> list[Path]:
    """The entries beside a download that are work of it by name and, byte by byte, by code.

    Two such students prove it, or one with a full name, a mail or a number; but not if all have handed in the same.
    """
    there = {_owner(entry): entry for entry in level(bottom(download)).entries if holds_code(entry)}
    pairs = [(entry, there[name]) for entry in entries if (name := _owner(entry)) in there and holds_code(entry)]
    work = {entry: code for entry, other in pairs if (code := _code(entry)) and code == _code(other)}
    sure = [entry for entry in work if is_sure(text(entry.name))]
    proven = len(work) >= SEVERAL and len({frozenset(code) for code in work.values()}) > 1
    return [*work] if proven and not all(names_nobody(_owner(one)) for one in work) else sure


def is_sorted_from(folder: Path, download: Path) -> bool:
    """Whether a folder has nothing but work of a platform's download, under names of its students.

    A tool writes such a folder beside the download: `1001/network.py` for `HW3_1001_attempt_DATE_network.py`. Two such
    students with different work prove it, or one with a full name, a mail or a number.
    """
    if bottom(folder) == bottom(download) or not _is_exported(download):
        return False  # the only folder of a course is no copy of itself
    work = [entry for entry in level(bottom(folder)).entries if holds_code(entry)]
    there = level(bottom(download)).entries
    if exported(work)[0] != "files":
        return False
    of_word: dict[str, list[Path]] = defaultdict(list)
    for entry in there:
        for word in _words(entry):
            of_word[word].append(entry)
    seen = []
    for entry in work:
        words = _words(entry)
        if names_nobody(text(entry.name)) or not words:
            return False
        near = min((of_word[word] for word in words), key=len)
        code = _code(entry)
        if not code or code - _of_all([other for other in near if words <= _words(other)]):
            return False
        seen.append(frozenset(code))
    return len(set(seen)) > 1 or any(is_sure(text(entry.name)) for entry in work)


@once
def _is_exported(folder: Path) -> bool:
    return exported(level(bottom(folder)).entries[:FIRST])[0] != "files"


def says_feedback(name: str) -> bool:
    """Whether the name of a folder or an archive says feedback, and no later download: `HW3 after feedback`."""
    words = {*words_of(name)[0]}
    return bool(words & FEEDBACK) and not words & (LATE | AFTER | LAST | LATEST | {"post"})


def is_feedback_on(folder: Path, download: Path) -> bool:
    """Whether all students of a folder are in a download beside it, with the names of the same platform."""
    if bottom(folder) == bottom(download):
        return False  # the only folder of a course, whatever its name
    (platform, listing), (other, there) = (recognise(level(bottom(one)).entries) for one in (folder, download))
    keys = {one.key for one in listing.handed}
    return platform == other and bool(keys) and keys <= {one.key for one in there.handed}


def _owner(entry: Path) -> str:
    return stem(text(entry.name)).casefold() if not entry.is_dir() else text(entry.name).casefold()


def _words(entry: Path) -> set[str]:
    words, numbers = words_of(entry.name)
    return {*words, *numbers}


def _of_all(entries: Collection[Path]) -> Counter[str]:
    return sum((_code(entry) for entry in entries), Counter[str]())


def _code(entry: Path) -> Counter[str]:
    """The digests of the files of code in an entry, also of those in an archive; none if one cannot be read."""
    try:
        return Counter(hashlib.sha256(found).hexdigest() for found in _texts(entry))
    except (OSError, Refused):
        return Counter()


def _texts(entry: Path) -> Iterator[bytes]:
    """The files of code; an archive of more than a submission may have is none.

    Raises:
        OSError, Refused: one cannot be read.
    """
    if entry.is_symlink():
        return
    left = MAX_TOTAL
    for path in [path for path in below(entry, skipped) if path.is_file()] if entry.is_dir() else [entry]:
        if is_archive(path.name):
            with opened(path) as members:
                for member in members:
                    name = PurePosixPath(member.name)
                    if is_code(name.name) and not passed_over(name):
                        found = content(member, left, too_much())
                        left -= len(found)
                        yield found
        elif is_code(path.name) and not skipped(path):
            yield head_of(path, MAX_TOTAL)
