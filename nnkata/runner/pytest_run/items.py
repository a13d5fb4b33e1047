"""Knowledge of a run that stays with pytest's items: the clause, and the calls of its steps."""

import pytest

from nnkata.features.bdd import scenario_of
from nnkata.features.clause import Clause, is_clause_tag
from nnkata.kata import World
from nnkata.runner.prepared import Prepared
from nnkata.runner.results.clause_result import Calls, Passes, world_of

#: Of a configuration: the implementation; its clauses by tag, and by file and title; the clauses that have passed.
PREPARED = pytest.StashKey[Prepared]()
KNOWN = pytest.StashKey[dict[str, Clause]]()
PLACED = pytest.StashKey[dict[tuple[str, str], Clause]]()
PASSES = pytest.StashKey[Passes]()
#: Of an item: the calls of its steps.
CALLS = pytest.StashKey[Calls]()
#: Of an item: its clause, looked up once.
CLAUSE = pytest.StashKey[Clause | None]()


def clause_of(item: pytest.Item) -> Clause | None:
    """The clause of a test item: by its file and title; in a user's own file, by a clause tag."""
    if CLAUSE not in item.stash:
        item.stash[CLAUSE] = _clause_of(item)
    return item.stash[CLAUSE]


def _clause_of(item: pytest.Item) -> Clause | None:
    place, known = scenario_of(item), item.config.stash[KNOWN]
    found = item.config.stash[PLACED].get(place) if place else None
    tagged = (known[mark.name] for mark in item.iter_markers() if mark.name in known)
    return found or next((clause for clause in tagged if is_clause_tag(clause.tag, clause.stage)), None)


def world_for(item: pytest.Item) -> World:
    """A new world for the steps of an item, whose calls and figures stay with it."""
    calls, clause = Calls(), clause_of(item)
    item.stash[CALLS] = calls
    return world_of(item.config.stash[PREPARED], clause.tag if clause else item.name, calls)


def example_of(item: pytest.Item) -> dict[str, str]:
    """The row of an outline's table that this item runs."""
    callspec = getattr(item, "callspec", None)
    row = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    return {str(key): str(value) for key, value in row.items()}
