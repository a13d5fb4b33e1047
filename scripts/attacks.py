"""Writes the table of docs/security.md: the outcome of each attack of tests/hostile behind each wall.

    python scripts/attacks.py

It reads each attack's own statement; tests/worker/test_hostile.py judges them all and checks these statements.
"""

from pathlib import Path

from nnkata.subject.walls.choice import NAMES

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT / "tests" / "hostile"
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- attacks: made by scripts/attacks.py -->", "<!-- end of attacks -->"
WORDS = {"unjudged": "not judged", "timeout": "timed out"}


def attacks() -> list[Path]:
    """The corpus: one file each, and a folder for the one with its own configuration."""
    files = [path for path in sorted(HOSTILE.glob("*.py")) if path.name != "wrong.py"]
    return [*files, HOSTILE / "configured" / "network.py"]


def lines(path: Path) -> list[str]:
    """The lines of an attack, some of which are no text on purpose."""
    return path.read_bytes().decode(errors="replace").splitlines()


def expected(path: Path, wall: str) -> list[str]:
    """The expected outcomes of an attack behind a wall: its lines about this wall, else those about all."""
    own = [line.split(": ", 1)[1] for line in lines(path) if line.startswith(f"# expect {wall}: ")]
    return own or [line.removeprefix("# expect: ") for line in lines(path) if line.startswith("# expect: ")]


def outcome(path: Path, wall: str) -> str:
    """The same in a word or two: the status of the failed clause; `not judged` if the import fails."""
    first = next(line for line in expected(path, wall) if " passed" not in line).split(" ")
    statuses = ["unjudged"] if first[0] == "unjudged" else first[1].split("|")
    return " or ".join(WORDS.get(status, status) for status in statuses)


def table() -> str:
    """One row per attack."""
    rows = [f"| attack | {' | '.join(NAMES)} |", "|---|" + "---|" * len(NAMES)]
    for path in attacks():
        purpose = lines(path)[0].strip('"').replace("|", "\\|")
        rows.append(f"| {purpose} | {' | '.join(outcome(path, wall) for wall in NAMES)} |")
    return "\n".join(rows)


def page(text: str) -> str:
    """The page with the present table."""
    before, _begin, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
