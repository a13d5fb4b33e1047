"""Numbers that a form or an online judge writes into the names of its answers, in the order of submission.

问卷星 and 腾讯文档 count the answers of all students, `2_Li Si_2023110102` and `3_Li Si_2023110102`, so two answers
with one student's number are attempts. The number of a task stands before the names of several students. Jotform's
number of an answer is longer than any student's: two behind one full name are one student's too. An online judge
writes a number and a verdict: `13314863-ada.lee-A-WA`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection

from nnkata.grading.names.named import is_number_of_student, is_sure
from nnkata.grading.names.versions import Version
from nnkata.grading.names.words import words_of

SERIAL = re.compile(r"(?:序号|编号|第)?\s*(?P<serial>\d{1,4})[份号]?(?:[\s_.、+]+|\s*-\s*)(?P<rest>[^\W\d].*)$")
#: The number of an answer, which no student's is.
LONG = re.compile(r"(?P<serial>\d{16,20})[\s_.-]+(?P<rest>[^\W\d].*)$")
#: The verdict of an online judge, behind a name.
VERDICT = re.compile(r"(?P<rest>.+)[\s_.-]+(?:OK|AC|WA|RE|RTE|TLE|MLE|OLE|CE|PE)")
#: The number of a run.
RUN = re.compile(r"(?<![^\W_])\d{5,12}(?![^\W_])")
#: The fewest answers that show an order.
FEW = 3


def answers(names: Collection[str]) -> dict[str, Version]:
    """The answers of students who have several, by name; none if a name has no serial number or two have the same."""
    return _counted(names) or _judged(names) or _of_forms(names)


def _judged(names: Collection[str]) -> dict[str, Version]:
    """The runs of an online judge, if each name has a verdict and a number that no other has."""
    found = {name: match["rest"] for name in set(names) if (match := VERDICT.fullmatch(name))}
    numbers = {name: RUN.findall(rest) for name, rest in found.items()}
    if len(found) < max(FEW, len(set(names))):
        return {}
    places = [place for place in zip(*numbers.values(), strict=False) if len({*place}) == len(found)]
    if len(places) != 1:
        return {}
    runs = dict(zip(numbers, places[0], strict=True))
    rest = {name: re.sub(rf"[\s_.-]*{runs[name]}[\s_.-]*", "_", found[name]).strip("_") for name in found}
    if not all(rest.values()) or len({*rest.values()}) == 1:
        return {}
    return {name: Version(rest[name], int(runs[name])) for name in found}


def _of_forms(names: Collection[str]) -> dict[str, Version]:
    """The answers of a form with long numbers, if all names have one."""
    found = {name: match for name in set(names) if (match := LONG.match(name))}
    if len(found) < max(FEW, len(set(names))):
        return {}
    several = Counter(match["rest"] for match in found.values())
    return {
        name: Version(match["rest"], int(match["serial"]))
        for name, match in found.items()
        if several[match["rest"]] > 1 and is_sure(match["rest"])
    }


def _counted(names: Collection[str]) -> dict[str, Version]:
    found = {name: match for name in set(names) if (match := SERIAL.match(name))}
    serials = {int(match["serial"]) for match in found.values()}
    if len(found) < max(FEW, len(set(names))) or len(serials) < len(found):
        return {}
    of_student: dict[str, list[str]] = defaultdict(list)
    for name, match in found.items():
        numbers = words_of(match["rest"])[1]
        of_student["".join(one for one in numbers if is_number_of_student(one, True, True))].append(name)
    said: dict[str, Version] = {}
    for own, several in of_student.items():
        if own and 1 < len(several) < len(found):
            ranked = sorted((int(found[name]["serial"]), name) for name in several)
            said |= {name: Version(ranked[-1][1], serial) for serial, name in ranked}
    return said
