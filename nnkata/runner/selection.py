"""The clauses that a run asks for, in the order of the run."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from nnkata.features.clause import Clause
from nnkata.features.tags import TYPES
from nnkata.runner.prepared import Prepared
from nnkata.runner.settings import Settings

Item = TypeVar("Item")


def requested(items: Iterable[Item], clause_of: Callable[[Item], Clause | None], settings: Settings) -> list[Item]:
    """The items whose clauses the settings ask for, and those without a clause; those of the first stage come first."""
    only, first = settings.only, settings.first_stage
    kept = [item for item in items if only is None or (clause := clause_of(item)) is None or clause.tag in only]
    if first:
        kept.sort(key=lambda item: (clause := clause_of(item)) is None or clause.stage != first)
    return kept


def start_mypy(prepared: Prepared, clauses: Iterable[Clause | None]) -> None:
    """Start mypy beside the run if one of the clauses needs it."""
    if prepared.settings.beside and any(clause and TYPES in clause.tags for clause in clauses):
        prepared.facts.start_mypy()
