"""Arrays that loops fill element by element: no value before the last one is whole."""

import ast
from collections.abc import Iterator, Mapping

import numpy as np

from nnkata.katas.article.lines.source import tree
from nnkata.seen import Array, Event, Known, Place, Seen
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
