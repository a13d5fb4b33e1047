"""Several students by numbers alone: a candidate's or a seat in front, a program's count, a student's beside words."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from nnkata.grading.kinds import stem
from nnkata.grading.names.named import BESIDE, is_number_of_student
from nnkata.grading.names.words import PARTS, words_of
from nnkata.grading.submission.contents import holds_network
from nnkata.texts import text

#: Words of one student's work, by its number.
ONES = frozenset(("submission", "student", "network", "net", "nn", "mlp", "model", "main", "solution", "code"))
#: A program's number for a file of a name that is there already.
NUMBER = re.compile(r"\s*\(\d{1,3}\)$|-\d{1,2}$")
#: A candidate's seat.
SEAT = re.compile(r"(?P<row>[A-Z])\d{2,3}(?=[\s_.-])")
#: The number of a candidate in front of a name; one of hundreds or of a power of two is a size.
IN_FRONT = re.compile(r"(?!\d\d00|1024|2048|4096|8192)(?P<number>\d{4})(?!\d)[\s_.-]*[^\W\d]")
#: The students of a pair.
PAIR = 2
#: The fewest candidates.
FEW = 2


def are_numbered(names: Collection[str]) -> bool:
    """Whether files have one name but for a program's number: `network.py`, `network (1).py`."""
    stems = [stem(text(name)) for name in names]
    return len(stems) > 1 and len({NUMBER.sub("", one) for one in stems}) == 1


def are_unnamed(names: Collection[str]) -> bool:
    """Whether names differ in a number alone, and say a work, and no version or part: `1.py`, `submission_2`."""
    said = [words_of(name) for name in names]
    counted = {tuple(numbers) for _words, numbers in said}
    alike = len(said) > 1 and all(words == said[0][0] for words, _numbers in said) and len(counted) == len(said)
    return are_numbered(names) or (alike and {*said[0][0]} <= ONES)


def have_numbers_in_front(code: Sequence[Path]) -> bool:
    """Whether each entry has a network and begins with a number of four digits of its own, as an exam writes them.

    A year and a round number, such as that of units or samples, are no candidate's. Seats of several rows do too.
    """
    found = [IN_FRONT.match(text(entry.name)) for entry in code]
    numbers = {one["number"] for one in found if one and is_number_of_student(one["number"], False, days=True)}
    seats = {one[0]: one["row"] for entry in code if (one := SEAT.match(text(entry.name)))}
    told = len(numbers) == len(code) >= FEW or (len(seats) == len(code) and len({*seats.values()}) > 1)
    return told and all(map(holds_network, code))


def have_numbers(code: Sequence[Path]) -> bool:
    """Whether networks have more numbers of students than a pair has, all of one length, each beside a word."""
    found = {number for entry in code if holds_network(entry) and (number := _number(entry))}
    return len(found) > PAIR and len({len(number) for number in found}) == 1


def _number(entry: Path) -> str:
    """The only number of a student in a name that also has somebody's words; empty without one."""
    words, numbers = words_of(entry.name)
    own = [number for number in numbers if len(number) > BESIDE and is_number_of_student(number, True, days=True)]
    return own[0] if len(own) == 1 and not all(word in PARTS for word in words) else ""
