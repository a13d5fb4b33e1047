"""The line that took the value of another layer for a term of a gradient, by a name or a computed index."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.passes.right_functions import SLOPE
from nnkata.katas.article.lines.sources import origin
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen


def of_another(
    seen: Seen, departed: list[str], factors: Mapping[str, tuple[Array, Array]], others: list[Array]
) -> list[Array]:
    """The values of another layer with which the first wrong gradient is the right delta's."""
    came = seen.value.get(departed[0]) if departed and isinstance(seen.value, dict) else None
    if not isinstance(came, np.ndarray) or came.dtype.kind != "f":
        return []
    delta, gradient = factors[departed[0]][0], np.asarray(came, np.float64)
    fitting = (other for other in others if (delta.size, other.size) == came.shape)
    return [other for other in fitting if near(np.outer(delta, other), gradient)]


def handed(seen: Seen, number: int, values: Known) -> Place | None:
    """The line that passed a function, or the one around it, one of these values as an argument."""
    place = None
    for n in (n for n in seen.ancestors(number) if not seen.frames[n].name.endswith("comp>")):
        own = [e.value for e in seen.events if e.frame == n and not e.place.line and e.name.isidentifier()]
        if not n or not any(value.size > 1 and value in values for value in own):
            break
        place = seen.call_of(n)
    return place


def fed(
    seen: Seen, number: int, trace: oracle.Trace, backs: list[Array], right: Collection[tuple[Place, str]]
) -> Place | None:
    """The call that hands a right function another vector than it is made for.

    A function known to be `right` gives a (1 - a) for an activation and got Z; or it multiplies an error by the slope
    and got no error.
    """
    made = seen.events[number]
    own = [
        e.value for e in seen.events if e.frame == made.frame and not e.place.line and e.value.size == made.value.size
    ]
    if not made.frame or not own:
        return None
    for z, a in ((trace.z1, trace.a1), (trace.z2, trace.a2)):
        if z.size != made.value.size:
            continue
        bends = (
            seen.frames[made.frame].code in right and near(made.value, z * (1 - z)) and any(near(one, z) for one in own)
        )
        times = any(near(one * a * (1 - a), made.value) and not any(near(one, b) for b in backs) for one in own)
        if bends or (times and not any(near(one, a) or near(one, z) for one in own[:1])):
            return seen.call_of(made.frame)
    return None


def slope_of_another(
    seen: Seen, found: tuple[int, Place], backs: list[Array], trace: Known, sources: Mapping[str, str]
) -> Place | None:
    """The line that took by a computed index the value at which the slope of a delta is taken."""
    number, line = found
    made = seen.events[number]
    frames = {made.frame, seen.frames[made.frame].parent}
    for name, place in origin.by_index(line, sources).items():
        own = [e.value for e in seen.events[:number] if e.frame in frames and e.name == name and e.value in trace]
        for z in own[-1:]:
            slopes = [oracle.sigmoid_derivative(z), z * (1 - z)]
            slopes += [back * slope for back in backs for slope in slopes if back.size == z.size]
            if any(near(made.value, one) for one in slopes):
                return place
    return None


def without_slope(seen: Seen, weights: Mapping[str, Array], sums: Sequence[Array]) -> Place | None:
    """The return of a function that was given a delta and a Z, and gave back Wᵀ·δ without the slope at Z."""
    for number in range(1, len(seen.frames)):
        own = [e for e in seen.events if e.frame == number]
        given = [e.value for e in own if not e.place.line and e.name.isidentifier() and e.value.ndim == 1]
        back = [e for e in own if e.name == "return" and e.value.ndim == 1]
        if len(back) != 1 or not any(near(one, z) for one in given for z in sums if one.size == z.size):
            continue
        for W in weights.values():
            made = (W.T @ one for one in given if one.size == len(W) and W.shape[1] == back[0].value.size)
            if any(near(back[0].value, one) for one in made):
                return back[0].place
    return None


def named_slope(seen: Seen, number: int, hidden: list[Array]) -> Place | None:
    """The return of a function for the slope, by its name, that gave back only one factor of it."""
    parts = [part for a in hidden for part in (a, 1 - a)]
    for event in seen.events[:number]:
        named = event.frame and event.name == "return" and SLOPE.search(seen.frames[event.frame].name)
        if named and any(event.value.size == part.size and near(event.value, part) for part in parts):
            return event.place
    return None


def by_wrong_slope(
    seen: Seen, number: int, backs: list[Array], wrong: Mapping[tuple[Place, str], Place]
) -> Place | None:
    """The line of a function known to be wrong, if a delta is an error times this function's result."""
    made = seen.events[number].value
    for event in seen.events[:number]:
        place = wrong.get(seen.frames[event.frame].code) if event.name == "return" else None
        sized = (back for back in backs if back.size == made.size == event.value.size)
        if place and any(near(back * event.value.ravel(), made) for back in sized):
            return place
    return None


def of_the_last_layer(seen: Seen, number: int, delta3: Array, slope3: Array) -> Place | None:
    """The line of a function of a table, for the slope of the last layer alone, which should be 1."""
    made = seen.events[number].value
    if made.size != delta3.size or not near(made, delta3 * slope3):
        return None
    for event in seen.events[:number]:
        frame = seen.frames[event.frame]
        alone = [one.code for one in seen.frames].count(frame.code) == 1
        if event.name == "return" and frame.name == "<lambda>" and alone and near(event.value, slope3):
            return event.place
    return None


def ratio(came: object, right: Array) -> float:
    """The factor by which an array is a multiple of the right one; 0 if it is none."""
    if not isinstance(came, np.ndarray) or came.dtype.kind != "f" or came.shape != right.shape:
        return 0.0
    found = float(np.sum(came * right) / np.sum(right * right))
    return found if near(found * right, np.asarray(came, np.float64)) else 0.0


def of_another_call(seen: Seen, number: int, factors: Mapping[str, tuple[Array, Array]]) -> Place | None:
    """The line that called a function with another vector than a layer's delta, where others gave a right gradient."""
    made = seen.events[number]
    others = {n for n, f in enumerate(seen.frames) if f.code == seen.frames[made.frame].code and n != made.frame}
    backs = [e.value for e in seen.events if e.frame in others]
    own_back = [e.value for e in seen.events if e.frame == made.frame and e.name == "return"]
    products = [made.value, *own_back[-1:]]
    given = [e.value for e in seen.events if made.frame and e.frame == made.frame and not e.place.line]
    for delta in (value for value in given if value.size == max(value.shape, default=0) > 1):
        for own, a in factors.values():
            wrongly = not near(delta, own) and any(near(one, np.outer(delta, a)) for one in products)
            wrongly = wrongly and any(e.value.size == own.size and near(e.value, own) for e in seen.events)
            if wrongly and any(near(one, np.outer(*pair)) for one in backs for pair in factors.values()):
                return seen.call_of(made.frame)
    return None
