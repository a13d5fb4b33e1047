"""Decides why a clause is not judged, for pytest, for a run and for a batch."""

from collections.abc import Callable, Collection, Mapping

from nnkata.features.clause import Clause
from nnkata.language import _, later
from nnkata.registry import current as kata

NOT_ASKED = later("not asked for")
INTERRUPTED = later("interrupted before")
BY_SKIP = later("left out by --skip")
BY_LAWS = later("left out by --laws: a choice of the text, not of mathematics")


def left_out(
    clause: Clause, skip: Mapping[str, str], only: Collection[str] | None, full: Callable[[], bool]
) -> str | None:
    """The reason why a clause is skipped; None if it is judged.

    `skip` maps clauses to reasons, `only` are the requested clauses (all if None), `full` is whether the data suffice
    for clauses with the kata's `full_tag`.
    """
    if only is not None and clause.tag not in only:
        return _(NOT_ASKED)
    if clause.tag in skip:
        return skip[clause.tag]
    if kata().full_tag in clause.tags and not full():
        return _(kata().not_full)
    return None
