"""The place of a submission at its time limit: its innermost line, or the `while` loop around that."""

import ast
import re
from collections.abc import Mapping

from nnkata.language import _, later
from nnkata.subject import TimedOut
from nnkata.texts import printable
from nnkata.traces.place import Place
from nnkata.worker.tree import nodes, spans, tree_of

#: Calls that take time and are no part of a network, each with the advice.
WAITS = {
    r"\bprint\(": later("it prints there, which takes the time: print once an epoch, not for each sample"),
    r"\b(sleep|pause)\(": later("it waits there: leave that out"),
}


def place(error: TimedOut, sources: Mapping[str, str]) -> Place | None:
    """The head of the innermost `while` loop that was running, else the innermost line; None if it is unknown."""
    line, loop = _running(error, sources)
    return loop or line


def told(error: TimedOut, sources: Mapping[str, str]) -> str:
    """A sentence about that line, with advice; empty if it is unknown."""
    line, loop = _running(error, sources)
    if line is None:
        return ""
    source = sources[line.file].split("\n")[line.line - 1]
    advice = next((_(text) for call, text in WAITS.items() if re.search(call, source)), "")
    if loop and not advice:
        text = _("then it was in the loop of {file}, line {line}: does its condition ever become false?")
        return text.format(file=printable(loop.file), line=loop.line)
    text = _("then it was at {file}, line {line}").format(file=printable(line.file), line=line.line)
    return f"{text}; {advice}" if advice else text


def _running(error: TimedOut, sources: Mapping[str, str]) -> tuple[Place | None, Place | None]:
    """The innermost line of the submission, and the head of the innermost `while` loop."""
    own = [found for frame in error.stack if (found := _own(frame, sources))]
    loops = (head for line in own if (head := _loop(line, sources)))
    return (own[0] if own else None), next(loops, None)


def _own(frame: Place, sources: Mapping[str, str]) -> Place | None:
    """A frame of a file of the submission, by its name there."""
    named = [name for name in sources if f"/{frame.file}".endswith(f"/{name}")]
    name = max(named, key=len, default=None)
    if name is None or not 0 < frame.line <= len(sources[name].splitlines()):
        return None
    return Place(name, frame.line)


def _loop(found: Place, sources: Mapping[str, str]) -> Place | None:
    """The head of the innermost `while` loop around a line."""
    tree = tree_of(sources[found.file])
    loops = [n for n in (nodes(tree) if tree else ()) if isinstance(n, ast.While)]
    around = [n.lineno for n in loops if spans(n, found.line)]
    return Place(found.file, max(around)) if around else None
