"""The worker's search for small edits that make a program of calls right: the lines of these edits.

The worker is untrusted, so its lines help and prove nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnkata.subject.face import CALL_SECONDS, Raised, Subject, SubjectError
from nnkata.traces.place import Place

#: How likely the kinds of edits are, where it is not 1: what people mistype, against what also happens to help.
WEIGHT = {
    **dict.fromkeys(("factor", "wrapped", "order", "left out", "added", "target", "passed by"), 0.3),
    **dict.fromkeys(("part", "rest", "copied", "operand"), 0.5),
    **{"sign": 0.6, "shifted": 0.6, "brackets": 0.6, "exchanged": 0.7, "transposed": 0.8},
}
#: The most edits that a reply may name.
MOST = 10_000


@dataclass(frozen=True)
class Search:
    """A program of calls, the values that are meant, each with its tolerance, and the calls that are right already.

    The edits of the line `suspect` are tried first; the search takes `seconds` of processor time.
    """

    steps: Sequence[Sequence[Any]]
    meant: Sequence[Sequence[Any]]
    fine: Sequence[Sequence[Any]]
    suspect: Place | None
    seconds: float

    def lines(self, subject: Subject, sources: Mapping[str, str]) -> dict[Place, float] | None:
        """The lines with an edit that mends the program, with the likelihood of each; None if it is right as it is."""
        suspect = [self.suspect.file.rpartition("/")[2], self.suspect.line] if self.suspect else ["", 0]
        request = [self.steps, self.meant, self.fine, suspect, self.seconds]
        try:
            reply = subject.transport.ask("mended", request, CALL_SECONDS)
        except (SubjectError, Raised):
            return {}
        if reply is None:
            return None
        lines = ((one.within(sources), likely) for one, likely in _lines(reply).items())
        return {one: likely for one, likely in lines if one}


def _lines(reply: object) -> dict[Place, float]:
    """Lines with the likelihood of each, from a worker's reply; empty if its form is wrong."""
    found = dict[Place, float]()
    if not isinstance(reply, Sequence) or len(reply) > MOST:
        return {}
    for item in reply:
        if not isinstance(item, Sequence) or len(item) != 3 or not isinstance(item[1], int):
            return {}
        place = Place(str(item[0])[:200], item[1])
        found[place] = max(found.get(place, 0.0), WEIGHT.get(str(item[2]), 1.0))
    return found
