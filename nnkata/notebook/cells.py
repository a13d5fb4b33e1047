"""What was typed into this process: the cells of IPython and of Python's own prompt (from 3.13 on), and a script.

All of them keep their text where tracebacks look for it, in `linecache`, by the file name that the code objects bear.
"""

import linecache
import re
import sys
from pathlib import Path
from types import FunctionType
from typing import Any

from nnkata.language import _
from nnkata.notebook.excerpt import Cell, Place

PROMPT = re.compile(r"<python-input-(\d+)>")
NUMBER = re.compile(r"\[(\d+)\]")


def shell() -> Any:
    """The IPython that runs in this process, or None."""
    loaded = sys.modules.get("IPython")
    return loaded.get_ipython() if loaded is not None else None


def cells(*objects: Any) -> list[Cell]:
    """The cells that have run, in the order of their numbers; before them the scripts that these objects come from."""
    numbered: list[tuple[int, Cell]] = []
    running = shell()
    for name, entry in list(linecache.cache.items()):
        if len(entry) != 4:  # a file that nobody has read yet
            continue
        number = _number(name, running)
        if number is not None:
            label = _("cell {number}").format(number=number)
            numbered.append((number, Cell(name, label, "".join(entry[2]))))
    numbered.sort(key=lambda each: each[0])
    typed = [cell for _number, cell in numbered]
    run = [each for each in objects if getattr(each, "__module__", "") == "__main__"]
    files = {place[0] for each in run if (place := place_of(each)) and Path(place[0]).is_file()}
    files -= {cell.name for cell in typed}
    return [*(Cell(file, Path(file).name, "".join(linecache.getlines(file))) for file in sorted(files)), *typed]


def place_of(value: Any) -> Place | None:
    """Where a function or a class was defined, or None if it does not say."""
    if isinstance(value, FunctionType):
        return value.__code__.co_filename, value.__code__.co_firstlineno
    if isinstance(value, type):
        for method in vars(value).values():
            function = getattr(method, "__func__", method)  # under staticmethod and classmethod
            own = isinstance(function, FunctionType) and function.__qualname__.startswith(f"{value.__qualname__}.")
            if own and function.__module__ == value.__module__:
                return function.__code__.co_filename, function.__code__.co_firstlineno
    return None


def _number(name: str, running: Any) -> int | None:
    """The number of the cell whose code bears this file name, or None if it is no cell's."""
    if found := PROMPT.fullmatch(name):
        return int(found[1])
    says = getattr(getattr(running, "compile", None), "format_code_name", None)  # ("Cell", "In[3]"), as tracebacks have
    label = says(name) if says else None
    found = NUMBER.search(label[1]) if label else None
    return int(found[1]) if found else None
