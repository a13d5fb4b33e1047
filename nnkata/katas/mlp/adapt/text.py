"""The adapter's text: at most 15 lines of code, each guess a comment above its line."""

import ast
import re
from pathlib import Path

from nnkata.files import write_new
from nnkata.katas.mlp.adapt.files import Foreign
from nnkata.katas.mlp.adapt.offers import offers
from nnkata.katas.mlp.adapt.search import Recipe
from nnkata.katas.mlp.required import REQUIRED
from nnkata.worker import foreign
from nnkata.worker.adapting.networks.passed_parameters import FILLED, GLOBAL
from nnkata.worker.foreign_code.python2 import MARK
from nnkata.worker.foreign_code.statements import code_of

#: Lines of code in an adapter, without comments and blank ones.
MAX_LINES = 15
#: The beginning of a line about a call that was no use for the part above it.
TRIED = "#   tried "
#: The beginning of a line about the file's own functions for a missing part, or an example of it.
HELP = "#   "
NEW = "def new(): ...  # a fresh network of 784 inputs and 10 outputs"
FORMS = {
    "rows": "a batch as rows",
    "columns": "a batch as columns",
    "turned": "a batch as rows, and gives columns",
    "vector": "one sample as a vector",
    "column": "one sample as a column",
    "row": "one sample as a row",
    "stack": "a batch of columns",
}


def adapter(recipe: Recipe, command: str, files: Foreign) -> str:
    """The module's text; for a missing part, lines say what to write, the file's candidates, and examples."""
    head = [
        f"# Written by `{command}`: functions by which nnkata judges {recipe.file} (docs/any-network.md).",
        "# Every line is a guess that worked when it was tried; change what is wrong.",
    ]
    if MARK in code_of(files.base / recipe.file):
        head.append(
            f"# {recipe.file} is Python 2: `load` translates it (print, xrange, division of integers, except E, e)."
        )
    extra = dict(recipe.extras)
    own = recipe.why_new in (FILLED, GLOBAL)
    blocks: list[list[str]] = []
    if recipe.new and not own:
        blocks.append(_function("new()", recipe.new, _made(recipe)))
    elif recipe.why_new == FILLED:
        blocks.append([f"# {FILLED}", recipe.new[0]])
    elif not recipe.new:
        blocks.append([f"# not found: {NEW}", *_helped(files, "new"), *_tried(recipe, "new")])
    if recipe.parameters:
        text = f"return [{', '.join(_named(name, own) for name in recipe.parameters)}]"
        blocks.append(_function("parameters(net)", (text,), "the arrays that its output depends on"))
        why = f"it wants {FORMS.get(recipe.form, recipe.form)}"
        blocks.append(_function("output(net, x)", (_named(recipe.output, own),), why))
    else:
        why = "; its own is another at each call: leave its dropout out" if recipe.random else ""
        blocks.append([_missing("parameters"), *_helped(files, "parameters")])
        blocks.append([_missing("output") + why, *_helped(files, "output"), *_tried(recipe, "output")])
    if recipe.gradients:
        lines = tuple(_named(line, own) for line in recipe.gradients)
        blocks.append(_function("gradients(net, x, y)", lines, recipe.why_gradients + _likeness(recipe)))
    else:
        blocks.append([_missing("gradients"), *_helped(files, "gradients"), *_tried(recipe, "gradients")])
    given = {"train": "net, x, y, epochs", "predict": "net, x", "accuracy": "net, x, y"}
    for name in ("train", "predict", "accuracy"):
        if name in extra:
            blocks.append(_function(f"{name}({given[name]})", extra[name], ""))
    return _within(head, blocks, recipe.file)


def _within(head: list[str], blocks: list[list[str]], file: str) -> str:
    """The text, with as many of the blocks as MAX_LINES lines of code allow."""
    kept: list[list[str]] = []
    for block in blocks:
        if _code("\n".join(line for own in [*kept, block] for line in own)) + 2 + 1 <= MAX_LINES:
            kept.append(block)
    body = "\n".join("\n".join(block) for block in kept)
    names = [name for name in foreign.__all__ if re.search(rf"(?<!\.)\b{name}\(", body)]
    imports = [f"from nnkata.worker.foreign import {', '.join(dict.fromkeys(sorted([*names, 'load'])))}"]
    if re.search(r"\bnp\.", body):
        imports.insert(0, "import numpy as np\n")
    return "\n".join(
        [*head, *imports, "", f"theirs = load({file!r})  # its definitions; its top level is not run", body, ""]
    )


def _code(text: str) -> int:
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in text.split("\n"))


def lines_of(text: str) -> int:
    """Lines of code in an adapter."""
    return _code(text)


def _function(signature: str, lines: tuple[str, ...], why: str) -> list[str]:
    comment = [f"# {why}"] if why else []
    if len(lines) == 1:
        return [*comment, f"def {signature}: {lines[0]}"]
    return [*comment, f"def {signature}:", *(f"    {line}" for line in lines)]


def _missing(name: str) -> str:
    return f"# not found: {REQUIRED[name]}"


def _helped(files: Foreign, part: str) -> list[str]:
    return [f"{HELP}{line}" for line in offers(files.base, files.tried, part)]


def _tried(recipe: Recipe, part: str) -> list[str]:
    return [f"{TRIED}{line}" for line in recipe.obstacles(part)]


def _made(recipe: Recipe) -> str:
    return f"made {recipe.why_new}" if recipe.why_new.startswith("as in") else recipe.why_new


def _named(text: str, own: bool) -> str:
    """Arrays of the top level under their own names."""
    return re.sub(r"net\['(\w+)'\]", r"theirs.\1", text) if own else text


def _likeness(recipe: Recipe) -> str:
    if recipe.likeness > 0.9995:
        return ""
    likeness = f"{recipe.likeness:.2f}" if recipe.likeness < 0.995 else f"{recipe.likeness:.4f}"
    return f"; no usual loss has these slopes (likeness {likeness}): they are wrong, or more is in them, as a decay"


def written(text: str, path: Path) -> None:
    """Write a new file.

    Raises:
        FileExistsError: the file exists. SyntaxError: it is not Python.
    """
    ast.parse(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, text.encode())
