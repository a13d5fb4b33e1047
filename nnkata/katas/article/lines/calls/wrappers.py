"""Traces without the wrappers of decorators that only pass on: their caller is that of the function itself."""

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from nnkata.katas.article.lines.sources.trees import head, parameters, tree
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen
from nnkata.worker.tree import nodes


def unwrapped(seen: Seen, sources: Mapping[str, str]) -> Seen:
    """The trace without the frames of wrappers that hand on their arguments and give back the function's result."""
    known = {Place(file, line) for file, text in sources.items() for line in wrappers(text)}
    out = {n for n, frame in enumerate(seen.frames) if frame.place in known and _passes_on(seen, n)}
    if not out:
        return seen
    number = {old: new for new, old in enumerate(n for n in range(len(seen.frames)) if n not in out)}
    frames = []
    for old, frame in enumerate(seen.frames):
        while frame.parent in out:
            above = seen.frames[frame.parent]
            frame = frame._replace(parent=above.parent, line=above.line)
        if old not in out:
            frames.append(frame._replace(parent=number.get(frame.parent, -1)))
    events = tuple(e._replace(frame=number[e.frame]) for e in seen.events if e.frame not in out)
    return replace(seen, frames=tuple(frames), events=events)


@lru_cache(maxsize=8)
def wrappers(text: str) -> set[int]:
    """The first lines of the functions within a function that call one of its parameters."""
    found = set()
    for outer in nodes(tree(text)):
        if not isinstance(outer, ast.FunctionDef):
            continue
        given = parameters(outer)
        for inner in outer.body:
            if isinstance(inner, ast.FunctionDef):
                calls = (n.func for n in ast.walk(inner) if isinstance(n, ast.Call))
                if any(isinstance(called, ast.Name) and called.id in given for called in calls):
                    found.add(head(inner))
    return found


def _passes_on(seen: Seen, wrapper: int) -> bool:
    """Whether a wrapper makes one call, with its own arguments, and returns its result."""
    children = [n for n, frame in enumerate(seen.frames) if frame.parent == wrapper]
    if len(children) != 1:
        return False
    given = [e.value for e in seen.events if e.frame == wrapper and not e.place.line]
    passed = [e.value for e in seen.events if e.frame == children[0] and not e.place.line]
    back = [e.value for e in seen.events if e.frame == children[0] and e.name == "return"]
    if back and not any(e.frame == wrapper and e.name == "return" for e in seen.events):
        return False  # it raised after that
    made = [e for e in seen.events if e.frame == wrapper and e.place.line and (e.value.size > 1 or e.name == "return")]
    arrays = [value for value in passed if value.size > 1]
    return all(any(near(value, one) for one in given) for value in arrays) and all(
        any(near(e.value, one) for one in (*given, *back)) for e in made
    )
