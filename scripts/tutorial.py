"""The tutorial's code as a network: its blocks, inserted one by one into the holes of the skeleton.

A chapter of docs/tutorial.md has Python blocks (one function each, for the hole of that name), a Python session to try
them, and a command at the end that proves it. Tests and the walkthrough read the tutorial through this module.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
SKELETON = ROOT / "solutions" / "skeleton.py"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHAPTER = re.compile(r"^## \d+\. .*$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """The blocks of a chapter: functions, sessions, and commands without their `$`."""

    title: str
    functions: list[str]
    sessions: list[str]
    commands: list[str]


def chapters(text: str) -> list[Chapter]:
    """The numbered chapters of a tutorial, in their order."""
    titles = [title.lstrip("# ") for title in CHAPTER.findall(text)]
    return [chapter(title, part) for title, part in zip(titles, CHAPTER.split(text)[1:], strict=True)]


def chapter(title: str, text: str) -> Chapter:
    """One chapter, from the text below its title."""
    blocks = BLOCK.findall(text)
    commands = [block for language, block in blocks if language == "console"]
    return Chapter(
        title,
        functions=[block for language, block in blocks if language == "python"],
        sessions=[block for language, block in blocks if language == "pycon"],
        commands=[line[2:] for block in commands for line in block.splitlines() if line.startswith("$ ")],
    )


def network(functions: Iterable[str]) -> str:
    """The skeleton with these functions in their holes."""
    source = SKELETON.read_text(encoding="utf-8")
    for function in functions:
        source = fill(source, function)
    return source


def fill(source: str, function: str) -> str:
    """`source` with the body of `function` where its function of that name has its own; the docstring stays.

    ValueError: there is no such function, or its first line differs.
    """
    (new,) = ast.parse(function).body
    header, *body = function.splitlines(keepends=True)
    name = getattr(new, "name", None)
    old = next((n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef) and n.name == name), None)
    if old is None:
        raise ValueError(f"there is no function {name} to be written: {header}")
    lines = source.splitlines(keepends=True)
    if lines[old.lineno - 1].strip() != header.strip():
        raise ValueError(f"the first line of {name} is {lines[old.lineno - 1]!r}, not {header!r}")
    begin = old.body[0].end_lineno if ast.get_docstring(old) is not None else old.lineno
    lines[begin : old.end_lineno] = [indent(dedent("".join(body)), " " * old.body[0].col_offset)]
    return "".join(lines)
