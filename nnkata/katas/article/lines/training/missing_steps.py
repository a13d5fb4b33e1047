"""The line of train that leaves out steps, or changes weights beside them."""

import ast
from collections.abc import Collection, Mapping

from nnkata.katas.article.lines.sources.trees import function_at
from nnkata.katas.article.lines.training import epochs
from nnkata.katas.article.lines.training.steps import (
    Calls,
    Task,
    roots,
    went_forward,
)
from nnkata.traces.known import Known
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen


def _waits(seen: Seen, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that would update, where it was never come to: its condition, if it has one."""
    names = {name for _place, name in calls.update}
    function, file = epochs.function(seen, sources), seen.frames[0].place.file
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
            inner: ast.AST = node
            while inner in parents and not isinstance(inner, ast.If):
                inner = parents[inner]
            return Place(file, inner.lineno if isinstance(inner, ast.If) else node.lineno)
    return None


def _guarded(seen: Seen, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The condition on which a sample goes without the update: above its line, or before it with a return."""
    names = {name for _place, name in calls.update}
    for place in dict.fromkeys(frame.place for frame in seen.frames):
        function = function_at(place, sources)
        asks = [
            n.lineno
            for n in (ast.walk(function) if function else ())
            if isinstance(n, ast.Call) and ast.unparse(n.func).rpartition(".")[2] in names
        ]
        for node in (n for n in (ast.walk(function) if function and asks else ()) if isinstance(n, ast.If)):
            held = node.lineno < asks[0] <= (node.end_lineno or 0)
            left = node.lineno < asks[0] and isinstance(node.body[-1], ast.Return | ast.Continue)
            if held or left:
                return Place(place.file, node.lineno)
    return None


def moved(
    seen: Seen, task: Task, calls: Calls, parts: tuple[Collection[int], Collection[int]], sources: Mapping[str, str]
) -> Place | None:
    """The line outside the steps that makes its own change or weights; else the line that calls for a step.

    `parts` are the frames of the measuring and of the steps.
    """
    measuring, inside = parts[0], {*parts[0], *parts[1]}
    gradients = Known().add(*task.weights.values())
    sizes = {W.size for W in task.weights.values()}
    for event in seen.events:
        if any(n in inside for n in seen.ancestors(event.frame)):
            gradients.add(event.value)
        elif event.place.line and event.value.size in sizes and event.value not in gradients:
            within = [n for n in seen.ancestors(event.frame) if seen.frames[n].name == "initialization"]
            return seen.call_of(within[-1]) if within else event.place  # right in itself: it is asked at a wrong time
    updates = roots(seen, calls.update, [n for n in inside if seen.frames[n].code not in calls.update])
    if not updates and (waiting := _waits(seen, calls, sources)):
        return waiting
    if len(updates) < len(went_forward(seen, task, calls, measuring)) and (guard := _guarded(seen, calls, sources)):
        return guard
    backs = roots(seen, calls.backward, ())
    last = updates or backs
    more = len(updates) > len(went_forward(seen, task, calls, measuring)) > 0
    return seen.call_of(last[1 if more else 0]) if last else None
