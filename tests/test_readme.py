"""What each README shows is what the command says, and they say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def comparable(text: str) -> list[str]:
    """The lines without what differs from machine to machine: versions, seconds, and spaces at the ends."""
    text = re.sub(r"(Python|NumPy|mypy) [\d.]+", r"\1", text)
    return [re.sub(r"\d+\.\d (s|秒)", r"\1", line).strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", READMES)
def test_the_screen_in_the_readme_is_what_the_command_prints(name: str) -> None:
    (block,) = re.findall(r"    \$ nnkata (check [^\n]*)\n((?:\n|    [^\n]*\n)+)", text(name))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NNKATA")}
    done = subprocess.run(
        [sys.executable, "-m", "nnkata", *block[0].split()],
        cwd=ROOT,
        env={**environment, "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert comparable(block[1]) == comparable(done.stdout)


@pytest.mark.parametrize(("name", "words"), [("README.md", "{} clauses"), ("README.zh-CN.md", "{} 个条款")])
def test_the_readme_counts_the_clauses_right(name: str, words: str) -> None:
    count = sum(path.read_text().count("\n  Scenario") for path in (ROOT / "features").glob("*.feature"))
    assert words.format(count) in text(name)


def test_both_readmes_have_the_same_sections_commands_and_links() -> None:
    english, chinese = map(text, READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert names(english) <= names(chinese)


def names(readme: str) -> set[str]:
    """What is no prose: options, what is set in code, and where links lead, in whatever language that page is."""
    readme = readme.replace(".zh-CN", "")
    links = {link for link in re.findall(r"\]\(([^)]*)\)", readme) if not link.startswith(("README", "features"))}
    code = {" ".join(name.split()) for name in re.findall(r"`([^`]*)`", readme) if "=" not in name} - {"name.py"}
    return links | code | set(re.findall(r"--[a-z]+", readme))
