"""The points of clauses: one each, unless `[tool.nnkata.points]` gives a stage or a clause another weight."""

from collections.abc import Mapping, Sequence

import msgspec

from nnkata.errors import UsageError
from nnkata.features.clause import Clause
from nnkata.language import _
from nnkata.suggestions import meant
from nnkata.verdict import Verdict


def weights(table: Mapping[str, float], known: Sequence[Clause]) -> dict[str, float]:
    """The points of each clause. A stage's clauses share its weight evenly; a clause's own weight takes precedence.

    Raises:
        UsageError: a name is neither stage nor clause.
    """
    stages = {clause.stage for clause in known}
    clauses = {clause.tag for clause in known}
    for name in table:
        if name not in stages | clauses:
            text = _("[tool.nnkata.points]: there is no stage and no clause {name!r}").format(name=name)
            raise UsageError(text + meant(name, sorted(stages | clauses)))
    points: dict[str, float] = {}
    for clause in known:
        share = [c for c in known if c.stage == clause.stage]
        by_stage = table[clause.stage] / len(share) if clause.stage in table else 1.0
        points[clause.tag] = table.get(clause.tag, by_stage)
    return points


def earned(verdict: Verdict, points: Mapping[str, float]) -> tuple[float, float]:
    """The points of a verdict and their maximum: skipped clauses count for neither."""
    judged = verdict.judged
    got = sum((points.get(clause.clause, 0.0) for clause in judged if clause.status == "passed"), 0.0)
    return round(got, 4), round(sum((points.get(clause.clause, 0.0) for clause in judged), 0.0), 4)


def scored(verdict: Verdict, points: Mapping[str, float]) -> Verdict:
    """The verdict with its share of the points as its score: the same in its JSON, the gradebook and its pages."""
    got, full = earned(verdict, points)
    return msgspec.structs.replace(verdict, score=round(got / full, 4)) if full else verdict
