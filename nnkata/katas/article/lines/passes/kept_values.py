"""The line of the forward pass that keeps another value than the backward pass needs."""

import ast
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.passes import right_values
from nnkata.katas.article.lines.sources.statements import that_ran
from nnkata.katas.article.lines.sources.trees import tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.worker.tree import nodes

#: The end of a name that tells a value of a layer: self.z1, cache['A2'], cache.a_1.
TOLD = re.compile(r"\b(?P<kind>[za])_?(?P<layer>\d)(?:'\])?$", re.IGNORECASE)


def kept(
    forward: Seen, backward: Seen, weights: Mapping[str, Array], x: Array, y: Array, output: Array
) -> Place | None:
    """The line of a forward pass, right in itself, that puts a value under the name of another, or in its place.

    `backward` is the backward pass after it, with wrong or missing gradients.
    """
    trace = oracle.forward(weights, x)
    deltas = dict(zip(weights, oracle.deltas(weights, trace, y, output), strict=True))
    place = _misnamed(forward, trace) or _not_kept(forward, backward.value, trace, deltas)
    place = place or (_kept_twice(forward, trace) if backward.raised else None)
    return place or _found_again(
        forward, backward, right_values.backward(weights, x, y, output), {z.size for z in trace}
    )


def _found_again(forward: Seen, backward: Seen, known: Known, sizes: Collection[int]) -> Place | None:
    """The line that kept the first wrong value of the backward pass, which finds it there."""
    last = {(e.frame, e.name): e for e in backward.events}  # not an old value that the pass writes over
    own = (e for e in backward.events if e.place.line and (e.name.isidentifier() or last[e.frame, e.name] is e))
    wrong = (e.value for e in own if e.value.size in sizes and e.value not in known)
    value = next(wrong, None)
    held = (e for e in forward.events if e.place.line and not e.name.isidentifier())
    return next((e.place for e in held if value is not None and near(e.value, value)), None)


def stale(
    first: Seen, again: Seen, backward: Seen, traces: Sequence[oracle.Trace], sources: Mapping[str, str]
) -> Place | None:
    """The line that kept a value of the first sample which the backward pass of another one still takes.

    `first` and `again` are the forward passes of the two samples, and `traces` their right values; the line is that of
    its condition, if it has one.
    """
    old, new = traces
    ran = {e.place for e in again.events}
    taken = {
        name: value
        for name, value in old._asdict().items()
        if (_is_factor(backward.value, value) or any(near(e.value, value) for e in backward.events))
        and not any(near(value, other) for other in new if other.size == value.size)
    }
    for event in first.events:
        held = event.place.line and not event.name.isidentifier() and event.name != "return"
        values = taken.values() if event.place in ran else [one for one in old if one.size > 1]
        if held and any(event.value.size == value.size and near(event.value, value) for value in values):
            return _condition(event.place, sources)
    return None


def once(forward: Seen, sources: Mapping[str, str]) -> Place | None:
    """The only line of the functions that ran which keeps something once: `self.a = self.a or b`.

    It may keep a function, of which a trace has no value.
    """
    found = []
    for file, node in that_ran(forward.codes(), sources):
        for made in ast.walk(node):
            if isinstance(made, ast.Assign) and isinstance(made.targets[0], ast.Attribute):
                value = made.value
                if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
                    same = ast.unparse(value.values[0]) == ast.unparse(made.targets[0])
                    found += [Place(file, made.lineno)] * same
            elif isinstance(made, ast.If) and isinstance(made.body[0], ast.Assign):
                name, asks = ast.unparse(made.body[0].targets[0]), ast.unparse(made.test)
                attribute = name.rpartition(".")[2]
                never = (f"{name} is None", f"not {name}", f"not hasattr(self, '{attribute}')")
                found += [Place(file, made.lineno)] * (asks in never and "." in name)
    return found[0] if len(found) == 1 else None


def first_sample(first: Seen, again: Seen, x: Array, trace: oracle.Trace, sources: Mapping[str, str]) -> Place | None:
    """The line that keeps the first sample, where the forward pass of another one has its output."""
    if not isinstance(again.value, np.ndarray) or not near(again.value, trace.output):
        return None
    held = (e for e in first.events if e.place.line and not e.name.isidentifier() and near(e.value, x))
    return next((_condition(event.place, sources) for event in held), None)


def _is_factor(gradients: object, a: Array) -> bool:
    """Whether a gradient is a product of any vector with this one."""
    found = gradients.values() if isinstance(gradients, dict) else ()
    made = (one for one in found if isinstance(one, np.ndarray) and one.dtype.kind == "f" and one.ndim == 2)
    sized = (one for one in made if one.shape[1] == a.size and np.any(one))
    return any(near(np.outer(one @ a / float(a @ a), a), one) for one in sized)


def _condition(place: Place, sources: Mapping[str, str]) -> Place:
    """The line of the condition right above a line, without another branch; else the line."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.If) and not node.orelse and node.body[0].lineno == place.line:
            return Place(place.file, node.lineno)
    return place


def _misnamed(forward: Seen, trace: oracle.Trace) -> Place | None:
    """The line with a name that tells another layer than most names tell."""
    told: list[tuple[int, Event]] = []
    for event in forward.events:
        match = TOLD.search(event.name) if event.place.line else None
        for name, value in trace._asdict().items() if match else ():
            if (
                match
                and name[0] == match["kind"].lower()
                and value.size == event.value.size
                and near(event.value, value)
            ):
                told.append((int(name[1]) - int(match["layer"]), event))
    for event in forward.events:  # an activation's name for its pre-activation, or the reverse
        match = None if event.name.isidentifier() or not event.place.line else TOLD.search(event.name)
        other = {"a": "z", "z": "a"}[match["kind"].lower()] + match["layer"] if match else ""
        value = trace._asdict().get(other)
        if value is not None and value.size == event.value.size and near(event.value, value):
            return event.place
    usual = Counter(offset for offset, _event in told).most_common(1)
    return next((event.place for offset, event in told if offset != usual[0][0]), None)


def _kept_twice(forward: Seen, trace: oracle.Trace) -> Place | None:
    """The line that puts one activation of a hidden layer twice into a list, and the other one nowhere."""
    held = [e for e in forward.events if e.place.line and not e.name.isidentifier()]
    for taken, missing in ((trace.a1, trace.a2), (trace.a2, trace.a1)):
        same = [e for e in held if e.value.size == taken.size and near(e.value, taken)]
        listed = [e for e in same if e.name.endswith("]") and e.place == same[0].place]
        nowhere = not any(e.value.size == missing.size and near(e.value, missing) for e in held)
        if nowhere and len({e.name for e in listed}) > 1:
            return listed[0].place
    return None


def _not_kept(forward: Seen, gradients: object, trace: oracle.Trace, deltas: Mapping[str, Array]) -> Place | None:
    """The line that keeps the second factor of the last wrong gradient, where the right factor is kept nowhere."""
    factors = {"W3": trace.a2, "W2": trace.a1, "W1": trace.a0}
    for key, right in factors.items():
        came, delta = gradients.get(key) if isinstance(gradients, dict) else None, deltas[key]
        if not isinstance(came, np.ndarray) or came.ndim != 2 or len(came) != delta.size or came.dtype.kind != "f":
            return None
        taken = delta @ came / float(delta @ delta)
        if taken.size == right.size and near(taken, right):
            continue
        held = [e for e in forward.events if e.place.line and not e.name.isidentifier()]
        if not near(np.outer(delta, taken), came):
            return None
        same = [e for e in held if near(e.value, taken)]
        twice = len({e.name for e in same if e.place == same[0].place}) > 1  # once in place of another value
        instead = twice and not any(near(e.value, right) for e in held)
        own = [
            e for e in forward.events if same and e.frame == same[0].frame
        ]  # given the right value, it keeps another
        instead = instead or (
            any(not e.place.line and near(e.value, right) for e in own)
            and not any(near(e.value, right) for e in own if not e.name.isidentifier() and e.place.line)
        )
        of_none = not any(value.size == taken.size and near(value, taken) for value in trace)
        return same[0].place if same and (instead or of_none) else None
    return None
