"""The lines at which a small edit makes a piece of a module right, which the worker finds by trying.

Where no edit of the traced line mends the piece, and one of another line does, that line is at fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnkata.katas.mlp.lines.programs import PROGRAMS
from nnkata.katas.mlp.lines.suspects import Suspects
from nnkata.katas.mlp.pieces import Pieces
from nnkata.subject.edits import Search
from nnkata.traces.place import Place

#: The processor time of a search, in seconds, for some hundred edits; each search in vain halves that of the next.
SECONDS = 0.12
#: The pieces on which the clauses of a stage rest, the likeliest first: a step is compared with the module's own
#: gradients, a prediction with its own output.
RESTS: Mapping[str, tuple[str, ...]] = {
    "parameters": ("output",),
    "output": ("output",),
    "gradients": ("output", "gradients", "loss"),
    "batches": ("output", "gradients", "loss"),
    "step": ("step", "output", "gradients"),
    "training": ("step", "train", "order", "output", "gradients", "loss"),
    "accuracy": ("predict", "accuracy", "output"),
}
#: The pieces on which a clause rests before those of its stage; a search in vain for them says nothing of the others.
FIRST: Mapping[str, tuple[str, ...]] = {"training-1": ("used",), "training-7": ("epochs",)}
PROBES = {piece for pieces in FIRST.values() for piece in pieces}
#: The likelihood from which an edit counts for more than the traced line, if that one cannot be mended.
CLEAR = 0.5
#: Mistakes that an edit of another line mends as well: a sum of one array, or a mean of the other.
EITHER = {"weights-not-averaged", "bias-not-averaged"}


@dataclass
class Mends:
    """The searches for a module, each made once."""

    pieces: Pieces
    suspects: Suspects
    sources: Mapping[str, str]
    seconds: float = field(default_factory=lambda: SECONDS)
    _found: dict[str, dict[Place, float] | None] = field(default_factory=dict)

    def line(self, clause: str) -> Place | None:
        """The line at fault for a failed clause: of the first piece that is wrong."""
        if clause.startswith("start-"):
            return self.suspects.of("start")
        pieces = (*FIRST.get(clause, ()), *RESTS.get(clause.rpartition("-")[0], ()))
        if "gradients-pile-up" in self.suspects.names:  # a step of such gradients is as wrong as they are
            pieces = ("gradients", *pieces)
        if clause.startswith("accuracy-") and self._lines("output") is not None:  # classes of wrong outputs say nothing
            pieces = ("output", *pieces)
        for piece in pieces:
            if piece == "order" and self.suspects.of(piece) is None:  # two batches are no single step
                continue
            found = self._lines(piece)
            if found is not None and (found or piece not in PROBES):
                suspect = self.suspects.of(piece)
                return (
                    suspect if suspect and not EITHER.isdisjoint(self.suspects.names) else self._chosen(found, suspect)
                )
        return None

    def _lines(self, piece: str) -> dict[Place, float] | None:
        """The lines that mend a piece, with the likelihood of each; None if it is right, or that is unknown."""
        if piece not in self._found:
            program = PROGRAMS[piece](self.pieces)
            if program is None:
                self._found[piece] = None
            else:
                suspect = self.suspects.of(piece)
                search = Search(program.steps, program.meant, program.fine, suspect, self.seconds)
                self._found[piece] = search.lines(self.pieces.functions.subject, self.sources)
                self.seconds /= 2 if self._found[piece] == {} else 1
        return self._found[piece]

    def _chosen(self, found: Mapping[Place, float], suspect: Place | None) -> Place | None:
        best = max(found, key=lambda one: (found[one], one == suspect, self._in_function(one)), default=None)
        if best is None or suspect is None:
            return best or suspect
        return suspect if found.get(suspect, 0.0) >= found[best] or found[best] < CLEAR else best

    def _in_function(self, place: Place) -> bool:
        """Whether a line is indented: a number at the top of a module helps wherever it is a factor."""
        lines = self.sources.get(place.file, "").splitlines()[place.line - 1 : place.line]
        return any(line[:1].isspace() for line in lines)
