"""The direction of imports is that of docs/architecture.md, read from its table."""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "nnkata"
#: `Any` per 1,000 lines of the kit outside steps/, with imports: 7.6 when the bound was set. The remaining ones are
#: objects of untyped libraries, and values of submissions.
MOST_ANY = 12
#: A row of the table: the parts in its first cell, as paths.
ROW = re.compile(r"^\| (`nnkata/[^|]*) \|", re.MULTILINE)


def parts() -> list[list[str]]:
    """The parts of each row, from the top; those of one row may not import one another."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return [re.findall(r"`nnkata/([^`]+?)(?:\.py|/)`", row) for row in ROW.findall(text)]


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }


def imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that a file imports anywhere, except for type checkers alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in below if node.module in known)


def part_of(module: str, rows: list[list[str]]) -> tuple[int, str] | None:
    """The row and the part of a module: the longest part that contains it."""
    path = "/".join(module.split(".")[1:])
    fitting = [
        (len(part), number, part)
        for number, row in enumerate(rows)
        for part in row
        if path == part or path.startswith(f"{part}/")
    ]
    return max(fitting)[1:] if fitting else None


@cache
def edges() -> list[tuple[str, str]]:
    """The pairs of importing and imported parts; the package itself, which every import loads, is left out."""
    known = modules()
    return [(n, other) for n, path in known.items() for other in imported(path, known) if other not in (n, "nnkata")]


def test_every_module_has_a_part_in_the_table() -> None:
    rows = parts()
    assert [name for name in modules() if name not in ("nnkata", "nnkata.katas") and part_of(name, rows) is None] == []


def test_a_part_imports_only_parts_above_it() -> None:
    rows, wrong = parts(), []
    for name, other in edges():
        here, there = part_of(name, rows), part_of(other, rows)
        if name != "nnkata" and here and there and here[1] != there[1] and there[0] >= here[0]:
            wrong.append(f"{name} imports {other}")
    assert wrong == []


def test_the_kit_imports_no_kata() -> None:
    wrong = [f"{name} imports {other}" for name, other in edges() if kata(other) and not kata(name)]
    assert wrong == []


def kata(module: str) -> bool:
    return module.startswith("nnkata.katas.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import nnkata.verdict", ["nnkata.verdict"]),
        ("from nnkata import verdict", ["nnkata.verdict"]),
        ("def f():\n    from nnkata.verdict import SCHEMA", ["nnkata.verdict"]),
        ("if TYPE_CHECKING:\n    from nnkata.verdict import SCHEMA", []),
        ("import json", []),
    ],
)
def test_an_import_is_found_anywhere_in_a_file(text: str, found: list[str], tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(text)
    assert list(imported(path, modules())) == found


def test_there_is_no_circle_of_modules() -> None:
    graph: dict[str, set[str]] = {}
    for name, other in edges():
        graph.setdefault(name, set()).add(other)
    done: set[str] = set()

    def visit(name: str, road: tuple[str, ...]) -> None:
        assert name not in road, " imports ".join([*road[road.index(name) :], name])
        if name not in done:
            for other in sorted(graph.get(name, ())):
                visit(other, (*road, name))
            done.add(name)

    for name in sorted(set(graph) - {"nnkata"}):
        visit(name, ())


def untyped(path: Path) -> int:
    """The number of `Any` in a file, without comments and texts."""
    with path.open("rb") as file:
        return sum(token.string == "Any" for token in tokenize.tokenize(file.readline) if token.type == tokenize.NAME)


def test_data_have_types() -> None:
    files = [p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] not in ("steps", "katas")]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    assert 1000 * sum(map(untyped, files)) / lines <= MOST_ANY


def test_any_is_counted_in_code_only(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('"""Any."""\nfrom typing import Any\nx: dict[Any, "Any"]  # Any\n')
    assert untyped(path) == 2


#: A module or a folder of the package in a text, from the package's own folder or from one in it.
NAMED = re.compile(r"(?<![\w./-])(?:[\w-]+/)+(?:[\w-]+\.py)?")


def absent(text: str) -> list[str]:
    """The modules and folders of the package that a text names, and that do not exist."""
    there = [f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for path in PACKAGE.rglob("*")]
    return [
        name
        for name in NAMED.findall(text)
        if name.endswith(".py") or name.startswith("nnkata/")
        if not any(place.endswith(f"/{name}") for place in there) and not (ROOT / name).exists()
    ]


@pytest.mark.parametrize("page", ["architecture", "diagnosis", "security", "typing", "any-network-clauses"])
def test_every_module_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert "/" in "".join(NAMED.findall(text))
    assert absent(text) == []


def test_a_module_that_does_not_exist_is_found() -> None:
    gone = ["runner/gone.py", "nnkata/gone/"]
    assert absent(f"`runner/run.py`, runner/gone.py; `nnkata/runner/` beside `{gone[1]}`") == gone
