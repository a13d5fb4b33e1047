"""Versions of one student's work by their names: a second download, a copy, a later attempt.

A browser calls a second download `ada (1).py`; Explorer, Finder and Google Drive mark a copy in the user's language;
people write `ada_v2.py` or `ada_late.py`. A number alone is no version: `ada1` and `ada2` may be two students.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from nnkata.grading.names.days import CLOCK, DOTTED, WITHOUT_YEAR, WORDED, as_digits, dated, day, seconds
from nnkata.grading.names.families import with_families
from nnkata.grading.names.ordinals import ORDINAL, ordinal
from nnkata.grading.names.version_words import COPY, COPY_OF, COUNTED, WORDS_FINAL, WORDS_LATE, WORDS_LATER
from nnkata.language import _
from nnkata.texts import listed, printable

#: The rank of a copy or of an outdated version, before the file without a mark; of a later one; of the final one, which
#: a revision in the same words may precede; of a late one.
ASIDE, LATER, FINAL, LATE = -1, 10_000, 11_000, 12_000
#: A copy in Jupyter.
JUPYTERS = re.compile(r"(?P<who>.+)-Copy\d{1,2}$")
#: The mark of a version in brackets, which stands behind a name as it does without them.
BRACKETED = re.compile(r"(?P<who>.+?)\s*[\[(（【](?P<said>[^\[\]()（）【】]+)[\])）】]$")
#: A browser's second download; nobody loads a file a hundred times, so a longer number is a student's.
AGAIN = re.compile(r"(?P<who>.+?)\s*[(（](?P<number>\d{1,2})[)）]$")
#: A day, perhaps with a time; eight digits alone may be a student's number, and `Nov 3` without a year a name. The
#: seconds of Unix, from October 2024: 1700012345 and 1801110045 are numbers of students who began in 2017 and 2018.
_DAY = (
    r"(?:(?P<day>(?:19|20)\d\d[-_.]\d\d[-_.]\d\d(?:[T\s_.-]+\d\d[-_.:h]?\d\d(?:[-_.:]?\d\d(?:[-_.]\d{3,6})?)?(?:Z|[+-]\d\d[-_.:]?\d\d(?!\d))?)?"
    r"|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]?(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?!\d)|[T_-](?:[01]\d|2[0-3])[0-5]\d(?!\d)|(?=[\s_.-]+[\w.+-]+@)))"
    rf"|(?:{DOTTED}|{WORDED})(?:[\s_,-]+{CLOCK})?"
    r"|(?P<epoch>(?<!\d)1(?:7[3-9]\d|80[2-9]|8[1-9]\d)\d{6})(?P<milli>\d{3})?(?!\d))"
)
#: Words for a version, behind a name.
VERSION = re.compile(
    rf"(?P<who>.+?)(?:[\s_.-]+(?:{_DAY}|(?:{COUNTED})[\s_.-]*(?P<number>\d{{1,3}})"
    r"|(?P<aside>old|backup|bak|draft|original|entwurf|brouillon|borrador|rascunho|bozza|черновик"
    r"|graded|marked|benotet|bewertet|calificado|已批改)"
    rf"|(?P<later>{WORDS_LATER})|(?P<final>{WORDS_FINAL})|(?P<late>{WORDS_LATE})(?P<times>\d{{1,2}})?)"
    r"|[\s_.-]*(?:(?P<eastern>旧版?|草稿)|(?P<revised>修改版?|新版|修正版?|改訂版|수정본?|(?<=[\s_.-])改)|(?P<done>最终版?|终稿|最終版?|최종본?)"
    r"|(?P<behind>补交|迟交|重交|重新提交|再提出|재제출)))$",
    re.I,
)
#: A version right behind the number of a task: `AdaLeeHW3v2`; behind another one, it is a user's: `ab1v18`.
OF_TASK = re.compile(
    r"(?P<who>.+?(?:hw|homework|lab|ps|ex|exercise|assignment|project|task)\d{1,2})v(?P<number>\d{1,2})$", re.I
)
#: An attempt by its number in words, behind a name; the first one is outdated.
TRIED = re.compile(rf"(?P<who>.*[^\W_])[\s_.,-]*(?:{ORDINAL.pattern})$", re.I)
#: A day in front of a name; a day with a time between the owner's name and the file's, as collectors write it.
DATED = re.compile(rf"{_DAY}[\s_.-]+(?P<who>\D.*)$")
BETWEEN = re.compile(
    rf"(?P<who>.+?)[\s_.-]+(?:{_DAY}|(?:{COUNTED})[\s_.-]*"
    r"(?P<number>\d{1,3}))[\s_.-]+(?P<file>\D.*)$",
    re.I,
)
#: A day without a year in front of a name: `08.11. Ada Lee`.
IN_FRONT = re.compile(r"(?P<at>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.[\s_-]+(?P<who>[^\W\d].*)$")
#: One with the month's name and a dash: `Nov 8 - Ada Lee`.
MONTH_IN_FRONT = re.compile(rf"(?P<said>{WITHOUT_YEAR.pattern})\s+[-–—]\s+(?P<who>[^\W\d].*)$", re.I)
#: A synchroniser's copy of a file that was changed in two places: of OneDrive (with a computer's name), Dropbox,
#: Nextcloud (before 2020 without brackets), Seafile, Syncthing.
_BESIDE = r"[^()（）\[\]]*(?:\([^()]*\)[^()（）\[\]]*)?"
CONFLICT = re.compile(
    r"(?P<who>.+?)(?:-(?:LAPTOP|DESKTOP)-[A-Z0-9]{6,8}|-(?:MacBook-(?:Pro|Air)|iMac)|\.sync-conflict-\d{8}-\d{6}-\w{7}"
    rf"|[._-]conflict-?(?:\d{{8}}-\d{{6}})?|\s*[(（\[]{_BESIDE}"
    rf"(?i:confli[ct]|konflikt|name clash|冲突|競合|衝突|충돌|конфликт|конфлікт){_BESIDE}[)）\]])$"
)
#: OneDrive's number for a second file with one name from one person, `Ada_Lee_network 1.py`.
ONEDRIVES = re.compile(
    r"(?P<who>.+_(?:network|net|nn|dnn|mlp|model|main|code|notebook|网络|神经网络|模型|代码)) (?P<number>\d{1,2})$",
    re.I,
)
#: A second file of a student's number, which nobody else has.
OF_NUMBER = re.compile(r"(?P<who>\d{7,12})[\s_-](?P<number>\d)$")
#: The subject of a mail that answers or passes on another one; a blank stands for the colon, which no file may have.
ANSWER = re.compile(r"(?:(?:re|aw|fwd?|wg)(?:[_:-]|\s+[-–—])\s+|(?:回复|答复|转发|回覆)[：:_\s]*)(?P<who>\S.*)$", re.I)
#: Words for late work in front of a name, as a collector or a person writes them.
LATE_OF = re.compile(
    r"(?:late|resub|resubmission|resubmitted)(?:[_.]|\s*[-–—]\s*)(?P<who>\D.*)$|【?(?:补交|迟交|重交)】?[\s_.-]*(?P<east>.+)$",
    re.I,
)
#: Words for a version in front of a name; of a name of one word, they may be a name too: `Final Will` is no `Will`.
FRONT = re.compile(
    r"(?:(?P<aside>draft|old)|(?P<later>updated?|revised|corrected|fixed)|(?P<final>final)"
    r"|(?P<late>resub(?:mit|mission|mitted)?))[\s_.-]+"
    r"(?P<who>(?=.*[^\W_][\s_.,-]+[^\W_]|.*\d{5}|.*[\u3400-\u9fff\uac00-\ud7af]{2}).+)$",
    re.I,
)
#: Words for a version that are names of families too: behind one word, with a capital letter, they may be one.
FAMILY = re.compile(r"(?P<who>[^\W\d_]+)\s+(?:New|Old|Late|Neu|Copy)\d{0,2}$")
#: A branch of a repository as GitHub and GitLab pack it, by a name that several students' repositories may have.
REPOSITORY = re.compile(r"-(?:main|master)$")
#: The end of a name whose dot is no separator: `Smith J. late`, `Bob Roe Jr. late`.
SHORT = re.compile(r"(?<![^\W_])(?:[^\W\d_]|Jr|Sr)$", re.I)
#: The name of a folder that nobody has named, in languages of Explorer and Finder.
UNNAMED = re.compile(
    r"new folder|untitled folder|neuer ordner|nouveau dossier|nueva carpeta|nova pasta|nuova cartella|nieuwe map"
    r"|новая папка|新建文件夹|新しいフォルダー|새 폴더",
    re.I,
)
#: Nouns for anybody: a file of such a name with a number is not one person's second version.
ANYBODY = frozenset(
    """
    student students group groups team teams participant participants user person anon anonymous candidate learner
    pupil member members schueler schüler teilnehmer gruppe equipe équipe grupo estudiante alumno etudiant étudiant
    学生 小组 组 同学
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)


#: A word in the place of a name.
FIRST = "X"
#: Names in one message.
SHOWN = 3


@dataclass(frozen=True)
class Version:
    """A name without the mark of a version, and the rank of that version: 0 without a mark."""

    who: str
    rank: int = 0


def version(name: str) -> Version:
    """The owner and the version that a name without its ending says."""
    plain = unicodedata.normalize("NFC", name).strip()
    if found := _count(plain):
        inner = _unless_family(found["who"])
        return Version(inner.who, ASIDE if inner.rank == ASIDE else inner.rank + int(found["number"]))
    if found := COPY_OF.match(plain) or CONFLICT.match(plain) or JUPYTERS.match(plain):
        return Version(found["who"], ASIDE)
    if (found := BRACKETED.match(plain) or MONTH_IN_FRONT.match(plain)) and (when := day(found["said"])):
        return Version(found["who"], as_digits(*(0, *when)[-3:]))
    if found := IN_FRONT.match(plain):
        return Version(found["who"], as_digits(0, int(found["month"]), int(found["at"])))
    if (found := BRACKETED.match(plain)) and (inner := version(f"{found['who']} {found['said']}")).rank:
        return inner if inner.who == version(found["who"]).who else Version(plain)
    if found := COPY.match(plain):
        return Version(found["who"] or found["east"], ASIDE)
    if found := ANSWER.match(plain):
        inner = _unless_family(found["who"])
        return Version(inner.who, ASIDE if inner.rank == ASIDE else inner.rank + 1)
    if found := LATE_OF.match(plain):
        inner = _unless_family(found["who"] or found["east"])
        return Version(inner.who, ASIDE if inner.rank == ASIDE else inner.rank + LATE)
    if found := TRIED.match(plain):
        inner, number = _unless_family(_with_dot(found)), ordinal(found)
        return Version(inner.who, ASIDE if number == 1 or inner.rank == ASIDE else inner.rank + number)
    if found := VERSION.match(plain) or OF_TASK.match(plain) or DATED.match(plain) or FRONT.match(plain):
        rank = _rank(found)
        inner = _unless_family(_with_dot(found))  # `ada_final_v2`, `ada_final_final`: marks one behind the other
        return Version(inner.who, ASIDE if ASIDE in (inner.rank, rank) else inner.rank + rank)
    if found := BETWEEN.match(plain):
        return Version(f"{found['who']}_{found['file']}", _rank(found))
    return Version(plain)


def _unless_family(name: str) -> Version:
    """The version that a name says: none if its last word may be a family, `Li New` in `Li New final`."""
    return Version(name) if FAMILY.match(name) else version(name)


def _with_dot(found: re.Match[str]) -> str:
    """The name before a mark, with the dot of an initial."""
    dotted = SHORT.search(found["who"]) and found.string[found.end("who") :].startswith(".")
    return f"{found['who']}." if dotted else str(found["who"])


def _rank(found: re.Match[str]) -> int:
    """The rank of a version by its words, its number, its day or its second."""
    said = {kind: text for kind, text in found.groupdict().items() if text}
    if second := said.get("epoch"):
        return int(second + said.get("milli", "000"))
    if day := said.get("day"):
        return int(re.sub(r"\D", "", day).ljust(14, "0"))
    if "year" in said or "worded" in said:
        return as_digits(*dated(found)) + (seconds(said["clock"]) if "clock" in said else 0)
    if number := said.get("number"):
        return int(number)
    if times := said.get("times"):
        return LATE + int(times)
    ranks = {"aside": ASIDE, "eastern": ASIDE, "later": LATER, "revised": LATER, "final": FINAL, "done": FINAL}
    return next((ranks[kind] for kind in said if kind in ranks), LATE)


def anybody(name: str) -> bool:
    """Whether a name is a noun for a student or for a group of them, or says nothing."""
    return UNNAMED.fullmatch(name) is not None or any(
        word.casefold() in ANYBODY for word in re.findall(r"[^\W\d_]+", name)
    )


def _is_one(name: str) -> bool:
    """Whether a noun for any student or group has a number or a letter that tells which one: `Group 2`, `Team A`."""
    return re.search(r"\d|(?<![^\W_])[A-Z](?![^\W_])", name) is not None


def versions(owners: Collection[str], nobodys: Callable[[str], bool]) -> dict[str, Version]:
    """The versions among names without their endings, by name; one that stands for itself is not in it.

    Two are versions of one student's work if they are called alike without the marks, and one of them has none
    (Explorer numbers files of several people from (1)), or both are marked by words. `nobodys` tells of a name whether
    it says nobody, such as `network`: mail attachments of several people are called so.
    """
    said = {name: _unless_family(name) for name in set(owners)}
    for name, (family, rest) in with_families({name: found.who for name, found in said.items()}).items():
        behind = version(f"{FIRST}{rest}")
        said[name] = Version(family + behind.who[len(FIRST) :], behind.rank)
    unmarked = {found.who.casefold() for found in said.values() if not found.rank}
    worded = Counter(found.who.casefold() for name, found in said.items() if found.rank and not _counted(name))
    return {
        name: found
        for name, found in said.items()
        if found.rank
        and not (anybody(found.who) and not _is_one(found.who))
        and not nobodys(found.who)
        and not (REPOSITORY.search(found.who) and _counted(name))
        and (found.who.casefold() in unmarked or (worded[found.who.casefold()] > 1 and not _counted(name)))
    }


def doubt(names: Sequence[str]) -> str:
    """The message about entries that are taken for versions; empty without one."""
    if not names:
        return ""
    text = _("{names}: taken for other versions of the files of that name; rename those of another student")
    return text.format(names=listed([*map(printable, names)], SHOWN))


def alike(owners: Sequence[str]) -> str:
    """The message about files with one name, without a student: of several people, or versions of one's."""
    there = set(owners)
    again = sorted(name for name in there if _counted(name) and version(name).who in there)
    if not again:
        return ""
    text = _("{names} beside {first}: each counts as another student, as the name says nobody; rename them")
    return text.format(names=listed([*map(printable, again)], SHOWN), first=printable(version(again[0]).who))


def numbered(owners: Sequence[str]) -> str:
    """The message about a student's number with several digits behind it: attempts, or several tasks."""
    of_student: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(owners)):
        if found := OF_NUMBER.match(name):
            of_student[found["who"]].append(name)
    several = next((names for names in of_student.values() if len(names) > 1), None)
    if several is None:
        return ""
    text = _(
        "{names}: a submission each, although one student's; of several attempts, take away those that do not count"
    )
    return text.format(names=listed(several, SHOWN))


def _counted(name: str) -> bool:
    """Whether a program's or a person's count is the only mark of a version: not in `ada_final (1)`."""
    plain = unicodedata.normalize("NFC", name).strip()
    found = _count(plain)
    return found is not None and not version(found["who"]).rank


def _count(name: str) -> re.Match[str] | None:
    return AGAIN.match(name) or OF_NUMBER.match(name) or ONEDRIVES.match(name)
