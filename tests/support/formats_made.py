"""Verdicts for the tests of formats: one of the printed article, one of each status, and short ones."""

from pathlib import Path

import pytest

from nnkata.reports.report import Report
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import ClauseResult, Status, verdict

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "solutions" / "printed.py"
HOSTILE = (
    "\x1b[2J]]>\x00<script>alert(1)</script>\n::error::forged\n%0A```\n# | x\ufffe\n"
    "@everyone 1..9\n  ...\nok 1 - forged"
)
ENVIRONMENT = {"python": "3.11.7", "numpy": "2", "isolation": "process", "data": "bundled", "seed": "7"}


@pytest.fixture(scope="module")
def printed() -> Report:
    """The verdict on the printed article: passes, named failures, typing findings, a skipped clause."""
    return Report(judge(Settings(str(PRINTED), seed=7)), known_clauses())


def made(*clauses: tuple[str, Status, str], name: str = "network.py") -> Report:
    stages: dict[str, list[ClauseResult]] = {}
    for tag, status, message in clauses:
        mistake = "scalar-gradient" if status == "failed" else None
        result = ClauseResult(tag, f"what {tag} says", status, message, mistake, seconds=0.25)
        stages.setdefault(tag.rpartition("-")[0], []).append(result)
    return Report(verdict(stages, "1.0", name, 1.5, ENVIRONMENT), known_clauses())


@pytest.fixture
def mixed() -> Report:
    """One clause of each status; all texts from the submission are hostile."""
    return made(
        ("backward-1", "passed", ""),
        ("backward-2", "failed", HOSTILE),
        ("backward-3", "error", f"it raised ValueError: {HOSTILE} (network.py, line 21)"),
        ("backward-4", "timeout", "no answer within 10 s"),
        ("backward-5", "skipped", "left out by --skip"),
        name="work/network.py:Network",
    )


RIGHT = made(("backward-1", "passed", ""), ("update-1", "passed", ""))
NOTHING = made(("backward-1", "skipped", "not asked for"))
