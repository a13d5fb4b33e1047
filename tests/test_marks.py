"""Every text that a person sees is marked to be translated, where the catalogue finds it."""

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

from nnkata.cli.words import CLICK

ROOT = Path(__file__).parents[1]


def test_what_click_says_is_asked_for_in_its_own_words() -> None:
    """A text that click words otherwise would never be looked up: its translation would be dead."""
    keywords: dict[str, Any] = {"_": None, "ngettext": (1, 2)}
    folder = Path(click.__file__).parent
    found = set()
    for path in folder.glob("*.py"):
        found |= {text for _line, text, *_rest in extract("python", io.BytesIO(path.read_bytes()), keywords)}
    assert [words for words in CLICK if words not in found and words != "required"] == []


def said(tree: ast.AST) -> Iterator[str]:
    """The texts that are marked in a source, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "later"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_every_mark_is_found_by_the_catalogue() -> None:
    """Also where it could not be found: Babel does not look into f-strings."""
    catalogue = {message.id for message in script.template()}
    for path in (ROOT / "nnkata").rglob("*.py"):
        assert [text for text in said(ast.parse(path.read_text(encoding="utf-8"))) if text not in catalogue] == [], path


def test_a_mark_in_an_f_string_is_seen() -> None:
    assert list(said(ast.parse("""f"{_('not in any catalogue')}" """))) == ["not in any catalogue"]


#: What shows a text to a person: click's echo, and functions of ours that call it.
SHOWS = ("echo", "_say", "_fail")
#: Errors whose text only a programmer sees, or that reach a person as a detail within another text.
INNER = ("ValueError", "TypeError", "AttributeError", "AssertionError", "WireError", "OSError", "RuntimeError")


def unmarked(tree: ast.AST) -> list[str]:
    """The sentences that are shown, or raised as an error, without a mark. A mismatch's fourth is its evidence."""
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
    """The texts in an expression that stand outside of every mark."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "later"):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for child in ast.iter_child_nodes(node) for text in plain(child)]


def test_whatever_is_shown_or_raised_is_marked() -> None:
    for path in (ROOT / "nnkata").rglob("*.py"):
        if "worker" not in path.parts:  # it runs where a submission does, and knows no language
            assert unmarked(ast.parse(path.read_text(encoding="utf-8"))) == [], path


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
def test_a_sentence_without_a_mark_is_seen(source: str) -> None:
    assert unmarked(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["click.echo(_('nothing was {x}').format(x=1))", "raise UsageError(_('two are one'))"]
)
def test_a_sentence_with_a_mark_is_not(source: str) -> None:
    assert not unmarked(ast.parse(source))
