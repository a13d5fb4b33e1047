"""What the README shows is what the command says."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def comparable(text: str) -> list[str]:
    """The lines without what differs from machine to machine: versions, seconds, and spaces at the ends."""
    text = re.sub(r"Python [\d.]+, NumPy [\d.]+", "Python, NumPy", text)
    return [re.sub(r"in \d+\.\d s", "in s", line).strip() for line in text.splitlines() if line.strip()]


def test_the_screen_in_the_readme_is_what_the_command_prints() -> None:
    readme = (ROOT / "README.md").read_text()
    (block,) = re.findall(r"    \$ nnkata (check [^\n]*)\n((?:\n|    [^\n]*\n)+)", readme)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NNKATA")}
    command = [sys.executable, "-m", "nnkata", *block[0].split()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert comparable(block[1]) == comparable(done.stdout)


def test_the_readme_counts_the_clauses_right() -> None:
    count = sum(path.read_text().count("\n  Scenario") for path in (ROOT / "features").glob("*.feature"))
    assert f"{count} clauses" in (ROOT / "README.md").read_text()
