"""Moments in names: a day with the name or the number of its month, and a clock, as `Sep 5, 2026 1045 PM`."""

import re

#: The beginnings of the months' names in the languages of platforms, in the order of months.
MONTHS = (
    ("jan", "ene", "gen", "1月"),
    ("feb", "fév", "fev", "2月"),
    ("mar", "mär", "maa", "mrt", "3月"),
    ("apr", "abr", "avr", "4月"),
    ("may", "mai", "mei", "maj", "mag", "5月"),
    ("jun", "juin", "giu", "6月"),
    ("jul", "juil", "lug", "7月"),
    ("aug", "ago", "aoû", "aou", "8月"),
    ("sep", "set", "9月"),
    ("oct", "okt", "ott", "out", "10月"),
    ("nov", "11月"),
    ("dec", "dez", "dic", "déc", "12月"),
)
CLOCK = re.compile(
    r"(?:(?P<before>上午|下午|오전|오후)\s?)?(?P<hour>\d{1,2})(?:[ .:h_]|\s?h\s?)?(?P<minute>\d{2})"
    r"(?:[ .:_](?P<second>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.|上午|下午)?$",
    re.I,
)
#: Words beside those of a month and a clock.
BESIDE = frozenset("at um uhr à h am pm a m p le de".split())  # noqa: SIM905  # a list of 10 literals is harder to read


def moment(text: str) -> tuple[int, ...]:
    """A date with its time as (year, month, day, hour, minute, second); empty if it is none."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    clock = CLOCK.search(text)
    if year is None or clock is None or clock.start() < year.end():
        return ()
    rest = text[: year.start()] + " " + text[year.end() : clock.start()]
    words = [word.lower() for word in re.findall(r"[^\W\d_]+\.?|\d{1,2}月", rest)]
    month = next((n for n, starts in enumerate(MONTHS, 1) for word in words if word.startswith(starts)), 0)
    numbers = [int(number) for number in re.findall(r"\d{1,2}", re.sub(r"\d{1,2}月", " ", rest))]
    if not month and len(numbers) == 2:
        month, numbers = numbers[0], numbers[1:]
    if not 1 <= month <= 12 or len(numbers) != 1:
        return ()
    half = (clock["half"] or clock["before"] or "").lower().replace(".", "")
    hour = int(clock["hour"]) % 12 + 12 * (half in ("pm", "下午", "오후")) if half else int(clock["hour"])
    return int(year[0]), month, numbers[0], hour, int(clock["minute"]), int(clock["second"] or 0)


def is_moment(name: str) -> bool:
    """Whether a name says a moment and nothing else: `Nov 1, 2026 at 10.30 PM`."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", name)]
    months = tuple(start for starts in MONTHS for start in starts)
    return bool(moment(name)) and all(word in BESIDE or word.startswith(months) for word in words)
