"""nbgrader's folders of a whole course: students' work in `submitted`, beside the assignments and their results.

Source: nbgrader/apps/api.py and docs/source/user_guide/philosophy.rst of jupyter/nbgrader: `source` and `release` have
the instructor's notebooks, `autograded` and `feedback` are made from `submitted`, and that from `downloaded`. Its
exchange has students' work in `inbound`, beside the assignments in `outbound` and the results in `feedback`.
"""

from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.kinds import entries_of
from nnkata.grading.platforms.forms import nbgrader

SUBMITTED, AUTOGRADED = "submitted", "autograded"
INBOUND, OUTBOUND = "inbound", frozenset(("outbound", "feedback"))
STEPS = frozenset(("source", "release", AUTOGRADED, "feedback", "downloaded"))
#: Files of such a folder; one of them, the step with a name of nbgrader's own, or two steps prove it.
FILES = frozenset(("gradebook.db", "nbgrader_config.py"))
#: What may lie beside these: the notebook put before each assignment, results for one student each, a log, tables.
BESIDE = frozenset(("header.ipynb", "feedback_generated", "solution", "exchange", ".nbgrader.log", "grades.csv"))


def beside_submitted(entries: Sequence[Path]) -> list[Path]:
    """The entries of nbgrader's folder but the submitted work; none if it is no such folder."""
    names = {entry.name for entry in entries}
    if inbound := [entry for entry in entries if entry.name == INBOUND and entry.is_dir()]:
        return [entry for entry in entries if entry.name in OUTBOUND] if nbgrader(entries_of(inbound[0]), False) else []
    if SUBMITTED not in names or not (names & FILES or AUTOGRADED in names or len(names & STEPS) > 1):
        return []
    return [entry for entry in entries if entry.name in STEPS | FILES | BESIDE]
