"""The line of the forward pass at fault, by the values of a right network."""

import ast
from collections.abc import Collection, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls import exceptions
from nnkata.katas.article.lines.calls.filled_arrays import ended, strange_event
from nnkata.katas.article.lines.passes import right_values
from nnkata.katas.article.lines.passes.right_functions import Wrong, innocent
from nnkata.katas.article.lines.passes.weight_matrices import unpacked, widths
from nnkata.katas.article.lines.sources import layer_lists, layer_tables, origin, statements
from nnkata.katas.article.lines.sources.trees import loop_at
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames


def forward(
    seen: Seen,
    weights: Mapping[str, Array],
    x: Array,
    functions: tuple[Wrong, Collection[tuple[Place, str]]],
    sources: Mapping[str, str],
    before: Array | None = None,
) -> Place | None:
    """The line of the forward pass that departs first; `before` is the sample before it, whose values may be there.

    `functions` are those known to be wrong, and those known to be right.
    """
    wrong, fine = functions
    if place := unpacked(seen, weights) or _elsewhere(seen, oracle.forward(weights, x)):
        return place
    known, inside, trace = (
        right_values.forward(weights, x),
        Frames(innocent(seen, fine), wrong),
        oracle.forward(weights, x),
    )
    bent = oracle.sigmoid(oracle.forward(weights, x).z3)
    lines = [
        {(e.place, e.frame) for e in seen.events if near(e.value, a)} for a in (bent, oracle.forward(weights, x).a1)
    ]
    if lines[0] & lines[1] and not (_is_array(seen.value) and near(np.asarray(seen.value), bent)):
        known.add(bent)  # a loop over all layers makes it, and the softmax takes its place
    top = oracle.forward(weights, x).z3
    exps = (top - top.max(), np.exp(top - top.max()), np.exp(top))  # on the way to the softmax, unless one came out
    if not any(_is_array(seen.value) and near(np.asarray(seen.value), value) for value in exps):
        known.add(*exps)
    found = None
    if before is not None:
        kept = Known().add(*oracle.forward(weights, before), *oracle.forward(weights, x), *weights.values())
        found = strange_event(seen, kept, widths(weights), inside)
    shapes = {W.shape for W in weights.values()} | {W.shape[::-1] for W in weights.values()}
    misshapen = _is_array(seen.value) and np.size(seen.value) not in widths(weights)  # a product of two matrices
    odd = {e.value.size for e in seen.events if misshapen and e.value.ndim == 2 and e.value.shape not in shapes}
    found = found or strange_event(seen, known, widths(weights) | odd, inside)
    if found is None and (head := _ended(seen, weights, trace, sources)):
        return head
    if found is None:
        place = _taken_for(seen, np.asarray(seen.value), len(seen.events)) if _is_array(seen.value) else None
        logits = place and near(np.asarray(seen.value), trace.z3)  # the list of layers may have no softmax
        return (place and logits and layer_lists.lineup(place, sources)) or place
    if there := _unused(seen, trace):
        return there
    number, place = found
    if _is_array(seen.value) and near(np.asarray(seen.value), oracle.softmax(bent)):
        calls = (seen.call_of(e.frame) for e in seen.events if e.frame and near(e.value, bent))
        if made := next(filter(None, (layer_lists.lineup(one, sources) for one in calls)), None):
            return made
    value = seen.events[number].value
    half = any(value.size == z.size and near(value, np.maximum(z, 0.0)) for z in (trace.z1, trace.z2, trace.z3))
    if not half and (head := ended(seen.events[number], known, sources)):
        return head
    for key, right in (("W1", trace.a0), ("W2", trace.a1), ("W3", trace.a2)):
        for other in trace:
            fits = other is not right and other.size == right.size and weights[key].shape[0] == value.size
            if fits and near(weights[key] @ other, value):  # right for its input, which is another value
                if bare := _without_activation(seen, number, other, trace):
                    return layer_lists.lineup(bare, sources) or bare
                if handed := _handed(seen, seen.events[number].frame, other):
                    return layer_lists.lineup(handed, sources) or origin.renamed(seen, handed, other, sources)
                there = layer_tables.program(place, sources) or _taken_for(seen, other, number)
                return there or place
    for layer, (z, a) in enumerate(((trace.z1, trace.a1), (trace.z2, trace.a2), (trace.z3, trace.output)), 1):
        taken = value.size == z.size and not near(value, a) and layer_tables.bent(value, z)
        chooses = (
            (
                layer_tables.chosen(place, layer, sources)
                or layer_lists.keyed(place, layer, sources)
                or layer_lists.told(place, sources)
            )
            if taken
            else None
        )
        if chooses or (taken and (chooses := layer_tables.applied(seen, seen.events[number].frame, place, sources))):
            return chooses
        callers = [place, *(seen.call_of(n) for n in seen.ancestors(seen.events[number].frame) if n)]
        if taken and (there := next(filter(None, (layer_lists.among(one, layer, sources) for one in callers)), None)):
            return there
        either = (oracle.sigmoid(z), oracle.softmax(z))
        frame = seen.events[number].frame
        around = {frame, seen.frames[frame].parent}
        begun = any(e.frame in around and near(e.value, one) for e in seen.events for one in exps)
        bends = taken and not begun and any(near(value, one) for one in either)
        if bends and (chooses := layer_lists.of_a_kind(place, layer, sources)):
            return chooses
        if bends and (chooses := layer_tables.branch(place, sources)):
            return chooses
    return _ended(seen, weights, trace, sources) or origin.selected(place, sources)


def _unused(seen: Seen, trace: oracle.Trace) -> Place | None:
    """The return of a function that has made the activation of its argument, and gives back the argument."""
    for z, a in ((trace.z1, trace.a1), (trace.z2, trace.a2)):
        for number in range(1, len(seen.frames)):
            own = [e for e in seen.events if e.frame == number and e.value.size == z.size]
            given = any(not e.place.line and near(e.value, z) for e in own)
            made = any(e.place.line and e.name != "return" and near(e.value, a) for e in own)
            back = [e for e in own if e.name == "return"]
            if given and made and len(back) == 1 and near(back[0].value, z):
                return back[0].place
    return None


def _without_activation(seen: Seen, number: int, z: Array, trace: oracle.Trace) -> Place | None:
    """The line that gave the traced call's own code a pre-activation that it hands on, if it has no activation."""
    a = {id(trace.z1): trace.a1, id(trace.z2): trace.a2}.get(id(z))
    if a is None or any(e.value.size == a.size and near(e.value, a) for e in seen.events):
        return None
    own = [e.place for e in seen.events[:number] if not e.frame and e.place.line and near(e.value, z)]
    if not own or not seen.events[number].frame:
        return None
    called = {n for n, frame in enumerate(seen.frames) if frame.parent == 0 and seen.call_of(n) == own[-1]}
    back = any(e.frame in called and e.name == "return" and near(e.value, z) for e in seen.events)
    return own[-1] if back or not called else None


def _handed(seen: Seen, frame: int, value: Array) -> Place | None:
    """The line that handed a value to the function of a frame, or to the one that called it; None if none did."""
    own = (e.value for e in seen.events if e.frame == frame and not e.place.line)
    if not frame or not any(near(one, value) for one in own):
        return None
    return _handed(seen, seen.frames[frame].parent, value) or seen.call_of(frame)


def _ended(seen: Seen, weights: Mapping[str, Array], trace: oracle.Trace, sources: Mapping[str, str]) -> Place | None:
    """The condition under which the only loop of forward_pass ends, where the softmax of an earlier layer came out."""
    heads = statements.loops(seen, sources, innocent(seen))
    loops = [loop for head in heads if (loop := loop_at(head, sources))]
    before = (trace.a1, trace.a2, oracle.softmax(trace.z1), oracle.softmax(trace.z2))
    early = any(_is_array(seen.value) and near(seen.value, one) for one in before)
    if seen.raised and len(loops) == 1 and (there := Place.stated(seen.raised[2])):
        had = [any(e.value.size == a.size and near(e.value, a) for e in seen.events) for a in (trace.a1, trace.a2)]
        after = there.line > (loops[0].end_lineno or 0)
        early = had == [True, False] and after and bool(exceptions.UNFIT.search(seen.raised[1]))
    if not early or any(e.value.size == trace.z3.size and near(e.value, trace.z3) for e in seen.events):
        return None
    if len(loops) != 1:
        back = [e.place for e in seen.events if e.name == "return" and near(e.value, np.asarray(seen.value))]
        return next((there for one in back if (there := layer_tables.condition(one, sources))), None)
    ends = [
        n.lineno for n in ast.walk(loops[0]) if isinstance(n, ast.If) and any(isinstance(s, ast.Break) for s in n.body)
    ]
    return Place(heads[0].file, ends[0] if ends else heads[0].line)


def _elsewhere(seen: Seen, trace: oracle.Trace) -> Place | None:
    """For a missing key named after a value: the line that put this value under another key."""
    key = seen.raised[1].strip("'") if seen.raised and seen.raised[0] == "KeyError" else ""
    value = trace._asdict().get(key.lower())
    if value is None:
        return None
    put = (e.place for e in seen.events if e.place.line and e.name.endswith("']") and near(e.value, value))
    return next(put, None)


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _taken_for(seen: Seen, value: Array, before: int) -> Place | None:
    """The second line with a value, which took it for another."""
    inside = innocent(seen)
    returns = [e.frame for e in seen.events if e.name == "return"]
    there = [
        e
        for e in seen.events[:before]
        if e.place.line and e.value.size == value.size and near(e.value, value)
        if not any(number in inside for number in seen.ancestors(e.frame))
    ]
    back = [e.frame for e in there if e.name == "return"]  # of a function that gives several, it is one by right
    lines = dict.fromkeys(
        e.place for e in there if e.name != "return" or returns.count(e.frame) == 1 or back.count(e.frame) > 1
    )
    return list(lines)[1] if len(lines) > 1 else None
