"""The texts typed into this process: the cells of IPython, those of Python's own prompt (from 3.13 on), and a script.

IPython keeps its cells as its history. The code objects of a cell have a file name, under which `linecache` has the
text for tracebacks; Python's prompt keeps its cells there alone.
"""

import ast
import linecache
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from nnkata.language import _
from nnkata.notebook.excerpt import Cell, Place

PROMPT = re.compile(r"<python-input-(\d+)>")
#: The magics that run the rest of their cell in the user's namespace.
RUNNING = ("capture", "nnkata", "prun", "time")


def shell() -> Any:
    """The running IPython of this process, or None."""
    loaded = sys.modules.get("IPython")
    return None if loaded is None else loaded.get_ipython()


def cells(*objects: Any) -> list[Cell]:
    """The cells in the order in which they ran; before them the scripts that these objects come from."""
    kept = {name: "".join(entry[2]) for name, entry in list(linecache.cache.items()) if len(entry) == 4}
    running = shell()
    names = {text.strip(): name for name, text in kept.items()}
    typed = list(_prompted(kept) if running is None else _run(running, names))
    run = [each for each in objects if getattr(each, "__module__", "") == "__main__"]
    files = {place[0] for each in run if (place := place_of(each)) and Path(place[0]).is_file()}
    files -= {cell.name for cell in typed}
    return [*(Cell(file, Path(file).name, "".join(linecache.getlines(file))) for file in sorted(files)), *typed]


def place_of(value: Any) -> Place | None:
    """The place of a function's or a class's definition, or None if it is unknown."""
    if isinstance(value, FunctionType):
        return value.__code__.co_filename, value.__code__.co_firstlineno
    if isinstance(value, type):
        for method in vars(value).values():
            function = getattr(method, "__func__", method)  # under staticmethod and classmethod
            own = isinstance(function, FunctionType) and function.__qualname__.startswith(f"{value.__qualname__}.")
            if own and function.__module__ == value.__module__:
                return function.__code__.co_filename, function.__code__.co_firstlineno
    return None


def _prompted(kept: dict[str, str]) -> Iterator[Cell]:
    numbered = {int(found[1]): name for name in kept if (found := PROMPT.fullmatch(name))}
    for number, name in sorted(numbered.items()):
        yield Cell(name, _("input {number}").format(number=number), kept[name])


def _run(running: Any, names: dict[str, str]) -> Iterator[Cell]:
    """The cells of IPython; `names` has the file names of texts."""
    for number, text in enumerate(running.history_manager.input_hist_parsed):
        for body, above in _bodies(running, text):
            yield Cell(names.get(body.strip(), ""), _("cell {number}").format(number=number), body, above)


def _bodies(running: Any, text: str, above: int = 0) -> Iterator[tuple[str, int]]:
    """A cell as Python, or the part that a magic ran, with the number of lines above it."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # it never ran
    match statements:
        case [ast.Expr(ast.Call(ast.Attribute(attr="run_cell_magic"), arguments))]:
            magic, rest = (getattr(arguments[n], "value", "") if len(arguments) == 3 else "" for n in (0, 2))
            if magic in RUNNING:
                yield from _bodies(running, running.transform_cell(rest), above + 1)
        case _:
            yield text, above
