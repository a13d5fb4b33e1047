"""nbgrader's folder of a whole course: students' work in `submitted`, beside the assignments and their results.

Source: nbgrader/apps/api.py and docs/source/user_guide/philosophy.rst of jupyter/nbgrader: `source` and `release` have
the instructor's notebooks, `autograded` and `feedback` are made from `submitted`, and that from `downloaded`.
"""

from collections.abc import Sequence
from pathlib import Path

SUBMITTED, AUTOGRADED = "submitted", "autograded"
STEPS = frozenset(("source", "release", AUTOGRADED, "feedback", "downloaded"))
#: Files of such a folder; one of them, the step with a name of nbgrader's own, or two steps prove it.
FILES = frozenset(("gradebook.db", "nbgrader_config.py"))
#: What may lie beside these: the notebook put before each assignment, results for one student each, a log, tables.
BESIDE = frozenset(("header.ipynb", "feedback_generated", "solution", "exchange", ".nbgrader.log", "grades.csv"))


def beside_submitted(entries: Sequence[Path]) -> list[Path]:
    """The entries of nbgrader's folder but the submitted work; none if it is no such folder."""
    names = {entry.name for entry in entries}
    if SUBMITTED not in names or not (names & FILES or AUTOGRADED in names or len(names & STEPS) > 1):
        return []
    return [entry for entry in entries if entry.name in STEPS | FILES | BESIDE]
