"""The line of the forward pass at fault, by the values of a right network; the common parts of both passes."""

import ast
import re
from collections.abc import Collection, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import above, listed, statements, tables, throws, way
from nnkata.katas.article.lines.filling import ended, strange_event
from nnkata.katas.article.lines.source import loop_at
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames

#: Functions known to be wrong, each with the line.
Wrong = Mapping[tuple[Place, str], Place]
#: The name of a function that gives one weight matrix: w1, weights_2.
OWN = re.compile(r"_?w(?:eights?)?_?([123])$", re.IGNORECASE)
#: The name of a stored weight matrix.
KEPT = re.compile(r"\bparams\['(W\d)'\]$")


#: The name of a function for the derivative alone: sigmoid_prime, d_sigmoid, slope.
SLOPE = re.compile(r"prime|deriv|slope|grad|^d_|^d(?:sig|phi|act|logistic|func?|[fgh]$)|_d$|_back", re.IGNORECASE)


def innocent(seen: Seen, right: Collection[tuple[Place, str]] = ()) -> frozenset[int]:
    """The frames that return the sigmoid, its derivative or the softmax of their argument.

    They are the innermost, those around them of functions that are known to be `right`, and derivatives by their name.
    """
    found, slopes = set[int](), set[int]()
    for number in range(1, len(seen.frames)):
        given = [e.value for e in seen.events if e.frame == number and e.place.line == 0]
        came = [e.value for e in seen.events if e.frame == number and e.name == "return"]
        asked = any(v.size == 1 and float(v.ravel()[0]) == 1.0 for v in given)  # derivative=True
        named = bool(SLOPE.search(seen.frames[number].name))
        either = seen.frames[number].code in right
        alone = came and all(any(near(one, own) for own in (came[0], *given)) for one in came)  # or with a cache
        if alone and any(
            z.size > 1 and (_is_bent(came[0], z, asked or named) or (either and _is_bent(came[0], z, True)))
            for z in given
        ):
            found.add(number)
            slopes |= {number} if named else set()
    around = {seen.frames[number].parent for number in found} - slopes
    return frozenset(found - {number for number in around if number < 0 or seen.frames[number].code not in right})


def _is_bent(value: Array, z: Array, derivative: bool) -> bool:
    flat = z.ravel()
    bent = (oracle.sigmoid_derivative(flat),) if derivative else (oracle.sigmoid(flat), oracle.softmax(flat))
    return any(near(value, one) for one in bent)


def widths(weights: Mapping[str, Array]) -> set[int]:
    """The relevant numbers of elements: of each layer's vectors, and of each matrix."""
    sides = {side for W in weights.values() for side in W.shape}
    return sides | {W.size for W in weights.values()}


def unpacked(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """The line that confuses weight matrices, or writes another value in place of one."""
    taken: dict[tuple[int, Place], list[str]] = {}
    for event in seen.events:
        if not event.place.line:
            continue
        if (kept := KEPT.search(event.name)) and kept[1] in weights and not near(event.value, weights[kept[1]]):
            return event.place
        key = next((key for key, W in weights.items() if W.size == event.value.size and near(event.value, W)), None)
        own = OWN.match(seen.frames[event.frame].name) if key and event.name == "return" else None
        if key and own and f"W{own[1]}" in weights and f"W{own[1]}" != key:
            return event.place
        if key and not kept and "[" not in event.name:
            taken.setdefault((event.frame, event.place), []).append(key)
    if place := _copied(seen, weights):
        return place
    for (frame, place), keys in taken.items():
        loop = any(e.frame == frame and e.place == place and e.name != "return" for e in seen.events) and len(keys) < 2
        if not loop and len(set(keys)) < len(keys) <= len(WEIGHTS):
            return place
    return None


def _copied(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """Of lines that give each matrix to an object, the one that takes one matrix for another."""
    given = dict[str, tuple[str, Place]]()
    for event in seen.events:
        if event.place.line and event.frame == 0 and re.fullmatch(r"self\.\w+\.\w+", event.name):
            key = next((k for k, W in weights.items() if W.size == event.value.size and near(event.value, W)), None)
            if key:
                given[event.name] = key, event.place
    keys = [key for key, _place in given.values()]
    if len(keys) != len(weights) or len(set(keys)) != len(weights) - 1:
        return None
    places = [place for key, place in given.values() if keys.count(key) == 2]
    missing = next(key for key in weights if key not in keys)
    return [*given.values()][[*weights].index(missing)][1] if places else None


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
    known, inside, trace = way.forward(weights, x), Frames(innocent(seen, fine), wrong), oracle.forward(weights, x)
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
        return _taken_for(seen, np.asarray(seen.value), len(seen.events)) if _is_array(seen.value) else None
    if there := _unused(seen, trace):
        return there
    number, place = found
    if _is_array(seen.value) and near(np.asarray(seen.value), oracle.softmax(bent)):
        calls = (seen.call_of(e.frame) for e in seen.events if e.frame and near(e.value, bent))
        if made := next(filter(None, (listed.lineup(one, sources) for one in calls)), None):
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
                    return listed.lineup(bare, sources) or bare
                if handed := _handed(seen, seen.events[number].frame, other):
                    return listed.lineup(handed, sources) or above.renamed(seen, handed, other, sources)
                there = tables.program(place, sources) or _taken_for(seen, other, number)
                return there or place
    for layer, (z, a) in enumerate(((trace.z1, trace.a1), (trace.z2, trace.a2), (trace.z3, trace.output)), 1):
        taken = value.size == z.size and not near(value, a) and tables.bent(value, z)
        chooses = (tables.chosen(place, layer, sources) or listed.keyed(place, layer, sources)) if taken else None
        if chooses or (taken and (chooses := tables.applied(seen, seen.events[number].frame, place, sources))):
            return chooses
        callers = [place, *(seen.call_of(n) for n in seen.ancestors(seen.events[number].frame) if n)]
        if taken and (there := next(filter(None, (listed.among(one, layer, sources) for one in callers)), None)):
            return there
        either = (oracle.sigmoid(z), oracle.softmax(z))
        frame = seen.events[number].frame
        around = {frame, seen.frames[frame].parent}
        begun = any(e.frame in around and near(e.value, one) for e in seen.events for one in exps)
        bends = taken and not begun and any(near(value, one) for one in either)
        if bends and (chooses := tables.branch(place, sources)):
            return chooses
    return _ended(seen, weights, trace, sources) or above.selected(place, sources)


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
        early = had == [True, False] and after and bool(throws.UNFIT.search(seen.raised[1]))
    if not early or any(e.value.size == trace.z3.size and near(e.value, trace.z3) for e in seen.events):
        return None
    if len(loops) != 1:
        back = [e.place for e in seen.events if e.name == "return" and near(e.value, np.asarray(seen.value))]
        return next((there for one in back if (there := tables.condition(one, sources))), None)
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
