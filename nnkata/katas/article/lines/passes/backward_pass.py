"""The line of the backward pass at fault, by the values of a right network on a sample."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.filled_arrays import ended, strange_event
from nnkata.katas.article.lines.passes import right_values, wrong_terms
from nnkata.katas.article.lines.passes.backward_loops import of_no_layer, unmade
from nnkata.katas.article.lines.passes.gradient_keys import cut_short, last, lost, misfiled, misshapen, unlisted
from nnkata.katas.article.lines.passes.right_functions import Wrong, innocent
from nnkata.katas.article.lines.passes.weight_matrices import unpacked, widths
from nnkata.katas.article.lines.passes.wrong_deltas import copied, first_line, wrong_delta
from nnkata.katas.article.lines.sources import origin
from nnkata.katas.article.lines.sources.trees import entry, exchanged, skipped
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames, cut_from

#: A variable that is named after a pre-activation, or an activation, of a hidden layer.
NAMED = re.compile(r"^([za])_?([12])$", re.IGNORECASE)


@dataclass(frozen=True)
class _Beside:
    """A traced backward pass beside the right one."""

    seen: Seen
    weights: Mapping[str, Array]
    trace: oracle.Trace
    right: Mapping[str, Array]
    #: The error of each layer and its input, whose outer product is the gradient.
    factors: Mapping[str, tuple[Array, Array]]
    #: The errors that come back through W3 and W2, before the slope.
    backs: tuple[Array, Array]
    sources: Mapping[str, str]

    @classmethod
    def of(
        cls, seen: Seen, weights: Mapping[str, Array], x: Array, y: Array, output: Array, sources: Mapping[str, str]
    ) -> "_Beside":
        """The right pass on the same weights and sample."""
        trace = oracle.forward(weights, x)
        delta1, delta2, delta3 = oracle.deltas(weights, trace, y, output)
        factors = {"W3": (delta3, trace.a2), "W2": (delta2, trace.a1), "W1": (delta1, trace.a0)}
        backs = (weights["W3"].T @ delta3, weights["W2"].T @ delta2)
        return cls(seen, weights, trace, oracle.gradients(weights, x, y, output), factors, backs, sources)

    @cached_property
    def gradients(self) -> Mapping[str, object]:
        """The gradients that were returned."""
        return self.seen.value if isinstance(self.seen.value, dict) else {}

    @cached_property
    def departed(self) -> list[str]:
        """The wrong gradients, from the output back."""
        return [key for key in reversed(WEIGHTS) if _departs(self.seen.value, key, self.right[key])]

    @cached_property
    def gone(self) -> list[str]:
        """The missing gradients."""
        return [key for key in self.departed if key not in self.gradients]

    @cached_property
    def misshapen(self) -> bool:
        """Whether a gradient has another shape than its weights."""
        return misshapen(self.gradients, self.weights)

    def sizes(self) -> set[int]:
        """The sizes of the values that a pass makes; of a misshapen one, also those of its own matrices."""
        sides = {side for W in self.weights.values() for side in W.shape}  # a matrix may not be filled yet
        if not self.misshapen:
            return sides
        shapes = {W.shape for W in self.weights.values()} | {W.shape[::-1] for W in self.weights.values()}
        odd = {e.value.size for e in self.seen.events if e.value.ndim == 2 and e.value.shape not in shapes}
        return sides | widths(self.weights) | odd


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
    trace = oracle.forward(weights, x)
    seen = _without(seen, oracle.sigmoid_derivative(trace.z3))
    if place := unpacked(seen, weights) or _exchanged(seen, trace):
        return place
    if not seen.raised and (not isinstance(seen.value, dict) or _returns(seen.value, weights)):
        return last(seen)
    both = _Beside.of(seen, weights, x, y, output, sources)
    if both.gone and (there := unlisted(seen, both.gone[0], sources)):
        return there
    known = right_values.backward(weights, x, y, output)
    for delta, back, a in (
        (both.factors["W2"][0], both.backs[0], trace.a2),
        (both.factors["W1"][0], both.backs[1], trace.a1),
    ):
        if first_line(seen, delta):  # made by one factor after the other
            known.add(back * a, back * (1 - a))
    strange = strange_event(seen, known, both.sizes(), inside)
    filed = unmade(seen, both.departed, both.factors, sources) or misfiled(seen, both.departed, both.right)
    candidates = filter(None, (strange, _wrong_delta(both, y, output), filed))
    found = min(candidates, key=lambda one: one[0], default=None)
    found = found or _nothing(seen, both.departed, weights) or _absent(both)
    if found is None:
        return None
    return _other_line(both, found, found == filed, known, functions) or _own_line(both, found, found == filed)


def _wrong_delta(both: _Beside, y: Array, output: Array) -> tuple[int, Place] | None:
    """The line that made a wrong delta."""
    given, backs = Known().add(y, output, *both.trace), list(both.backs)
    if both.departed and first_line(both.seen, both.factors[both.departed[0]][0]):
        given.add(*backs)  # the right delta is there, and another was taken
    shown = wrong_delta(both.seen, both.departed, both.factors, given, backs)
    return (shown and copied(both.seen, shown[0], backs, both.sources)) or shown


def _absent(both: _Beside) -> tuple[int, Place] | None:
    """The line that lost a gradient or ended a loop too early, where no line has a wrong value."""
    there = lost(both.seen, both.right, both.gone) or last(both.seen)
    return (0, cut_short(there, both.sources, there) or there) if there and both.departed else None


def _other_line(
    both: _Beside,
    found: tuple[int, Place],
    filed: bool,
    known: Known,
    functions: tuple[Wrong, Collection[tuple[Place, str]]],
) -> Place | None:
    """The line that gave the line of the first wrong value its input, or called it; `filed`: under a wrong key."""
    (wrong, fine), seen, (number, place) = functions, both.seen, found
    event = seen.events[number] if number < len(seen.events) else None
    if event and not both.misshapen and (there := cut_from(seen, event)):
        return there
    if event and not filed and (caller := wrong_terms.of_another_call(seen, number, both.factors)):
        return caller
    if event and not filed and (head := ended(event, known, both.sources)):
        return head
    if head := of_no_layer(seen, None if both.gone else place, both.sources):
        return head
    called = (wrong[f.code] for n, f in enumerate(seen.frames) if f.code in wrong and seen.call_of(n) == place)
    if there := next(called, None):  # it gives a right value of another kind, such as A for the slope
        return there
    trace, backs = both.trace, list(both.backs)
    if event:
        slope3 = trace.output * (1 - trace.output)
        there = (
            wrong_terms.by_wrong_slope(seen, number, backs, wrong)
            or wrong_terms.fed(seen, number, trace, backs, fine)
            or wrong_terms.without_slope(seen, both.weights, [trace.z1, trace.z2])
            or wrong_terms.of_the_last_layer(seen, number, both.factors["W3"][0], slope3)
        )
        if there:
            return there
    return wrong_terms.named_slope(seen, number, [trace.a1, trace.a2])


def _own_line(both: _Beside, found: tuple[int, Place], filed: bool) -> Place:
    """The line of the first wrong value, its condition, or the line that chose its input."""
    (number, line), seen, sources, departed = found, both.seen, both.sources, both.departed
    condition = skipped(seen, line, sources) or exchanged(seen, line, sources, departed == ["W1"])
    place = line if filed else origin.selected(line, sources)
    if place == line and (terms := wrong_terms.of_another(seen, departed, both.factors, [*both.trace])):
        others = Known().add(*terms)
        if number < len(seen.events) and (caller := wrong_terms.handed(seen, seen.events[number].frame, others)):
            place = caller
        taken = [*origin.by_index(place, sources).values()]
        place = taken[0] if len(taken) == 1 else place
    if place == line and number < len(seen.events):
        trace, backs = Known().add(*both.trace), list(both.backs)
        place = wrong_terms.slope_of_another(seen, found, backs, trace, sources) or place
    if place == line and departed and departed[0] in both.gradients and not both.misshapen:
        ratio = wrong_terms.ratio(both.gradients[departed[0]], both.right[departed[0]])
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


def _returns(came: Mapping[str, object], weights: Mapping[str, Array]) -> bool:
    """Whether the weights were returned in place of the gradients."""
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
