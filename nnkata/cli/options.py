"""Options that several commands share, and what they mean."""

from collections.abc import Sequence

from nnkata.gherkin import Clause
from nnkata.language import _
from nnkata.protocol import STAGES
from nnkata.runner.settings import UsageError


def chosen(
    known: Sequence[Clause], stages: Sequence[str] = (), upto: str | None = None, clauses: Sequence[str] = ()
) -> frozenset[str] | None:
    """The clauses that --stage, --upto and --clause ask for together; None, which is all, where none is given.

    Raises:
        UsageError: there is no such clause, or what is asked for has none.
    """
    if unknown := sorted(set(clauses) - {clause.tag for clause in known}):
        raise UsageError(
            _("there is no clause {unknown}; clauses are named like backward-3").format(unknown=", ".join(unknown))
        )
    wanted = set(stages) | set(STAGES[: STAGES.index(upto) + 1] if upto else ())
    if not wanted and not clauses:
        return None
    tags = frozenset({clause.tag for clause in known if clause.stage in wanted} | set(clauses))
    if not tags:
        raise UsageError(_("no clause of these features belongs to {wanted}").format(wanted=", ".join(sorted(wanted))))
    return tags
