"""Arrays that loops fill element by element: no value before the last one is whole."""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from nnkata.katas.article.lines.sources.trees import tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.traces.wrong import Frames, first_event
from nnkata.worker.tree import nodes


def filled(seen: Seen, known: Known, blank: bool = False) -> Iterator[Event]:
    """The events without arrays that later lines fill, and without those lines that fill in right elements.

    `blank`: only zeros are filled; a line that changes other numbers changes a value.
    """
    last: dict[tuple[int, str], tuple[int, Array]] = {}
    left_out = set[int]()
    for number, event in enumerate(seen.events):
        key, flat = (event.frame, event.name), event.value.ravel()
        first, before = last.get(key, (-1, flat))
        if event.name != "return" and flat.size == before.size and flat.size > 1:
            new = ~((flat == before) | (np.isnan(flat) & np.isnan(before)))
            if new.any() and not new.all() and not (blank and np.any(before[new])):
                left_out |= {first, number} if known.has(flat, new) else {first}
        last[key] = (first if number and first >= 0 else number), flat
    return (event for number, event in enumerate(seen.events) if number not in left_out)


def strange_event(seen: Seen, known: Known, sizes: Collection[int], inside: Frames) -> tuple[int, Place] | None:
    """The first value on no right way, but for arrays that are not filled yet, and for sums that become right."""
    whole = [*_summed(seen, known, [*filled(seen, known, blank=True)])]
    if len(whole) == len(seen.events):
        return first_event(seen, known, sizes, inside)
    found = first_event(replace(seen, events=tuple(whole)), known, sizes, inside)
    if found is None:
        return None
    event, number = whole[found[0]], next(n for n, one in enumerate(seen.events) if one is whole[found[0]])
    if event.name == "return" and found[1] == event.place:  # the array that was left out as it was filled
        for n, one in enumerate(seen.events[:number]):
            if one.frame == event.frame and one.place.line and one.name != "return" and near(one.value, event.value):
                return n, one.place
    return number, found[1]


def _summed(seen: Seen, known: Known, events: list[Event]) -> Iterator[Event]:
    """The events without those of a sum that one line adds up, and that is right in the end."""
    last = dict[tuple[int, str], Event]()
    lines = dict[tuple[int, str], set[Place]]()
    for event in events:
        last[event.frame, event.name] = event
        lines.setdefault((event.frame, event.name), set()).add(event.place)
    for event in events:
        end, places = last[event.frame, event.name], lines[event.frame, event.name]
        adds = event.place.line and event.name.isidentifier() and event.name != "return" and len(places) < 3
        if not (adds and end is not event and end.place == event.place and event.value.size > 1 and end.value in known):
            yield event


def ended(event: Event, known: Known, sources: Mapping[str, str]) -> Place | None:
    """The loop of an array in which some elements are right and the others were never filled in.

    The line is that of its head; of a `while` that misses the first element, the one that gave its number a start.
    """
    flat = event.value.ravel()
    done = flat != 0
    if not done.any() or done.all() or not known.has(flat, done):
        return None
    every = nodes(tree(sources.get(event.place.file, "")))
    around = [n for n in every if isinstance(n, ast.For | ast.While) and _holds(n, event.place.line)]
    if not around:
        return None
    loop = max(around, key=lambda n: n.lineno)
    starts = [
        n.lineno
        for n in every
        if isinstance(n, ast.Assign) and isinstance(loop, ast.While) and n.lineno < loop.lineno and not flat[0]
        if ast.unparse(n.targets[0]) in {ast.unparse(one) for one in ast.walk(loop.test) if isinstance(one, ast.Name)}
    ]
    return Place(event.place.file, max(starts, default=loop.lineno))


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno < line <= (node.end_lineno or 0)
