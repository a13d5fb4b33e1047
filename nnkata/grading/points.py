"""Points: what a clause is worth. One each, unless `[tool.nnkata.points]` gives a stage or a clause another weight."""

from collections.abc import Mapping
from typing import Any

from nnkata.gherkin import Clause
from nnkata.language import _
from nnkata.runner.settings import UsageError
from nnkata.verdict import Verdict


def weights(table: Any, known: list[Clause]) -> dict[str, float]:
    """The points of each clause. A stage's weight is shared evenly by its clauses; a clause's own comes before that.

    Raises:
        UsageError: a name that is neither stage nor clause, or a weight that is no number from 0.
    """
    if not isinstance(table, Mapping):
        raise UsageError(_("points under [tool.nnkata] has to be a table: points = {backward = 30, training-8 = 0}"))
    stages = {clause.stage for clause in known}
    clauses = {clause.tag for clause in known}
    for name, weight in table.items():
        if name not in stages | clauses:
            raise UsageError(_("points: there is no stage and no clause {name!r}").format(name=name))
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
            raise UsageError(
                _("points: {name} is worth {weight!r}, which is no number from 0").format(name=name, weight=weight)
            )
    points: dict[str, float] = {}
    for clause in known:
        share = [c for c in known if c.stage == clause.stage]
        by_stage = float(table[clause.stage]) / len(share) if clause.stage in table else 1.0
        points[clause.tag] = float(table.get(clause.tag, by_stage))
    return points


def earned(verdict: Verdict, points: Mapping[str, float]) -> tuple[float, float]:
    """Points that a verdict earns, and those that it could: skipped clauses count for neither."""
    judged = verdict.judged
    got = sum(points.get(clause.clause, 0.0) for clause in judged if clause.status == "passed")
    return round(got, 4), round(sum(points.get(clause.clause, 0.0) for clause in judged), 4)
