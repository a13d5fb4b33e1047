"""What becomes of each attack of tests/hostile behind each wall, as the table in docs/security.md.

    python scripts/attacks.py

Reads what each attack says of itself; tests/test_hostile.py judges them all and holds each to it.
"""

from pathlib import Path

from nnkata.subject.walls import NAMES

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT / "tests" / "hostile"
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- attacks: made by scripts/attacks.py -->", "<!-- end of attacks -->"
WORDS = {"unjudged": "not judged", "timeout": "timed out"}


def attacks() -> list[Path]:
    """The corpus: a file each, and a folder with one that brings its own configuration."""
    files = [path for path in sorted(HOSTILE.glob("*.py")) if path.name != "wrong.py"]
    return [*files, HOSTILE / "configured" / "network.py"]


def lines(path: Path) -> list[str]:
    """The lines of an attack, some of which are no text on purpose."""
    return path.read_bytes().decode(errors="replace").splitlines()


def expected(path: Path, wall: str) -> list[str]:
    """What is to become of an attack behind a wall: of its lines, those of this wall, else those of all."""
    own = [line.split(": ", 1)[1] for line in lines(path) if line.startswith(f"# expect {wall}: ")]
    return own or [line.removeprefix("# expect: ") for line in lines(path) if line.startswith("# expect: ")]


def outcome(path: Path, wall: str) -> str:
    """The same in a word or two: of the clause that fails, how; `not judged` where it cannot be imported."""
    first = next(line for line in expected(path, wall) if " passed" not in line).split(" ")
    statuses = ["unjudged"] if first[0] == "unjudged" else first[1].split("|")
    return " or ".join(WORDS.get(status, status) for status in statuses)


def table() -> str:
    """A row for each attack."""
    rows = [f"| attack | {' | '.join(NAMES)} |", "|---|" + "---|" * len(NAMES)]
    for path in attacks():
        purpose = lines(path)[0].strip('"').replace("|", "\\|")
        rows.append(f"| {purpose} | {' | '.join(outcome(path, wall) for wall in NAMES)} |")
    return "\n".join(rows)


def page(text: str) -> str:
    """The page with the table of now."""
    before, _begin, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
