"""Reads feature files as lists of clauses, without pytest, for the runner before a run and for reports."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from gherkin.dialect import Dialect
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser

from nnkata.errors import NotJudged
from nnkata.features.clause import ANY, Clause, Examples, Heading, Mark, Row, Step, is_clause_tag
from nnkata.features.misplaced import KEYWORDS, unexpected
from nnkata.language import _, current, reason

#: The meaning of a keyword, in any language; any other (And, But) goes on with the kind before it.
KINDS = {"Context": "given", "Action": "when", "Outcome": "then", "Unknown": ANY}
#: UTF-8, with or without the byte order mark of Windows' Notepad.
ENCODING = "utf-8-sig"

#: The end of a table's row: a bar that is not part of a cell.
CLOSED = re.compile(r"(?<!\\)(?:\\\\)*\|\s*$")
#: Chinese has no spaces: a line that ends with a Chinese character or mark joins the next one without any.
BREAK = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n\s*")

#: A node of the tree of gherkin-official, which has no types of its own.
Node = dict[str, Any]


class Described(NamedTuple):
    """A line of a description: its number, its text, the next line that is not empty, whether steps stand below it."""

    number: int
    text: str
    below: str
    steps: bool


class FeatureError(NotJudged):
    """A feature file cannot be read; the text states which, where and why."""

    def __init__(self, path: Path, why: str, line: int = 1) -> None:
        """The line is the first that is wrong."""
        super().__init__(f"{path}:{line}: {why}")
        self.why, self.line = why, line


@lru_cache(maxsize=64)
def document(text: str) -> Node:
    """The tree of a feature's text, from gherkin-official. Do not change it: pytest-bdd gets the same object.

    Raises:
        CompositeParserException, ParserException: the text is not Gherkin.
    """
    tree: Node = dict(Parser().parse(text))
    if feature := tree.get("feature"):
        _continue(feature, None)
    return tree


def _continue(node: Node, kind: str | None) -> None:
    """Give an And behind a background the kind of the last step there, as Cucumber does; pytest-bdd refuses it."""
    for child in node["children"]:
        for name, part in child.items():
            if name == "rule":
                _continue(part, kind)
                continue
            if part["steps"] and kind and part["steps"][0]["keywordType"] == "Conjunction":
                part["steps"][0]["keywordType"] = kind
            if name == "background":
                kind = next((s["keywordType"] for s in reversed(part["steps"]) if s["keywordType"] in KINDS), kind)


def parse(path: Path) -> Node:
    """The `feature` node of a file, as gherkin-official gives it.

    Raises:
        FeatureError: the file is missing, is not Gherkin, or holds no feature.
    """
    if path.exists() and not path.is_file():  # reading a pipe might wait for ever
        raise FeatureError(path, _("cannot be read ({why})").format(why=_("it is not a file")))
    try:
        text = path.read_text(encoding=ENCODING)
        if "\0" in text:
            why = _("has a character of the value 0, as in UTF-16; save it as UTF-8")
            raise FeatureError(path, why, text[: text.index("\0")].count("\n") + 1)
        tree = document(text)
    except OSError as error:
        raise FeatureError(path, _("cannot be read ({why})").format(why=reason(error))) from None
    except UnicodeDecodeError:
        raise FeatureError(path, _("is not UTF-8; save it as UTF-8")) from None
    except (CompositeParserException, ParserException) as error:
        first = error.errors[0] if isinstance(error, CompositeParserException) else error
        line = first.location["line"]
        until = path.read_text(encoding=ENCODING).splitlines()[:line]
        raise FeatureError(path, unexpected(str(first), until[: line - 1], "".join(until[line - 1 :])), line) from None
    feature = tree.get("feature")
    if not feature:
        raise FeatureError(path, _("there is no feature in it; begin it with `Feature: a title`"))
    return dict(feature)


def described(path: Path) -> list[Described]:
    """Each line of the descriptions in a file.

    Raises:
        FeatureError: the file cannot be read.
    """
    over = {line.strip(): steps for text, steps in _descriptions(parse(path)) for line in text.split("\n")}
    lines = [(n, line.strip()) for n, line in enumerate(path.read_text(ENCODING).splitlines(), 1) if line.strip()]
    found = pairwise([*lines, (0, "")])
    return [Described(n, line, below, over[line]) for (n, line), (_n, below) in found if line in over]


def _descriptions(node: Node) -> Iterator[tuple[str, bool]]:
    """The description of a part and those of its parts, each with whether its part has steps."""
    yield node["description"], "steps" in node
    for child in node.get("children", ()):
        yield from _descriptions(next(iter(child.values())))


def open_rows(path: Path) -> list[int]:
    """The lines of table rows without a bar at their end, whose last cell Gherkin drops.

    Raises:
        FeatureError: the file cannot be read.
    """
    lines = path.read_text(ENCODING).split("\n") if (tree := parse(path)) else []
    return [line for line in _rows(tree) if not CLOSED.search(lines[line - 1])]


def _rows(node: Node) -> Iterator[int]:
    """The line of every row of every table below a node."""
    for name, part in node.items():
        for one in part if isinstance(part, list) else [part] if isinstance(part, dict) else []:
            if name in ("rows", "tableHeader", "tableBody"):
                yield one["location"]["line"]
            else:
                yield from _rows(one)


def keyword(kind: str) -> str:
    """Gherkin's word for a kind, such as `feature`, `scenario` or `then`, in the current language."""
    words = [str(word).strip() for word in KEYWORDS[current()][kind] if word != "* "]
    return kind.title() if kind.title() in words else words[0]  # English begins with `Example`


def clauses(files: Sequence[Path]) -> list[Clause]:
    """Every scenario of the files, in their order.

    Raises:
        FeatureError: a file cannot be read.
    """
    return [clause for path in files for clause in _clauses_of(path, _version(path))]


def _version(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)  # `parse` reports the fault
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _clauses_of(path: Path, version: tuple[int, int]) -> tuple[Clause, ...]:
    """The clauses of a file by its time stamp: a batch needs them for each submission, and reading takes 15 ms."""
    return tuple(_clauses(path))


def _clauses(path: Path) -> Iterator[Clause]:
    feature = parse(path)
    dialect = Dialect.for_name(feature["language"])
    outlines = dialect.scenario_outline_keywords if dialect else []
    heading = Heading(feature["keyword"], feature["name"], feature["location"]["line"])
    for node, background, marks in _scenarios(feature, (), ()):
        tags = tuple(name for name, _line in _marks(node))
        own = [tag for tag in tags if is_clause_tag(tag, path.stem)]
        tag = own[0] if own else node["name"]
        parsed = background + _steps(node)
        yield Clause(
            tag=tag,
            stage=path.stem,
            name=node["name"],
            path=path,
            line=node["location"]["line"],
            tags=frozenset(name for name, _line in marks) - {tag},
            description=BREAK.sub("", node["description"].strip()),
            steps=tuple(str(step) for step in parsed),
            parsed=parsed,
            outline=node["keyword"] in outlines or bool(node["examples"]),
            tables=tuple(_examples(table) for table in node["examples"]),
            keyword=node["keyword"],
            feature=heading,
            marks=marks,
        )


def _scenarios(
    node: Node, background: tuple[Step, ...], inherited: tuple[Mark, ...]
) -> Iterator[tuple[Node, tuple[Step, ...], tuple[Mark, ...]]]:
    """The scenarios of a feature and of its rules, each with the background steps and all tags that it inherits."""
    inherited += _marks(node)
    for child in node["children"]:
        if "background" in child:
            background += _steps(child["background"], background=True)
        elif "rule" in child:
            yield from _scenarios(child["rule"], background, inherited)
        else:
            yield child["scenario"], background, inherited + _marks(child["scenario"])


def _marks(node: Node) -> tuple[Mark, ...]:
    return tuple((tag["name"].lstrip("@"), tag["location"]["line"]) for tag in node["tags"])


def _steps(node: Node, background: bool = False) -> tuple[Step, ...]:
    steps: list[Step] = []
    kind = None
    for step in node["steps"]:
        kind = KINDS.get(step["keywordType"], kind)
        table = tuple(map(_cells, step["dataTable"]["rows"])) if "dataTable" in step else ()
        quoted = step["docString"]["content"] if "docString" in step else None
        line = step["location"]["line"]
        word = step["keyword"]
        joined = not word.endswith(" ")
        steps.append(Step(kind, word.strip(), step["text"], line, table, quoted, background, joined))
    return tuple(steps)


def _examples(table: Node) -> Examples:
    columns = _cells(table["tableHeader"]) if "tableHeader" in table else ()
    rows = table["tableBody"]
    lines = tuple(row["location"]["line"] for row in rows)
    tags = tuple(name for name, _line in _marks(table))
    return Examples(table["location"]["line"], tags, columns, tuple(map(_cells, rows)), lines)


def _cells(row: Node) -> Row:
    return tuple(cell["value"] for cell in row["cells"])
