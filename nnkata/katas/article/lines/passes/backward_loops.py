"""The head of a loop of backward_pass that ends before the last layer, or counts a layer that there is not."""

import ast
from collections.abc import Mapping

import numpy as np

from nnkata.katas.article.lines.passes.wrong_deltas import first_line
from nnkata.katas.article.lines.sources.trees import function_at, left, numbered
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen


def unmade(
    seen: Seen, departed: list[str], factors: Mapping[str, tuple[Array, Array]], sources: Mapping[str, str]
) -> tuple[int, Place] | None:
    """The only loop of backward_pass, by its head, where a gradient was not made by its end."""
    function = function_at(seen.frames[0].place, sources)
    loops = [n for n in ast.walk(function) if isinstance(n, ast.For | ast.While)] if function else []
    stopped = Place.stated(seen.raised[2]) if seen.raised else None
    if len(loops) != 1 or function is None or (stopped and stopped.line <= (loops[0].end_lineno or 0)):
        return None
    written = {n.value for n in ast.walk(function) if isinstance(n, ast.Constant)} & {*WEIGHTS}
    given = seen.value if isinstance(seen.value, dict) else {}
    came = {key: value for key, value in given.items() if isinstance(value, np.ndarray)}
    for key in departed:
        delta, a = factors[key]
        if first_line(seen, np.outer(delta, a)):
            continue
        missing = key not in came or not np.any(came[key])
        elsewhere = any(key in came and near(came[key], np.outer(*factors[other])) for other in WEIGHTS)
        if (missing and not written) or ((missing or elsewhere) and first_line(seen, delta) is None):
            head = Place(seen.frames[0].place.file, loops[0].lineno)
            ends = [n for n in ast.walk(loops[0]) if isinstance(n, ast.If) and isinstance(n.body[-1], ast.Break)]
            end = Place(head.file, ends[0].lineno) if len(ends) == 1 and missing else None
            return len(seen.events), left(head, sources) or end or head
    return None


def of_no_layer(seen: Seen, place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """The head of a loop, around a line if there is one, whose number was that of no layer."""
    for head, numbers in numbered(seen, seen.frames[0].place.file, place and place.line, sources):
        if any(not 0 <= number <= len(WEIGHTS) for number in numbers):
            return head
    return None
