"""What a name says about an attempt: its number or its time, or a step of OpenOlat.

Source: OpenOlat, GTACourseNode.java: the numbered steps `1_task`, `2_submissions`, `3_corrections`, `4_revisions_1`, …,
and PFManager.java: `dropbox` for the student's files, `returnbox` for the coach's.
"""

import re

from nnkata.grading.names.days import as_digits, day
from nnkata.grading.names.ordinals import ORDINAL, ordinal
from nnkata.grading.names.timestamps import is_moment, moment
from nnkata.grading.names.words import NOUNS

#: A folder of one attempt: its number, or its time.
NUMBERED = re.compile(
    rf"(?:{NOUNS})"
    r"[\s_.#-]*(?P<number>\d{1,4})(?![^\W_])",
    re.I,
)
SHORT = re.compile(r"(?<![^\W_])v(?:er)?[\s_.#-]*(?P<number>\d{1,3})(?![^\W_])", re.I)
TIMED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?P<apart>\D?)(?:0[1-9]|1[0-2])\D?(?:0[1-9]|[12]\d|3[01])"
    r"(?P<clock>\D{0,2}\d\d(?:\D?\d\d){1,2})?(?!\d)"
)
#: A step of OpenOlat; the student's are those with a word for a submission.
STEP = re.compile(
    r"\d{1,2}_(?:(?P<own>submissions|revisions)|(?:task|assignment|correction|review|solution)s?|assessment|grading|feedback)(?:_\d{1,2})?"
)
#: The two folders of OpenOlat's participant folder.
BOX = re.compile(
    r"(?P<own>(?:participant |teilnehmer )?(?:drop[\s_-]?box|abgabeordner))"
    r"|(?:coach |betreuer )?(?:return[\s_-]?box|rückgabeordner)",
    re.I,
)


def step(name: str) -> "re.Match[str] | None":
    """The step of OpenOlat that a folder's name says, or its box; its group `own` is there if it is the student's."""
    return STEP.fullmatch(name) or BOX.fullmatch(name)


def is_attempt(name: str) -> bool:
    """Whether a folder's name says an attempt or a step, by a number with a word or a time.

    Eight digits may be a student's.
    """
    timed = TIMED.search(name)
    by_time = (timed is not None and bool(timed["apart"] or timed["clock"])) or is_moment(name)
    return by_time or bool(day(name)) or says_a_number(name) or STEP.fullmatch(name) is not None


def says_a_number(name: str) -> bool:
    """Whether a name says the number of an attempt, in digits or in words."""
    return (NUMBERED.search(name) or ORDINAL.search(name)) is not None


def has_clock(name: str) -> bool:
    """Whether a name says a day with a time: `hw3_2026_11_11T21_16_34`."""
    timed = TIMED.search(name)
    return timed is not None and bool(timed["apart"] and timed["clock"])


def without_time(name: str) -> str:
    """A name without a day that has a time, also of a fraction of a second: `hw3_2026_11_11T21_16_34_608257`."""
    return re.sub(
        rf"{TIMED.pattern}(?:[_.-]\d{{3,6}}(?!\d))?", lambda m: " " if m["apart"] and m["clock"] else m[0], name
    )


def number_or_time(name: str) -> tuple[int, ...]:
    """The number of an attempt, or its time as digits behind a zero; empty if the name says neither."""
    if is_moment(name):
        return (0, int("{}{:02}{:02}{:02}{:02}{:02}".format(*moment(name))))
    if found := NUMBERED.search(name) or SHORT.search(name):
        return (int(found["number"]),)
    if found := ORDINAL.search(name):
        return (ordinal(found),)
    if found := TIMED.search(name):
        return (0, int(re.sub(r"\D", "", found[0]).ljust(14, "0")))
    that = day(name)
    return (0, as_digits(*that)) if len(that) == len(("year", "month", "day")) else (0, *that) if that else ()
