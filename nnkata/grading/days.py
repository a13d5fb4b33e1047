"""Days without a year as the names of folders: `Nov 12`, `3. Dezember`."""

import re
from collections.abc import Mapping
from pathlib import Path

#: The months' names and their short forms, in English and German.
MONTHS = (
    "jan(?:uary|uar)?",
    "feb(?:ruary|ruar)?",
    "mar(?:ch)?|märz?",
    "apr(?:il)?",
    "may|mai",
    "june?|juni",
    "july?|juli",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "o[ck]t(?:ober)?",
    "nov(?:ember)?",
    "de[cz](?:ember)?",
)
NAME = rf"(?:{'|'.join(MONTHS)})"
DAY = re.compile(rf"(?P<word>{NAME})[\s_.-]*(?P<day>\d{{1,2}})|(?P<before>\d{{1,2}})[\s_.-]*(?P<after>{NAME})", re.I)
#: The months of half a year: two days that are farther apart are of a term over the turn of the year.
TERM = 6


def day(name: str) -> tuple[int, ...]:
    """The month and the day that a name says, and nothing else; empty if it says more or less."""
    found = DAY.fullmatch(name.strip())
    if found is None:
        return ()
    word = found["word"] or found["after"]
    month = next(number for number, said in enumerate(MONTHS, 1) if re.fullmatch(said, word, re.I))
    return month, int(found["day"] or found["before"])


def in_one_term(times: Mapping[Path, tuple[int, ...]]) -> dict[Path, tuple[int, ...]]:
    """The times, with the months after the turn of the year behind those before it, where these are days of a term."""
    months = {time[1] for time in times.values() if len(time) == len(("0", "month", "day"))}
    turned = bool(months) and max(months) - min(months) > TERM
    return {
        path: (0, time[1] + 12, time[2]) if turned and len(time) == 3 and time[1] <= TERM else time
        for path, time in times.items()
    }
