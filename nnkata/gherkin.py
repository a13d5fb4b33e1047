"""Reads feature files as lists of clauses, without pytest: what the runner lists before a run and reports show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser


class FeatureError(Exception):
    """A feature file cannot be read; the text says which, where and why."""


@dataclass(frozen=True)
class Clause:
    """One scenario: its clause tag, the other tags, its description, and its steps as they stand in the file.

    `steps` begin with those of the background; a step's table follows it in further lines. `examples` are the rows of
    an outline, column to cell; `outline` tells a scenario without examples from an outline that lacks them.
    """

    tag: str
    stage: str
    name: str
    path: Path
    line: int
    tags: frozenset[str]
    description: str
    steps: tuple[str, ...]
    outline: bool = False
    examples: tuple[dict[str, str], ...] = ()


def parse(path: Path) -> dict[str, Any]:
    """The `feature` node of a file, as gherkin-official gives it.

    Raises:
        FeatureError: the file is missing, is not Gherkin, or holds no feature.
    """
    try:
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FeatureError(f"{path}: {error}") from None
    except (CompositeParserException, ParserException) as error:
        raise FeatureError(f"{path}: {str(error).strip()}") from None
    feature = document.get("feature")
    if not feature:
        raise FeatureError(f"{path}: there is no feature in it")
    return dict(feature)


def clauses(files: Sequence[Path]) -> list[Clause]:
    """Every scenario of the files, in their order.

    Raises:
        FeatureError: a file cannot be read.
    """
    return [clause for path in files for clause in _clauses(path)]


def _clauses(path: Path) -> Iterator[Clause]:
    background: tuple[str, ...] = ()
    for child in parse(path)["children"]:
        if "background" in child:
            background = _steps(child["background"])
        elif "scenario" in child:
            node = child["scenario"]
            tags = [tag["name"].lstrip("@") for tag in node["tags"]]
            own = [tag for tag in tags if tag.rpartition("-")[0] == path.stem and tag.rpartition("-")[2].isdecimal()]
            tag = own[0] if own else node["name"]
            yield Clause(
                tag=tag,
                stage=path.stem,
                name=node["name"],
                path=path,
                line=node["location"]["line"],
                tags=frozenset(tags) - {tag},
                description=node["description"].strip(),
                steps=background + _steps(node),
                outline="utline" in node["keyword"] or bool(node["examples"]),
                examples=tuple(_rows(node)),
            )


def _steps(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        "\n".join([f"{step['keyword'].strip()} {step['text']}", *_table(step.get("dataTable"))])
        for step in node["steps"]
    )


def _table(table: dict[str, Any] | None) -> list[str]:
    rows = [[cell["value"] for cell in row["cells"]] for row in table["rows"]] if table else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    return ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]


def _rows(node: dict[str, Any]) -> Iterator[dict[str, str]]:
    for table in node["examples"]:
        if table.get("tableHeader"):
            names = [cell["value"] for cell in table["tableHeader"]["cells"]]
            for row in table["tableBody"]:
                yield dict(zip(names, (cell["value"] for cell in row["cells"]), strict=True))
