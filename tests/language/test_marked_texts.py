"""Every text for a person is marked for translation, in a place where the catalogue script finds it."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import catalogue as script
import click
import pytest
from babel.messages.extract import extract

from nnkata.cli.translations import CLICK

ROOT = Path(__file__).parents[2]


def test_clicks_messages_are_marked_in_its_own_words() -> None:
    """A marked text that differs from click's own would never be looked up, so its translation would be dead."""
    keywords: dict[str, Any] = {"_": None, "ngettext": (1, 2)}
    folder = Path(click.__file__).parent
    found = set()
    for path in folder.glob("*.py"):
        found |= {text for _line, text, *_rest in extract("python", io.BytesIO(path.read_bytes()), keywords)}
    assert [words for words in CLICK if words not in found and words != "required"] == []


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.AST]:
    """The source, which takes two seconds to parse."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "nnkata").rglob("*.py"))}


def said(tree: ast.AST) -> Iterator[str]:
    """All marked texts of a source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "later"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_every_mark_is_found_by_the_catalogue(trees: dict[Path, ast.AST]) -> None:
    """Marks within f-strings count too, although Babel does not find them."""
    catalogue = {message.id for message in script.template()}
    for path, tree in trees.items():
        assert [text for text in said(tree) if text not in catalogue] == [], path


def test_a_mark_in_an_f_string_is_found() -> None:
    assert list(said(ast.parse("""f"{_('not in any catalogue')}" """))) == ["not in any catalogue"]


def marks_within(tree: ast.AST) -> list[int]:
    """The lines of marks inside f-strings, which Python up to 3.11 does not show to the catalogue's script."""
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [node for one in joined for node in ast.walk(one) if isinstance(node, ast.Call)]
    marks = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in ("_", "later")]
    return [node.lineno for node in marks if isinstance(node.args[0], ast.Constant)]


def test_no_mark_stands_in_an_f_string(trees: dict[Path, ast.AST]) -> None:
    found = {path: marks_within(tree) for path, tree in trees.items()}
    assert len(trees) > 100
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert marks_within(ast.parse("x = 1\ny = f\"{_('a text')} and {_(name)}\"\n")) == [2]


#: Functions that show a text to a person: click's echo, and ours that call it.
SHOWS = ("echo", "_say", "_fail")
#: Errors whose text is for programmers, or appears only as a detail within another text.
INNER = ("ValueError", "TypeError", "AttributeError", "AssertionError", "WireError", "OSError", "RuntimeError")


def unmarked(tree: ast.AST) -> list[str]:
    """The shown or raised sentences without a mark; the fourth argument of a Mismatch is evidence and no text."""
    found = []
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if (isinstance(node, ast.Raise) and name not in INNER) or name in SHOWS:
            found += [text for arg in call.args[:3] for text in plain(arg) if re.search(r"[a-z]{2,},? [a-z]{2,}", text)]
    return [text for text in found if not text.strip().startswith(("nnkata ", "docker ", "pip ", "--"))]


def plain(node: ast.AST) -> list[str]:
    """The strings of an expression outside every mark."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "later"):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for child in ast.iter_child_nodes(node) for text in plain(child)]


def test_every_shown_or_raised_text_is_marked(trees: dict[Path, ast.AST]) -> None:
    for path, tree in trees.items():
        if "worker" not in path.parts:  # it runs beside a submission, without a language
            assert unmarked(tree) == [], path


@pytest.mark.parametrize(
    "source",
    [
        "click.echo('nothing was found')",
        "click.echo(f'nothing was found in {folder}', err=True)",
        "raise UsageError('two of them are the same')",
        "raise UsageError(f'{name} is not one of them')",
        "_say('nnkata: ' + 'nothing was found')",
    ],
)
def test_a_sentence_without_a_mark_is_found(source: str) -> None:
    assert unmarked(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["click.echo(_('nothing was {x}').format(x=1))", "raise UsageError(_('two are one'))"]
)
def test_a_sentence_with_a_mark_is_accepted(source: str) -> None:
    assert not unmarked(ast.parse(source))
