"""Each README shows the command's real output, and both languages agree."""

import re
from pathlib import Path

import pytest
from readme import COUNTED, SCREEN, _screen, comparable, printed

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh-CN.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_screen_in_the_readme_is_the_commands_output(name: str) -> None:
    ((_line, command, screen),) = SCREEN.findall(text(name))
    assert comparable(screen) == comparable(printed(command))


def test_a_stale_screen_is_rewritten() -> None:
    stale = "    $ nnkata check nowhere.py\n    yesterday's words\n\nProse."
    assert "yesterday" not in SCREEN.sub(_screen, stale)
    assert SCREEN.sub(_screen, stale).startswith("    $ nnkata check nowhere.py\n")
    assert SCREEN.sub(_screen, stale).endswith("\n\nProse.")


def test_a_line_of_versions_that_wraps_is_the_same_screen() -> None:
    short, long = "Python 3.11.7, NumPy 2.4.6, seed 7\n\n  one\n", "Python 3.12.10, NumPy 2.4.6, seed\n  7\n\n  one\n"
    assert comparable(short) == comparable(long)
    assert comparable(short) != comparable(long.replace("7\n\n", "8\n\n"))
    assert comparable(short) != comparable(long.replace("one", "two"))


@pytest.mark.parametrize("name", READMES)
def test_the_readme_counts_the_clauses_right(name: str) -> None:
    count = sum(path.read_text().count("\n  Scenario") for path in (ROOT / "features").glob("*.feature"))
    assert COUNTED[name].findall(text(name)) == [str(count)]


def test_both_readmes_have_the_same_sections_commands_and_links() -> None:
    english, chinese = map(text, READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert names(english) <= names(chinese)


def names(readme: str) -> set[str]:
    """The parts that are not prose: options, code, and the targets of links, in any language."""
    readme = readme.replace(".zh-CN", "")
    links = {link for link in re.findall(r"\]\(([^)]*)\)", readme) if not link.startswith(("README", "features"))}
    code = {" ".join(name.split()) for name in re.findall(r"`([^`]*)`", readme) if "=" not in name} - {"name.py"}
    return links | code | set(re.findall(r"--[a-z]+", readme))
