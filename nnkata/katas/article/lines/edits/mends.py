"""The lines at which a small edit makes a piece right, which the worker finds by trying (`nnkata.worker.mending`).

A trace finds the first line with a value that a right network does not have; the mistake may be another line, which
led to it. Where no edit of the traced line mends the piece, and one of another line does, that line is at fault.
"""

from dataclasses import dataclass, field

from nnkata.katas.article.lines.edits.programs import PROGRAMS
from nnkata.katas.article.lines.pieces.all_pieces import Pieces
from nnkata.subject.edits import Search
from nnkata.traces.place import Place

#: The processor time of a search, in seconds: for about 400 edits, and less than a tenth of that of a check.
SECONDS = 0.08
#: Where several lines mend a piece, those count that mend this one with it.
FURTHER = {"forward": "backward"}
#: Functions that are pieces of their own: where one of them is wrong, edits of its callers may undo its effect.
FUNCTIONS = ("sigmoid", "slope", "softmax")
PASSES = {"forward", "backward"}
#: The likelihood from which an edit counts for more than the traced line, if that one cannot be mended.
CLEAR = 0.5


@dataclass
class Mends:
    """The searches for a submission, each made once."""

    pieces: Pieces
    #: The processor time of the next search; each search in vain halves it, so that all of them stay below its double.
    seconds: float = field(default_factory=lambda: SECONDS)
    #: The lines that were at fault for other clauses.
    _chosen: set[Place] = field(default_factory=set)
    _found: dict[str, dict[Place, float]] = field(default_factory=dict)

    def line(self, clause: str, place: Place | None) -> Place | None:
        """The line at fault for a failed clause; `place`, the traced line, if no other is found."""
        rests = self.pieces.rests(clause)
        bent = place and not PASSES.isdisjoint(rests)  # these have examined the functions
        functions = [name for name in FUNCTIONS if bent and self.pieces.of(name) == place]
        for piece in functions or rests:
            if self.pieces.of(piece) and piece in self.pieces.sure:
                return place
            found = self._lines(piece, place)
            if len(found) > 1 and piece in FURTHER:
                both = found.keys() & self._lines(FURTHER[piece], place).keys()
                found = {one: found[one] for one in both or found}
            if found:
                best = max(found, key=lambda one: (one in self._chosen, found[one], one == place))
                if place and (found.get(place, 0) >= found[best] or found[best] < CLEAR):
                    return place
                self._chosen.add(best)
                return best
            if self.pieces.of(piece):
                break
        return place

    def _lines(self, piece: str, place: Place | None) -> dict[Place, float]:
        """The lines that mend a piece, with the likelihood of each; empty if it is right."""
        make = PROGRAMS.get(piece)
        if make and piece not in self._found:
            program = make(self.pieces)
            search = Search(program.steps, program.meant, program.fine, place, self.seconds)
            found = search.lines(self.pieces.subject, self.pieces.sources)
            self._found[piece] = found or {}
            self.seconds /= 1 if found is None or found else 2
        return self._found.get(piece, {})
