"""What becomes of each attack of tests/hostile behind each wall, as the table in docs/security.md.

    python scripts/attacks.py [--wall landlock]...

Judges every attack anew; takes about two minutes for each wall. Ends with status 1 where one passed.
"""

import sys
import tempfile
from pathlib import Path

import click

from nnkata.errors import NotJudged
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject.limits import Limits
from nnkata.subject.walls import WALLS

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT / "tests" / "hostile"
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- attacks: made by scripts/attacks.py -->", "<!-- end of attacks -->"
LIMITS = Limits(call_seconds=2.0, clause_seconds=5.0, submission_seconds=20.0, memory_mb=1024)
#: The clause that the corpus' network fails, and those that some attacks aim at.
ASKED = frozenset(["initialization-7", "forward-2", "backward-2", "training-3"])
#: The worst first: what a row says where clauses end in several ways.
WORDS = {"timeout": "timed out", "error": "error", "failed": "failed", "skipped": "skipped", "passed": "passed"}


def attacks() -> list[Path]:
    """The corpus."""
    return [*(path for path in sorted(HOSTILE.glob("*.py")) if path.name != "wrong.py"), HOSTILE / "configured"]


def purpose(path: Path) -> str:
    """The first line of an attack, which says what it does."""
    source = path / "network.py" if path.is_dir() else path
    return source.read_bytes().decode(errors="replace").splitlines()[0].strip('"')


def outcome(path: Path, wall: str) -> str:
    """In a word or two, what became of it."""
    try:
        verdict = judge(Settings(str(path), isolation=wall, seed=1, only=ASKED, limits=LIMITS))
    except NotJudged:
        return "not judged"
    if verdict.passed:
        return "**passed**"
    found = {result.status for result in verdict.judged if result.status != "passed"}
    return next(word for status, word in WORDS.items() if status in found)


def table(walls: list[str]) -> tuple[str, int]:
    """The table, and how many passed."""
    rows = [f"| attack | {' | '.join(walls)} |", "|---|" + "---|" * len(walls)]
    passed = 0
    for path in attacks():
        came = [outcome(path, wall) for wall in walls]
        passed += sum("passed" in one for one in came)
        rows.append(f"| {purpose(path)} | {' | '.join(came)} |")
    rows.append(f"| **{len(attacks())} attacks: passed** | {' | '.join('0' if not passed else '?' for _ in walls)} |")
    return "\n".join(rows), passed


@click.command(help=__doc__)
@click.option("--wall", "walls", multiple=True, default=[wall.name for wall in WALLS])
def main(walls: tuple[str, ...]) -> None:
    """Write the table into the page."""
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        made, passed = table(list(walls))
    text = PAGE.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.exit(passed > 0)


if __name__ == "__main__":
    main()
