"""Write docs/walkthrough.md: a learner's first hour with the terminal's output, by running every command.

Run it as `python scripts/walkthrough.py` after a change of the tutorial's code or of a message. A stage is written
first with a typical mistake (from scripts/walkthrough.toml) and then as in the tutorial. Screens omit versions and
seconds, and `…` marks cut lines.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tutorial import TUTORIAL, chapters, fill, network

from nnkata.files import write

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "walkthrough.md"
STORY = ROOT / "scripts" / "walkthrough.toml"
MADE = "<!-- Made by scripts/walkthrough.py -->"


@dataclass(frozen=True)
class Scene:
    """The text, a function unlike the tutorial's, a replacement in the file, commands."""

    told: str
    code: str = ""
    unchanged: bool = False  # the file is as the scene before left it
    replace: tuple[str, str] = ("\n", "\n")
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """The story of a chapter of the tutorial (0: before the first)."""

    title: str
    chapter: int
    scenes: list[Scene]
    repeats: bool = True  # whether its screens are the same on every machine


def parts() -> list[Part]:
    """The story."""
    told = tomllib.loads(STORY.read_text(encoding="utf-8"))["part"]
    return [Part(**{**part, "scenes": [Scene(**scene) for scene in part["scenes"]]}) for part in told]


def page() -> str:
    """The whole page, after running everything."""
    return "\n\n".join([MADE, *map(section, parts())]) + "\n"


def section(part: Part) -> str:
    """A part of the page; its commands run in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        return "\n\n".join(blocks(part, Path(folder), run))


def blocks(part: Part, folder: Path, run: Callable[[str, Path], str]) -> Iterator[str]:
    """The paragraphs and code blocks of a part; `run` gives the output of a command in the folder."""
    written = chapters(TUTORIAL.read_text(encoding="utf-8"))[: part.chapter]
    right = network(function for chapter in written for function in chapter.functions)
    yield f"{'##' if part.chapter else '#'} {part.title}"
    for scene in part.scenes:
        yield scene.told.strip()
        if scene.code:
            yield f"```python\n{scene.code.strip()}\n```"
        if part.chapter and not scene.unchanged:
            source = fill(right, scene.code) if scene.code else right
            (folder / "network.py").write_text(source.replace(*scene.replace), encoding="utf-8")
        for command in scene.commands:
            yield f"```console\n$ {command}\n{trimmed(run(command, folder), whole=part.chapter < 2)}\n```"


def run(command: str, folder: Path) -> str:
    """The terminal's output. RuntimeError: it is not a verdict."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env=environment | {"LC_ALL": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def trimmed(text: str, whole: bool) -> str:
    """A screen without differences between machines and, unless it is `whole`, without repetitions."""
    text = re.sub(
        r"in \d+\.\d s",
        "in … s",
        re.sub(r"Python [\d.]+, NumPy [\d.]+, mypy [\d.]+", "Python …, NumPy …, mypy …", text),
    ).rstrip()
    if not whole:
        text = re.sub(r"nnkata: .*\nPython .*\n\n", "", text)
        text = re.sub(r"(  - .*\n)+", "  …\n", text)
        text = re.sub(r"Again:  .*\nWhy:  .*\n", "…\n", text)
    return "\n".join(line.rstrip() for line in text.splitlines())


if __name__ == "__main__":
    write(PAGE, page().encode())
