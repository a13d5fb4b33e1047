"""The line of a failure: where an exception arose, where a small edit mends it, or that made a wrong value.

The lines come from the untrusted side: they help and prove nothing.
"""

from collections.abc import Mapping

from nnkata.katas.mlp.facts import known
from nnkata.katas.mlp.lines.mends import Mends
from nnkata.katas.mlp.lines.suspects import Suspects
from nnkata.katas.mlp.lines.traced_calls import Calls
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.pieces import Pieces
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject, SubjectError
from nnkata.subject.objects import Functions
from nnkata.traces.place import Place
from nnkata.worker.kept import NotLive


def places(
    subject: Subject, seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> Mapping[str, Place]:
    """The line of each failed clause for which one is known."""
    found, reading = dict[str, Place](), known.get(subject)
    mends = None
    if reading is not None and len(reading.batches) > 1:
        pieces = Pieces(Functions(subject), reading)
        named = (error.evidence for error in errors.values() if isinstance(error, Mismatch))
        names = frozenset(name for one in named if isinstance(one, Named) for name in one.names)
        mends = Mends(pieces, Suspects(Calls(pieces), sources, names), sources)
    for clause, error in errors.items():
        place = None
        if isinstance(error, Raised):
            stated = Place.stated(error.where)
            place = stated and stated.within(sources)
            place = (_line(mends, clause) if not clause.startswith("start-") else None) or place
        elif isinstance(error, Mismatch):
            place = _line(mends, clause)
        if place:
            found[clause] = place
    return found


def _line(mends: Mends | None, clause: str) -> Place | None:
    """The line at fault for a clause; None if the module answers with values that no comparison takes."""
    try:
        return mends.line(clause) if mends is not None else None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NotLive, Raised, SubjectError):
        return None
