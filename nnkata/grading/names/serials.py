"""Serial numbers that a form writes before the names of its answers: `2_Li Si_2023110102`, `3_Li Si_2023110102`.

问卷星 and 腾讯文档 number the answers of all students in the order of submission, so two answers with one student's
number are attempts. The number of a task stands before the names of several students.
"""

import re
from collections import defaultdict
from collections.abc import Collection

from nnkata.grading.names.named import is_number_of_student
from nnkata.grading.names.versions import Version
from nnkata.grading.names.words import words_of

SERIAL = re.compile(r"(?:序号|编号|第)?\s*(?P<serial>\d{1,4})[份号]?(?:[\s_.、+]+|\s*-\s*)(?P<rest>[^\W\d].*)$")
#: The fewest answers that show an order.
FEW = 3


def answers(names: Collection[str]) -> dict[str, Version]:
    """The answers of students who have several, by name; none if a name has no serial number or two have the same."""
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
