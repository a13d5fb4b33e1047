"""A clause of the contract and its parts, as data: the scenario of a feature file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

#: The meaning of * to Cucumber: a step of any kind.
ANY = "any"
Row = tuple[str, ...]
#: A tag and its line.
Mark = tuple[str, int]
#: A placeholder of an outline, as pytest-bdd reads it.
PLACEHOLDER = re.compile("<(.+?)>")


@dataclass(frozen=True)
class Step:
    """One step: `kind` is given, when, then or ANY, and None for an And or a But without a step before it.

    `joined`: its language writes no blank behind a keyword, as Chinese.
    """

    kind: str | None
    keyword: str
    text: str
    line: int
    table: tuple[Row, ...] = ()
    docstring: str | None = None
    background: bool = False
    joined: bool = False

    def filled(self, row: Mapping[str, str]) -> "Step":
        """The step with a row of its outline's table."""
        table = tuple(tuple(filled(cell, row) for cell in cells) for cells in self.table)
        docstring = None if self.docstring is None else filled(self.docstring, row)
        return replace(self, text=filled(self.text, row), table=table, docstring=docstring)

    def __str__(self) -> str:
        """The step as in the file, with its table or text on further lines."""
        quoted = [] if self.docstring is None else ['"""', *self.docstring.split("\n"), '"""']
        return "\n".join([f"{self.keyword} {self.text}", *_aligned(self.table), *quoted])


@dataclass(frozen=True)
class Examples:
    """One table of an outline; `rows` are its cells below the names of the columns, `lines` where these stand."""

    line: int
    tags: Row
    columns: Row
    rows: tuple[Row, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Heading:
    """The first line of a feature: its keyword in its language, its title, its line."""

    keyword: str = "Feature"
    name: str = ""
    line: int = 1


@dataclass(frozen=True)
class Clause:
    """One scenario: its clause tag, the other tags, its description, and its steps as in the file.

    `tag` is the scenario's name where there is no clause tag. `tags` hold those of the feature and the rule too, as
    with pytest-bdd. `steps` begin with those of the background; `parsed` are the same in parts. `outline` tells a
    scenario without examples from an outline that lacks them. `keyword` is that of its language; `marks` are all tags
    as written, each with its line, those of the feature first.
    """

    tag: str
    stage: str
    name: str
    path: Path
    line: int
    tags: frozenset[str]
    description: str
    steps: tuple[str, ...]
    parsed: tuple[Step, ...] = ()
    outline: bool = False
    tables: tuple[Examples, ...] = ()
    keyword: str = "Scenario"
    feature: Heading = Heading()
    marks: tuple[tuple[str, int], ...] = ()

    @property
    def examples(self) -> tuple[dict[str, str], ...]:
        """The rows of an outline, column to cell."""
        return tuple(dict(zip(table.columns, row, strict=True)) for table in self.tables for row in table.rows)


def filled(text: str, row: Mapping[str, str]) -> str:
    """A text with the cells of a row in place of its placeholders; one that is no column's name stays."""
    return PLACEHOLDER.sub(lambda name: row.get(name[1], name[0]), text)


def is_clause_tag(tag: str, stage: str) -> bool:
    """Whether a tag is the stage and a number, like backward-3."""
    name, _, number = tag.rpartition("-")
    return name == stage and number.isdecimal()


def _aligned(rows: Sequence[Row]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
