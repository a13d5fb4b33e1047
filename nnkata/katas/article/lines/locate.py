"""Requests the traces for a failure from a submission, and finds the line of each failed clause."""

import re
from collections.abc import Mapping
from functools import cache

from nnkata.katas.article.lines.calls import exceptions
from nnkata.katas.article.lines.calls.wrappers import wrappers
from nnkata.katas.article.lines.edits.mends import Mends
from nnkata.katas.article.lines.pieces.all_pieces import Pieces
from nnkata.katas.article.lines.sources import origin, outer_names, statements
from nnkata.katas.article.lines.sources.trees import tree
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject
from nnkata.traces.place import Place
from nnkata.worker.tree import nodes

#: The beginning of a finding about the source: `network.py:12`.
FINDING = re.compile(r"(?P<file>[^\s:\[\]',]+\.py):(?P<line>\d+)")


def locate(
    subject: Subject, seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> dict[str, Place]:
    """The line of each failed clause for which one is found; `errors` are the clauses' errors."""
    tracer, found = Pieces(subject, seed, sources), {}
    mends = Mends(tracer)

    @cache  # most clauses of a mistake have the same line
    def statement(place: Place, raised: bool) -> Place:
        return statements.within_with(place, sources) if raised else _statement(place, sources)

    try:
        for clause, error in errors.items():
            place, traced = _stated(error, clause, sources), True
            if isinstance(
                error, Raised
            ):  # its own line, unless the trace raises there too and a value was wrong before
                before = tracer.place(clause)
                unfit = bool(tracer.misshapen and exceptions.UNFIT.search(error.message))
                index = before is not None and error.kind == "IndexError" and exceptions.numbers(before, place, sources)
                later = tracer.nothing and error.kind in ("AttributeError", "TypeError", "IndexError")
                traced = error.where in tracer.raised or _dropped(error) or unfit or index or later
                place = before if before and traced else place
                if place and "NoneType" in error.message:
                    place = statements.kept_nothing(place, sources) or outer_names.unset(place, sources) or place
            elif place is None and isinstance(error, Mismatch):
                place = tracer.place(clause)
            place = place.within(sources) if place else None
            if place:
                place = statement(place, isinstance(error, Raised))
            if traced and isinstance(error, Raised | Mismatch):
                place = mends.line(clause, place)
            if place:
                found[clause] = place
    finally:
        _forget()
    return found


def of_stages(subject: Subject, seed: int, sources: Mapping[str, str], stages: Mapping[str, str]) -> dict[str, Place]:
    """The line of each clause in the part of its stage, if that part is traced apart from those before."""
    tracer, found = Pieces(subject, seed, sources), {}
    try:
        for clause, stage in stages.items():
            place = tracer.alone(clause, stage)
            if place := place and place.within(sources):
                found[clause] = _statement(place, sources)
    finally:
        _forget()
    return found


def _statement(place: Place, sources: Mapping[str, str]) -> Place:
    """The statement at fault, of a line that has or leaves a wrong value."""
    there = statements.overwritten(statements.within_with(place, sources), sources)
    there = statements.left_at_once(there, sources)
    return origin.element(statements.dropped(there, sources), sources)


def _forget() -> None:
    """Nothing of a submission stays for the next one."""
    tree.cache_clear()
    nodes.cache_clear()
    wrappers.cache_clear()


def _dropped(error: Raised) -> bool:
    """Whether a weight matrix is missing in a dict: the line that left it out may be another than the one that asks."""
    return error.kind == "KeyError" and error.message.strip("'") in WEIGHTS


def _stated(error: BaseException, clause: str, sources: Mapping[str, str]) -> Place | None:
    """The line in the failure itself: an exception's, or a finding's about the source."""
    if isinstance(error, Raised):
        return Place.stated(error.where)
    if clause.startswith(("typing-", "from-scratch-")) and isinstance(error, Mismatch):
        lines = error.evidence if isinstance(error.evidence, list) else []
        for line in map(str, lines):
            if match := FINDING.match(line):
                return Place(match["file"], int(match["line"]))
            if place := statements.imported(line, sources):
                return place
    return None
