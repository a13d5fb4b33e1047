"""Days in names: `Nov 12`, `3. Dezember`, `12 Nov 2026`, `3.11.2026`."""

import re
from collections.abc import Mapping
from pathlib import Path

#: The months' names and their short forms, in English and German, then in French, Spanish and Italian.
MONTHS = (
    "jan(?:uary|uar|vier)?|enero|gennaio",
    "feb(?:ruary|ruar)?|février|febrero|febbraio",
    "mar(?:ch)?|märz?|mars|marzo",
    "apr(?:il|ile)?|avril|abril",
    "may|mai|mayo|maggio",
    "june?|juni|juin|junio|giugno",
    "july?|juli|juillet|julio|luglio",
    "aug(?:ust)?|août|agosto",
    "sept?(?:ember|embre|iembre)?|settembre",
    "o[ck]t(?:ober|obre)?|octubre|ottobre",
    "nov(?:ember|embre|iembre)?",
    "de[cz](?:ember)?|décembre|diciembre|dicembre",
)
NAME = rf"(?:{'|'.join(MONTHS)})"
_WORDED = rf"(?:(?P<word>{NAME})[\s_.-]*(?P<of>\d{{1,2}})|(?P<before>\d{{1,2}})[\s_.-]*(?P<after>{NAME}))"
#: A day with the name of its month and its year, and one in numbers: `3.11.2026` and `11-3-2026` are the third of
#: November.
WORDED = rf"{_WORDED}[\s_.,-]+(?P<worded>20\d\d)(?!\d)"
DOTTED = (
    r"(?<!\d)(?P<first>0?[1-9]|[12]\d|3[01])(?P<dot>[.-])(?P<second>0?[1-9]|[12]\d|3[01])(?P=dot)(?P<year>20\d\d)(?!\d)"
)
#: A time behind a day: `10:15`, `9.05 am`, `130 PM`; four digits alone may be a student's.
CLOCK = r"(?:at )?(?P<clock>\d{1,2}[.:_h]\d\d(?:[.:_]\d\d)?(?:\s?[ap]m)?|\d{3,4}\s?[ap]m)(?![^\W_])"
DAY = re.compile(rf"{WORDED}|{DOTTED}", re.I)
WITHOUT_YEAR = re.compile(_WORDED, re.I)
#: The months of half a year: two days that are farther apart are of a term over the turn of the year.
TERM = 6


def day(name: str) -> tuple[int, ...]:
    """The day in a name of nothing else: year, month and day, or month and day; empty for any other name."""
    plain = name.strip()
    if found := DAY.fullmatch(plain):
        return dated(found)
    return _of_month(found) if (found := WITHOUT_YEAR.fullmatch(plain)) else ()


def dated(found: re.Match[str]) -> tuple[int, int, int]:
    """The year, the month and the day of a match of `WORDED` or `DOTTED`."""
    if found["year"]:
        at, month = (found["first"], found["second"]) if found["dot"] == "." else (found["second"], found["first"])
        at, month = (at, month) if int(month) <= len(MONTHS) else (month, at)
        return int(found["year"]), int(month), int(at)
    return int(found["worded"]), *_of_month(found)


def _of_month(found: re.Match[str]) -> tuple[int, int]:
    word = found["word"] or found["after"]
    month = next(number for number, said in enumerate(MONTHS, 1) if re.fullmatch(said, word, re.I))
    return month, int(found["of"] or found["before"])


def as_digits(year: int, month: int, at: int) -> int:
    """A day as a number with its time, midnight: 20261103000000."""
    return int(f"{year}{month:02}{at:02}000000")


def seconds(clock: str) -> int:
    """A time as digits, 133000 for `1:30 pm`; the hour of a time without a separator has one digit or two."""
    digits = re.sub(r"\D", "", clock) if not re.match(r"\d\D", clock) else "0" + re.sub(r"\D", "", clock)
    digits = ("0" + digits if len(digits) % 2 else digits).ljust(6, "0")
    hour = int(digits[:2])
    if half := re.search(r"[ap](?=m)", clock, re.I):
        hour = hour % 12 + 12 * (half[0].lower() == "p")
    return hour * 10_000 + int(digits[2:6])


def in_one_term(times: Mapping[Path, tuple[int, ...]]) -> dict[Path, tuple[int, ...]]:
    """The times; of days in one term over the turn of the year, January and later months come after December."""
    months = {time[1] for time in times.values() if len(time) == len(("0", "month", "day"))}
    turned = bool(months) and max(months) - min(months) > TERM
    return {
        path: (0, time[1] + 12, time[2]) if turned and len(time) == 3 and time[1] <= TERM else time
        for path, time in times.items()
    }
