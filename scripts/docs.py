"""Write the documentation pages that are made from the project: clauses, steps, commands, interfaces.

Run it as `python scripts/docs.py` after a change of a feature, a step, an option or a docstring. The pages are
committed for readers of the repository; a test compares them with this script's output.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from nnkata.cli import commands as command_texts
from nnkata.cli import main
from nnkata.explanations import explanation
from nnkata.features.bdd import step_patterns
from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.files import write
from nnkata.katas.article import KATA, READINGS, STAGES
from nnkata.katas.article.misconceptions import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CHINESE = re.compile("[\u4e00-\u9fff]")
MADE = "<!-- Made by scripts/docs.py -->"
#: The public interfaces, each with its introduction on the page.
INTERFACES = {
    "nnkata.katas.article.protocol": "The members of an implementation. mypy checks submissions against it.",
    "nnkata.verdict": "The result of a run, and its JSON form.",
    "nnkata.katas.article.oracle": "The mathematics that implementations are compared with, in float64.",
    "nnkata.katas.article.steps.world": "The world of the steps ([features and steps of your own](own-features.md)).",
    "nnkata.steps.compare": "Checks whose failure shows the result and the expected value.",
}


def pages() -> dict[str, str]:
    """Every page, by its path below docs/."""
    made = {f"clauses/{stage}.md": stage_page(stage) for stage in STAGES}
    made |= {"clauses/index.md": index(), "steps.md": steps(), "commands.md": commands(), "interfaces.md": interfaces()}
    return {name: f"{MADE}\n\n{text.strip()}\n" for name, text in made.items()}


def known(stage: str) -> list[Clause]:
    """The clauses of a stage."""
    return clauses([ROOT / "features" / f"{stage}.feature"])


def index() -> str:
    """The contract as a table: one line per clause, with the number of known mistakes that turn it red."""
    lines = ["# The contract, clause by clause", ""]
    lines += ["Each clause with the mathematics behind it and the known mistakes that it catches.", ""]
    for stage in STAGES:
        lines += [f"## [{stage}]({stage}.md)", "", "| clause | what it states | catches |", "|---|---|---:|"]
        lines += [f"| [{c.tag}]({stage}.md#{c.tag}) | {c.name} | {len(caught(c))} |" for c in known(stage)]
        lines.append("")
    return "\n".join(lines)


def caught(clause: Clause) -> list[str]:
    """The mistakes that always turn a clause red."""
    return [name for name, entry in CATALOGUE.items() if clause.tag in entry.clauses]


def stage_page(stage: str) -> str:
    """One page per stage: each clause in Gherkin, its background, the mistakes that it catches."""
    lines = [f"# {stage}"]
    for clause in known(stage):
        lines += ["", f"## {clause.tag}", "", f"**{clause.name}**"]
        if clause.description:
            lines += ["", " ".join(clause.description.split())]
        lines += ["", "```gherkin", *(line for step in clause.steps for line in step.split("\n")), *examples(clause)]
        lines += ["```"]
        if topic := explanation(clause.tag):
            lines += ["", " ".join(topic.mathematics.split()), "", f"*Example.* {' '.join(topic.example.split())}"]
            lines += ["", f"To read: [the tutorial](../tutorial.md), {READINGS[topic.read]}."]
        lines += ["", "Mistakes that it catches:", "", *(mistake(name) for name in caught(clause))]
        if sometimes := [name for name, entry in CATALOGUE.items() if clause.tag in entry.sometimes]:
            lines += ["", f"As random weights fall, also: {', '.join(f'`{name}`' for name in sometimes)}."]
    return "\n".join(lines)


def examples(clause: Clause) -> Iterator[str]:
    """The tables of an outline."""
    for table in clause.tables:
        yield from ("", "Examples:")
        rows = (table.columns, *table.rows)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def mistake(name: str) -> str:
    """A known mistake in a line."""
    return f"- `{name}`: {CATALOGUE[name].mistake}"


def steps() -> str:
    """The vocabulary of features, one table per module."""
    lines = ["# The steps", "", "The vocabulary of features ([how to use it](own-features.md))."]
    for name in KATA.steps:
        module = importlib.import_module(name)
        lines += ["", f"## {name.rpartition('.')[2]}", "", "| step | effect |", "|---|---|"]
        for step in step_patterns([module]):
            if step.step_func.__module__ == name and step.parser.name.replace("×", "x").isascii():  # the English ones
                kind = (step.type or "step").capitalize()
                lines.append(f"| **{kind}** `{cell(step.parser.name)}` | {cell(summary(step.step_func))} |")
    return "\n".join(lines)


def summary(thing: object) -> str:
    """The first sentence of a docstring."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def cell(text: str) -> str:
    """A text within a table."""
    return text.replace("|", "\\|")


def commands() -> str:
    """The `--help` of every command."""
    lines = ["# The commands"]
    with click.Context(main, info_name="nnkata") as context:
        for name in command_texts():
            command = main.get_command(context, name)
            assert command is not None
            inner = click.Context(command, parent=context, info_name=name, terminal_width=100, max_content_width=100)
            lines += ["", f"## nnkata {name}", "", "```text", *command.get_help(inner).splitlines(), "```"]
            for part, sub in command.commands.items() if isinstance(command, click.Group) else ():
                one = click.Context(sub, parent=inner, info_name=part, terminal_width=100, max_content_width=100)
                lines += ["", f"### nnkata {name} {part}", "", "```text", *sub.get_help(one).splitlines(), "```"]
    return "\n".join(lines)


def interfaces() -> str:
    """The public classes and functions, as in the source, with their docstrings."""
    lines = ["# Interfaces", "", "The public interfaces; the changelog names every change of them."]
    for name, what in INTERFACES.items():
        lines += ["", f"## {name}", "", what]
        source = inspect.getsource(importlib.import_module(name))
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                lines += ["", f"### {node.name}", "", *described(node, source)]
    return "\n".join(lines)


def described(node: ast.ClassDef | ast.FunctionDef, source: str) -> Iterator[str]:
    """The signature of a function, the fields and methods of a class, each with its docstring."""
    if isinstance(node, ast.FunctionDef):
        yield from (f"`{node.name}({ast.unparse(node.args)}){returns(node)}`", "")
    yield from docstring(node)
    if isinstance(node, ast.ClassDef):
        if fields := [str(ast.get_source_segment(source, p)) for p in node.body if isinstance(p, ast.AnnAssign)]:
            yield from ("", "```python", *fields, "```")
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                yield from ("", *described(part, source))


def returns(node: ast.FunctionDef) -> str:
    """The annotation of a function's result."""
    return f" -> {ast.unparse(node.returns)}" if node.returns else ""


def docstring(node: ast.ClassDef | ast.FunctionDef) -> Iterator[str]:
    """A docstring in Markdown: the `Raises` section becomes a list."""
    text = ast.get_docstring(node) or ""
    for line in text.splitlines():
        raised = line.startswith("    ")
        yield f"- {line.strip()}" if raised else f"{line}\n" if line == "Raises:" else line


if __name__ == "__main__":
    for path, text in pages().items():
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        write(DOCS / path, text.encode())
