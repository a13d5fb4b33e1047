"""The tutorial is right: its code fills the skeleton, its sessions give the printed output, its commands pass."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tutorial import BLOCK, CHAPTER, SKELETON, TUTORIAL, Chapter, chapters, fill, network

from nnkata.katas.article import STAGES
from nnkata.katas.article.misconceptions import CATALOGUE
from tests.support import forks

TEXT = TUTORIAL.read_text(encoding="utf-8")
CHINESE = TUTORIAL.with_suffix(".zh-CN.md").read_text(encoding="utf-8")
CHAPTERS = chapters(TEXT)


def written(upto: int) -> str:
    """The network at the end of a chapter."""
    return network(function for chapter in CHAPTERS[:upto] for function in chapter.functions)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    module, *arguments = command
    return forks.run(arguments, folder, environment, module=module)


def test_there_is_a_chapter_for_each_stage_that_ends_in_its_command() -> None:
    proofs = [["nnkata check network.py --upto " + stage] for stage in STAGES[:-1]]
    assert [chapter.commands for chapter in CHAPTERS] == [*proofs, ["nnkata check network.py"]]


@pytest.mark.parametrize("number", range(1, len(CHAPTERS) + 1))
def test_after_a_chapter_its_session_is_as_printed_and_its_command_passes(number: int, tmp_path: Path) -> None:
    chapter: Chapter = CHAPTERS[number - 1]
    (tmp_path / "network.py").write_text(written(number), encoding="utf-8")
    if chapter.sessions:
        (tmp_path / "session.txt").write_text("\n".join(chapter.sessions), encoding="utf-8")
        tried = run(["doctest", "session.txt"], tmp_path)
        assert tried.returncode == 0, tried.stdout + tried.stderr
    for command in chapter.commands:
        done = run(shlex.split(command), tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_code_of_a_chapter_its_command_does_not_pass(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(written(4), encoding="utf-8")
    done = run(shlex.split(CHAPTERS[4].commands[0]), tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr


def test_every_hole_is_filled_once() -> None:
    assert "raise NotImplementedError" in SKELETON.read_text(encoding="utf-8")
    assert "raise NotImplementedError" not in written(10)
    names = re.findall(r"^def (\w+)", "\n".join(f for c in CHAPTERS for f in c.functions), re.MULTILINE)
    assert len(names) == len(set(names)) == SKELETON.read_text(encoding="utf-8").count("raise NotImplementedError") + 1


def test_the_tutorial_names_every_kind_of_hole() -> None:
    holes = set(re.findall(r"raise NotImplementedError|return {}", SKELETON.read_text(encoding="utf-8")))
    assert holes == {"raise NotImplementedError", "return {}"}
    for text in (TEXT, CHINESE):
        beginning = " ".join(CHAPTER.split(text)[0].split())
        assert "`NotImplementedError`" in beginning
        assert "`return {}`" in beginning


@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.sessions], ids=lambda c: c.title)
def test_a_session_can_be_typed_as_printed(chapter: Chapter, tmp_path: Path) -> None:
    """A prompt ends a function only at an empty line, which doctest does not need."""
    (tmp_path / "network.py").write_text(written(10), encoding="utf-8")
    lines = "\n>>>\n".join(chapter.sessions).splitlines()  # after a block, Return
    typed = [line[4:] for line in lines if line.startswith((">>>", "..."))]
    command = [sys.executable, "-i", "-c", ""]
    done = subprocess.run(
        command, input="\n".join([*typed, "", ""]), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Error" not in done.stderr, done.stderr


def test_a_filled_function_keeps_its_docstring_and_loses_its_hole() -> None:
    source = 'class A:\n    def f(self) -> int:\n        """It."""\n        raise NotImplementedError\n\n    x = 1\n'
    filled = 'class A:\n    def f(self) -> int:\n        """It."""\n        # why\n        return 2\n\n    x = 1\n'
    assert fill(source, "def f(self) -> int:\n    # why\n    return 2\n") == filled
    assert fill(filled, "def f(self) -> int:\n    return 3\n") == filled.replace("# why\n        return 2", "return 3")


def test_code_without_a_hole_for_it_is_an_error() -> None:
    source = SKELETON.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="no function backwards"):
        fill(source, "def backwards(self) -> None:\n    return\n")
    with pytest.raises(ValueError, match="first line of softmax"):
        fill(source, "def softmax(self, x):\n    return x\n")


def test_the_chinese_tutorial_has_the_same_chapters_and_the_same_code() -> None:
    assert BLOCK.findall(CHINESE) == BLOCK.findall(TEXT)
    assert [(c.functions, c.sessions, c.commands) for c in chapters(CHINESE)] == [
        (c.functions, c.sessions, c.commands) for c in CHAPTERS
    ]


@pytest.mark.parametrize("text", [TEXT, CHINESE], ids=["en", "zh-CN"])
def test_the_tutorials_number_of_mistakes_that_pass_mnist_is_right(text: str) -> None:
    back = [entry for entry in CATALOGUE.values() if entry.clauses[0].startswith("backward")]
    passing = [entry for entry in back if "mnist-2" not in (*entry.clauses, *entry.sometimes)]
    assert f" {len(back)} " in text
    assert f" {len(passing)} " in text
    assert {"scalar-gradient-w3", "derivative-missing-at-w1"} <= {entry.name for entry in passing}
