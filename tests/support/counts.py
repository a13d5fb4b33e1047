"""The numbers of clauses, counted in the features, so that a new clause changes no test."""

from nnkata.katas.article import KATA, STAGES
from nnkata.runner.run import known_clauses
from nnkata.watching.watch import LATER

CLAUSES = known_clauses()
#: The number of all clauses; of those that the bundled data suffice for; of those in the first answer of `watch`.
ALL = len(CLAUSES)
JUDGED = sum(KATA.full_tag not in clause.tags for clause in CLAUSES)
QUICK = sum(not LATER & set(clause.tags) for clause in CLAUSES)


def upto(stage: str) -> int:
    """The clauses of the stages up to this one."""
    return sum(STAGES.index(clause.stage) <= STAGES.index(stage) for clause in CLAUSES)
