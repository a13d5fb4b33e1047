"""One line of advice about common actions of a file at import: training, input, arguments, plots, exit.

A judge imports a file for its definitions. Everything else belongs under `if __name__ == "__main__":`, where Python
runs it for the author alone. This module reads the source and never runs it. The exception comes from the worker, so it
only selects one of these sentences and adds nothing but checked names.
"""

import ast
import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from nnkata.language import _, later
from nnkata.subject.face import Raised
from nnkata.subject.source import spelling
from nnkata.worker.imports.importing import ours
from nnkata.worker.imports.tools import TOOLS
from nnkata.worker.tree import spans, tree_of

#: The text of the guard.
MAIN = 'if __name__ == "__main__":'
#: Modules that a network imports, for one that is misspelt: any near name would be a wrong guess about a file's own.
USUAL = ("numpy", "random", "math", "time", "pickle", "copy", "itertools", "functools", "collections", "typing")
#: Names that a file has from a statement at its top, each with the statement.
IMPORTS: Mapping[str, str] = MappingProxyType(
    {
        "np": "import numpy as np",
        "npt": "import numpy.typing as npt",
        **dict.fromkeys(("NDArray", "ArrayLike"), "from numpy.typing import {name}"),
        **dict.fromkeys(("numpy", "math", "random", "time", "os", "sys", "copy"), "import {name}"),
        **dict.fromkeys(
            ("Any", "ClassVar", "Dict", "Final", "List", "Literal", "Optional", "Protocol", "Self", "Tuple", "Union"),
            "from typing import {name}",
        ),
        **dict.fromkeys(
            ("Callable", "Iterable", "Iterator", "Mapping", "Sequence"), "from collections.abc import {name}"
        ),
        **dict.fromkeys(("dataclass", "field"), "from dataclasses import {name}"),
        **dict.fromkeys(("ABC", "abstractmethod"), "from abc import {name}"),
        "Path": "from pathlib import Path",
    }
)
#: Names of other languages, each with Python's.
FOREIGN = {"true": "True", "false": "False", "null": "None", "none": "None", "nil": "None", "this": "self"}
#: Names of Python 2, as a pattern, and the advice about one.
OLD, IS_OLD = "raw_input|xrange|unicode|unichr|reduce|basestring", later("{name} is Python 2; it is judged by Python 3")
#: Exceptions about a file or a page that is not there.
ABSENT = ("FileNotFoundError", "NotADirectoryError", "URLError", "HTTPError", "ConnectionError")
#: A call of an absent module that reads data.
READS = re.compile(r"\.(?:read|load|fetch|open|get)\w*(?:\(\))? is needed")
#: The names that the worker gives the packages of a relative import (`nnkata.worker.imports.own_imports`).
PACKAGES = re.compile(r"\b(?:nnkata_)?submission(?:\.p\d+)*(?=\.)")
#: Statements that define and do not run.
DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
#: The sentences about a line that runs at import.
RUNS = later("line {line} runs while the file is imported: ")
CALLS = later("line {line} runs while the file is imported, and so does all that it calls: ")
STOPS = later("line {line} ends the process, and runs while the file is imported: ")
#: The sentence about a module that is not one of the usual tools.
LACKING = later("{name} is not there: hand in your own modules beside the file, and do without others")
#: Messages about a file that an adapter loads, and about one that imports itself, perhaps through another.
BESIDE = re.compile(r"is not beside the adapter$")
CIRCLE = re.compile(r"from partially initialized module '([\w.]{1,60})'")
#: Calls that stop a program for a debugger.
DEBUGGER = re.compile(r"\b(?:breakpoint|set_trace)\(")
#: Calls that end a process.
ENDS = re.compile(r"\b(?:_exit|abort|kill|killpg|alarm|setrlimit)\(")
#: Names of long calls.
LONG = re.compile(r"train|fit|run|main|learn|optimi[sz]e|sgd|gradient_descent|evaluate|test|plot", re.IGNORECASE)


def of_import(text: str, error: Raised) -> str:
    """Advice about the exception that a file raised at import; empty if there is none."""
    line = _line_of(error)
    guard = _("put it under `{main}`").format(main=MAIN)
    if error.kind == "EOFError" or (error.kind == "OSError" and "reading from stdin" in error.message):
        return _("nobody answers input() while a file is judged: ") + guard
    if error.kind == "BdbQuit" or DEBUGGER.search(_statement(text, line)):
        return _("no debugger runs while a file is judged: delete its call")
    if error.kind == "SystemExit":
        if "parse_args" in _statement(text, line):
            return _("the arguments of the command line are not there while a file is judged: ") + guard
        return _("it ends the program while it is imported: ") + guard
    if error.kind == "NameError" and ("get_ipython" in error.message or "'display'" in error.message):
        return _("that is there in a notebook alone: delete the line, or hand in the notebook itself")
    if error.kind == "NameError" and (found := re.search(f"'({OLD})'", error.message)):
        return _(IS_OLD).format(name=found[1])
    if error.kind == "NameError" and (found := re.match(r"name '(\w+)'", error.message)) and found[1] in FOREIGN:
        return _("Python writes {name} as {right}").format(name=found[1], right=FOREIGN[found[1]])
    if error.kind == "NameError" and (found := re.match(r"name '(\w+)'", error.message)) and found[1] in IMPORTS:
        statement = IMPORTS[found[1]].format(name=found[1])
        return _("`{statement}` is missing at the top of the file").format(statement=statement)
    if error.kind in ("ModuleNotFoundError", "ImportError"):
        return _module(error)
    if close := spelling.meant(error, {error.where.rpartition(", line ")[0]: text}):
        return close
    if BESIDE.search(error.message):
        return _("put it into the folder of the adapter, or write its name as it is there into load(...)")
    if error.kind in ABSENT or (error.kind == "ModuleAbsent" and READS.search(error.message)):
        return _("the data are handed to your functions, no file is needed; for the code that reads one: ") + guard
    if error.kind in ("TclError", "NoSectionError") or "DISPLAY" in error.message:
        return _("there is no screen to draw on: ") + guard
    if error.kind == "RuntimeError" and "__main__" in error.message:
        return _("it starts processes while it is imported: ") + guard
    if error.kind == "AttributeError" and re.search(r"\bNumPy\b|module 'numpy", error.message):
        return ""  # the name is gone, wherever the line stands; NumPy mostly says what replaces it
    if (running := _running(text, line)) is not None:
        return _(RUNS).format(line=running) + guard
    return ""


def of_silence(text: str, running: int = 0) -> tuple[str, int]:
    """Advice about a file that gave no answer at import, and the line; "" and 0 if there is none.

    `running` is the line at the top that ran when the time was up, if it is known.
    """
    guard = _("put it under `{main}`").format(main=MAIN)
    found = list(runs(text))
    if not found:
        return _slow_import(text)
    own = {node.name for node in _body(text) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    long = [node for node in found if isinstance(node, ast.For | ast.While) or LONG.search(ast.unparse(node))]
    calls = [node for node in found if own & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}]
    ran = [node for node in found if spans(node, running)]
    line = (ran or long or calls or found)[0].lineno
    return _(CALLS).format(line=line) + guard, line


def of_end(text: str) -> tuple[str, int]:
    """Advice about a file whose import ended its process, and the line; "" and 0 if there is none."""
    for node in runs(text):
        if ENDS.search(ast.unparse(node)):
            guard = _("put it under `{main}`").format(main=MAIN)
            return _(STOPS).format(line=node.lineno) + guard, node.lineno
    return "", 0


def of_call(error: Raised) -> str:
    """Advice about the exception of a call; empty if there is none."""
    if error.kind in ("ModuleNotFoundError", "ImportError"):
        return _module(error, called=True)
    if error.kind == "ModuleAbsent" and (found := re.search(r"needed, and (\w{1,60}) is not here", error.message)):
        return _do_without(found[1])
    if error.kind in ABSENT:
        return _("the data are handed to your functions, no file is needed")
    if error.kind == "EOFError":
        return _("nobody answers input() while a file is judged")
    if error.kind == "BdbQuit":
        return _("no debugger runs while a file is judged: delete its call")
    if error.kind == "SystemExit":
        return _("it ends the program: raise an exception, or return")
    return ""


def of_name(name: str, text: str) -> str:
    """Advice about a name that is not defined, because a notebook or a script imports it from an absent module."""
    for node in (inner for outer in _body(text) if ours(outer) for inner in outer.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                if (alias.asname or alias.name.partition(".")[0]) == name:
                    module = node.module if isinstance(node, ast.ImportFrom) else alias.name
                    return _(LACKING).format(name=(module or "").partition(".")[0])
    return ""


def runs(text: str) -> Iterator[ast.stmt]:
    """The top-level statements of a file that act at import: calls and loops, not definitions."""
    for node in _body(text):
        guarded = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
        constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        optional = isinstance(node, ast.With) and all(isinstance(inner, DEFINES) for inner in node.body)
        if guarded or constant or optional or isinstance(node, DEFINES):
            continue
        if isinstance(node, ast.For | ast.While | ast.With | ast.Expr) or any(
            isinstance(inner, ast.Call) for inner in ast.walk(node)
        ):
            yield node


def relative(message: str) -> str:
    """A message with relative imports as they are written: `.utils` for a module of ours."""
    return PACKAGES.sub("", message)


def _slow_import(text: str) -> tuple[str, int]:
    """The first module at the top that is neither NumPy nor of the standard library: its import may be slow."""
    for node in _body(text):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        for top in (name.partition(".")[0] for name in names):
            if top != "numpy" and top not in sys.stdlib_module_names:
                text = _("the import of {name}, which a network does not need, may take the time: ")
                guard = _("put it under `{main}`").format(main=MAIN)
                return text.format(name=top) + guard, node.lineno
    return "", 0


def _module(error: Raised, called: bool = False) -> str:
    found = re.search(r"No module named '\.?([\w.]{1,60})'", relative(error.message))
    if not found and (circle := CIRCLE.search(error.message)):
        if error.where.rpartition(", line ")[0] == f"{circle[1]}.py":
            return _("{name} imports itself: delete the line").format(name=circle[1])
        return _("{name} is imported while it imports this file").format(name=circle[1])
    if not found:
        return spelling.meant(error, {})
    top = found[1].partition(".")[0]
    if not called and (close := difflib.get_close_matches(top, USUAL, 1, 0.8)):
        return _("{name} is not there; did you mean {close}?").format(name=top, close=close[0])
    if top in TOOLS and called:
        return _do_without(top)
    if top in TOOLS:
        text = _(
            "a network needs NumPy and the standard library alone, and {name} is not there: import it where it is "
            "used, in the function that draws or loads, or under `{main}`"
        )
        return text.format(name=top, main=MAIN)
    return _(LACKING).format(name=top)


def _do_without(name: str) -> str:
    text = _("a network needs NumPy and the standard library alone, and {name} is not there: do without it here")
    return text.format(name=name)


def _line_of(error: Raised) -> int:
    line = error.where.rpartition(", line ")[2]
    return int(line) if line.isdecimal() and len(line) < 8 else 0


def _body(text: str) -> list[ast.stmt]:
    tree = tree_of(text)
    return tree.body if tree else []


def _statement(text: str, line: int) -> str:
    """The source of the top-level statement around a line."""
    for node in _body(text):
        if spans(node, line):
            return ast.unparse(node)
    return ""


def _running(text: str, line: int) -> int | None:
    """The line, if a statement there runs at import."""
    inside = [node for node in runs(text) if spans(node, line)]
    return inside[0].lineno if inside else None
