"""The line of the backward pass at fault, by the values of a right network on a sample."""

import ast
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.filled_arrays import ended, strange_event
from nnkata.katas.article.lines.passes import right_values, wrong_terms
from nnkata.katas.article.lines.passes.gradient_keys import cut_short, last, lost, misfiled, misshapen, unlisted
from nnkata.katas.article.lines.passes.right_functions import Wrong, innocent
from nnkata.katas.article.lines.passes.weight_matrices import unpacked, widths
from nnkata.katas.article.lines.passes.wrong_deltas import copied, first_line, wrong_delta
from nnkata.katas.article.lines.sources import origin
from nnkata.katas.article.lines.sources.trees import entry, exchanged, function_at, left, numbered, skipped
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames, cut_from

#: A variable that is named after a pre-activation, or an activation, of a hidden layer.
NAMED = re.compile(r"^([za])_?([12])$", re.IGNORECASE)


def backward(
    seen: Seen,
    weights: Mapping[str, Array],
    x: Array,
    y: Array,
    output: Array,
    functions: tuple[Wrong, Collection[tuple[Place, str]]],
    sources: Mapping[str, str],
) -> Place | None:
    """The line of the backward pass that departs first, after a right forward pass; `functions` as in `forward`."""
    wrong, fine = functions
    inside = Frames(innocent(seen, fine), wrong)
    seen = _without(seen, oracle.sigmoid_derivative(oracle.forward(weights, x).z3))
    if place := unpacked(seen, weights) or _exchanged(seen, oracle.forward(weights, x)):
        return place
    known, trace = right_values.backward(weights, x, y, output), oracle.forward(weights, x)
    delta1, delta2, delta3 = oracle.deltas(weights, trace, y, output)
    right = oracle.gradients(weights, x, y, output)
    departed = [key for key in reversed(WEIGHTS) if _departs(seen.value, key, right[key])]
    sides = {side for W in weights.values() for side in W.shape}  # a matrix may not be filled yet
    if not seen.raised and (not isinstance(seen.value, dict) or _returns(seen.value, weights)):
        return last(seen)
    came = seen.value if isinstance(seen.value, dict) else {}
    odd_shaped = misshapen(came, weights)
    shapes = {W.shape for W in weights.values()} | {W.shape[::-1] for W in weights.values()}
    odd = (
        {e.value.size for e in seen.events if e.value.ndim == 2 and e.value.shape not in shapes}
        if odd_shaped
        else set()
    )
    sizes = sides | widths(weights) | odd if odd_shaped else sides
    for delta, back, a in ((delta2, weights["W3"].T @ delta3, trace.a2), (delta1, weights["W2"].T @ delta2, trace.a1)):
        if first_line(seen, delta):  # made by one factor after the other
            known.add(back * a, back * (1 - a))
    strange = strange_event(seen, known, sizes, inside)
    factors = {"W3": (delta3, trace.a2), "W2": (delta2, trace.a1), "W1": (delta1, trace.a0)}
    backs, given = [weights["W3"].T @ delta3, weights["W2"].T @ delta2], Known().add(y, output, *trace)
    if departed and first_line(seen, factors[departed[0]][0]):
        given.add(*backs)  # the right delta is there, and another was taken
    shown = wrong_delta(seen, departed, factors, given, backs)
    shown = (shown and copied(seen, shown[0], backs, sources)) or shown
    gone = [key for key in departed if key not in came]
    if gone and (there := unlisted(seen, gone[0], sources)):
        return there
    filed = _unmade(seen, departed, factors, sources) or misfiled(seen, departed, right)
    found = min(filter(None, (strange, shown, filed)), key=lambda one: one[0], default=None)
    found = found or _nothing(seen, departed, weights)
    if found is None:
        there = lost(seen, right, gone) or last(seen)
        found = (0, cut_short(there, sources, there) or there) if there and departed else None
    if found is None:
        return None
    if found[0] < len(seen.events) and not odd_shaped and (there := cut_from(seen, seen.events[found[0]])):
        return there
    if (
        found != filed
        and found[0] < len(seen.events)
        and (caller := wrong_terms.of_another_call(seen, found[0], factors))
    ):
        return caller
    if found != filed and found[0] < len(seen.events) and (head := ended(seen.events[found[0]], known, sources)):
        return head
    if head := _of_no_layer(seen, None if gone else found[1], sources):
        return head
    called = (wrong[f.code] for n, f in enumerate(seen.frames) if f.code in wrong and seen.call_of(n) == found[1])
    if place := next(called, None):  # it gives a right value of another kind, such as A for the slope
        return place
    if found[0] < len(seen.events) and (there := wrong_terms.by_wrong_slope(seen, found[0], backs, wrong)):
        return there
    if found[0] < len(seen.events) and (there := wrong_terms.fed(seen, found[0], trace, backs, fine)):
        return there
    slope3 = trace.output * (1 - trace.output)
    if found[0] < len(seen.events) and (there := wrong_terms.of_the_last_layer(seen, found[0], delta3, slope3)):
        return there
    if there := wrong_terms.named_slope(seen, found[0], [trace.a1, trace.a2]):
        return there
    condition = skipped(seen, found[1], sources) or exchanged(seen, found[1], sources, departed == ["W1"])
    place = found[1] if found == filed else origin.selected(found[1], sources)
    if place == found[1] and wrong_terms.of_another(seen, departed, factors, [*trace]):
        others = Known().add(*(term for term in trace if term.size > 1))
        if found[0] < len(seen.events) and (caller := wrong_terms.handed(seen, seen.events[found[0]].frame, others)):
            place = caller
        taken = [*origin.by_index(place, sources).values()]
        place = taken[0] if len(taken) == 1 else place
    if place == found[1] and found[0] < len(seen.events):
        place = wrong_terms.slope_of_another(seen, found, backs, Known().add(*trace), sources) or place
    if place == found[1] and departed and departed[0] in came and not odd_shaped:
        ratio = wrong_terms.ratio(came[departed[0]], right[departed[0]])
        place = origin.factor(seen, place, ratio, sources) or place
    return condition or entry(place, departed, sources)


def _exchanged(seen: Seen, trace: oracle.Trace) -> Place | None:
    """The line that gives Z the name of A, or A that of Z."""
    for event in seen.events:
        found = NAMED.search(event.name) if event.place.line else None
        if found:
            other = {"z": "a", "a": "z"}[found[1].lower()] + found[2]
            if near(event.value, trace._asdict()[other]):
                return event.place
    return None


def _without(seen: Seen, slope3: Array) -> Seen:
    """The trace without the slope of the last layer where it only stands among the slopes of all layers."""
    whole = {number for number, frame in enumerate(seen.frames) if frame.name != "<listcomp>"}
    named = (e.frame in whole and e.name.isidentifier() and e.name != "return" for e in seen.events)
    kept = (e for e, one in zip(seen.events, named, strict=True) if one or not near(e.value, slope3))
    return replace(seen, events=tuple(kept))


def _nothing(seen: Seen, departed: list[str], weights: Mapping[str, Array]) -> tuple[int, Place] | None:
    """The first line that had a delta of zeros, else a gradient of zeros, where the first wrong gradient is zero."""
    came = seen.value.get(departed[0]) if departed and isinstance(seen.value, dict) else None
    if not isinstance(came, np.ndarray) or np.any(came):
        return None
    W = weights[departed[0]]
    for size in (W.shape[0], W.size):
        for number, event in enumerate(seen.events):
            if event.place.line and event.value.size == size and not np.any(event.value):
                return number, event.place
    return None


def _unmade(
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


def _of_no_layer(seen: Seen, place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """The head of a loop, around a line if there is one, whose number was that of no layer."""
    for head, numbers in numbered(seen, seen.frames[0].place.file, place and place.line, sources):
        if any(not 0 <= number <= len(WEIGHTS) for number in numbers):
            return head
    return None


def _returns(came: Mapping[str, object], weights: Mapping[str, Array]) -> bool:
    """Whether the weights came in place of the gradients."""
    found = [came.get(key) for key in weights]
    return all(isinstance(W, np.ndarray) and near(W, weights[key]) for key, W in zip(weights, found, strict=True))


def differs(seen: Seen, weights: Mapping[str, Array], x: Array, y: Array, output: object) -> bool:
    """Whether a gradient differs from the mathematics."""
    right = oracle.gradients(weights, x, y, np.asarray(output, np.float64))
    return departs(seen.value, right)


def departs(value: object, right: Mapping[str, Array]) -> bool:
    """Whether one of the gradients is missing, or another one."""
    return any(_departs(value, key, right[key]) for key in right)


def _departs(value: object, key: str, right: Array) -> bool:
    came = value.get(key) if isinstance(value, dict) else None
    return not isinstance(came, np.ndarray) or came.shape != right.shape or not near(came, right)
