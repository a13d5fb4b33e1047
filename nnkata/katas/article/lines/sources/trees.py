"""The statements of a submission's sources: its trees, loops, skipped conditions, and entries of dicts."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from nnkata.traces.place import Place
from nnkata.traces.trace import Seen
from nnkata.worker.tree import nodes, spans

#: A source as a tree, which is never changed: many questions of one verdict go through the same file. `locate` forgets
#: them, as a tree takes fifty times the memory of its source (CPython 3.11).
tree = lru_cache(maxsize=64)(ast.parse)


def parameters(function: ast.FunctionDef) -> set[str]:
    """The names of a function's parameters, without `*args` and `**kwargs`."""
    return {arg.arg for arg in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}


def bound_inside(place: Place, sources: Mapping[str, str]) -> set[str]:
    """The names that comprehensions at a line bind; from Python 3.12 on, a trace has them as the function's own."""
    every = nodes(tree(sources.get(place.file, "")))
    displays = (n for n in every if isinstance(n, ast.ListComp | ast.SetComp | ast.DictComp))
    here = (n for n in displays if spans(n, place.line))
    targets = (part.target for display in here for part in display.generators)
    return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}


def loop_at(place: Place, sources: Mapping[str, str]) -> ast.For | ast.While | None:
    """The loop whose head is a line."""
    every = nodes(tree(sources.get(place.file, "")))
    return next((n for n in every if isinstance(n, ast.For | ast.While) and n.lineno == place.line), None)


def numbered(
    seen: Seen, file: str, line: int | None, sources: Mapping[str, str]
) -> Iterator[tuple[Place, list[float]]]:
    """The heads of the loops of a file, around a line if there is one, each with the numbers it went through."""
    for node in ast.walk(tree(sources.get(file, ""))):
        if isinstance(node, ast.For) and (line is None or node.lineno < line <= (node.end_lineno or 0)):
            head, name = Place(file, node.lineno), ast.unparse(node.target)
            values = [e.value for e in seen.events if e.place == head and e.name == name and e.value.size == 1]
            yield head, [float(value.ravel()[0]) for value in values]
        elif isinstance(node, ast.While) and (line is None or node.lineno < line <= (node.end_lineno or 0)):
            counted = {ast.unparse(n.target) for n in ast.walk(node) if isinstance(n, ast.AugAssign)}
            names = {n.id for n in ast.walk(node.test) if isinstance(n, ast.Name)} & counted
            values = [e.value for e in seen.events if e.place.file == file and e.name in names and e.value.size == 1]
            kept = values if seen.raised else values[:-1]  # the last one ends the loop
            yield Place(file, node.lineno), [float(value.ravel()[0]) for value in kept]


def skipped(seen: Seen, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The condition before a line of a loop that never held, where its block makes a value that the line takes."""
    ran = {event.place for event in seen.events}
    for loop in ast.walk(tree(sources.get(place.file, ""))):
        if not isinstance(loop, ast.For | ast.While):
            continue
        at = next((n for n, s in enumerate(loop.body) if spans(s, place.line)), 0)
        taken = {n.id for n in ast.walk(loop.body[at]) if isinstance(n, ast.Name)}
        for before in reversed(loop.body[:at]):
            if isinstance(before, ast.If) and not before.orelse:
                names = set(_stored(before))
                lines = range(before.body[0].lineno, (before.end_lineno or 0) + 1)
                if names & taken and not any(Place(place.file, line) in ran for line in lines):
                    return Place(place.file, before.lineno)
    return None


def exchanged(seen: Seen, place: Place, sources: Mapping[str, str], last: bool = False) -> Place | None:
    """The condition above a line of a loop that held in the first of its rounds alone, where two of them are meant.

    If only the `last` round made something wrong, a condition beside the line counts, too, that bounds the number of
    the round and makes a value which the line takes.
    """
    for head, numbers in numbered(seen, place.file, place.line, sources):
        loop = loop_at(head, sources)
        body = loop.body if loop else []
        taken = {n.id for s in body if spans(s, place.line) for n in ast.walk(s) if isinstance(n, ast.Name)}
        for node in (n for n in body if isinstance(n, ast.If) and not n.orelse):
            names = set(_stored(node))
            beside = last and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Gt | ast.Lt)
            under = node.lineno < place.line <= (node.end_lineno or 0)
            lines = [place.line] if under else range(node.body[0].lineno, (node.end_lineno or 0) + 1)
            own = [
                e for e in seen.events if e.place.file == place.file and e.place.line in lines and e.name != "return"
            ]
            times = max((sum(e.place == one.place for e in own) for one in own), default=0)
            held_once = len({e.frame for e in own}) == times == 1
            if (under or (beside and names & taken)) and len(numbers) == 3 and held_once:
                return Place(place.file, node.lineno)
    return None


def _stored(condition: ast.If) -> Iterator[str]:
    """The names that the block of a condition assigns."""
    for node in (n for s in condition.body for n in ast.walk(s)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def entry(place: Place, departed: list[str], sources: Mapping[str, str]) -> Place:
    """In a dict written as one statement over several lines: the line of the first entry that departs."""
    for entries, doubled in _dicts(place, sources):
        for key in departed:
            if key in entries:
                return Place(place.file, entries[key][-1])
        if doubled:
            return Place(place.file, doubled)
        if departed and len(entries) == len(departed):  # all under other names
            return Place(place.file, min(min(lines) for lines in entries.values()))
    return place


def _dicts(place: Place, sources: Mapping[str, str]) -> Iterator[tuple[dict[str, list[int]], int]]:
    """The dict displays around a line: the lines of each key, and the line of a repeated key."""
    for node in ast.walk(tree(sources.get(place.file, ""))):
        start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not (start <= place.line <= end and start < end):
            continue
        pairs: list[tuple[object, int]] = []
        if isinstance(node, ast.Dict):
            pairs = [
                (k.value, v.lineno) for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant)
            ]
        elif isinstance(node, ast.Call):
            pairs = [(k.arg, k.value.lineno) for k in node.keywords]
        entries: dict[str, list[int]] = {}
        for key, line in pairs:
            entries.setdefault(str(key), []).append(line)
        if entries:
            twice = [lines for lines in entries.values() if len(lines) > 1]
            yield entries, twice[0][0] if twice else 0


def left(head: Place, sources: Mapping[str, str]) -> Place | None:
    """The statement that leaves a loop in its first round, under no condition."""
    loop = loop_at(head, sources)
    ends = [n.lineno for n in loop.body if isinstance(n, ast.Return | ast.Break)] if loop else []
    return Place(head.file, ends[0]) if ends else None


def function_at(place: Place, sources: Mapping[str, str]) -> ast.FunctionDef | None:
    """The function of which this is the first line for Python."""
    every = nodes(tree(sources.get(place.file, "")))
    return next((n for n in every if isinstance(n, ast.FunctionDef) and head(n) == place.line), None)


def head(node: ast.FunctionDef) -> int:
    """A function's first line for Python: that of its first decorator, if it has one."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])
