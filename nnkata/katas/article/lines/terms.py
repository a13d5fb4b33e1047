"""The line that took the value of another layer for a term of a gradient, by a name or a computed index."""

from collections.abc import Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import above
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen


def of_another(
    seen: Seen, departed: list[str], factors: Mapping[str, tuple[Array, Array]], others: list[Array]
) -> bool:
    """Whether the first wrong gradient is the right delta's with the values of another layer."""
    came = seen.value.get(departed[0]) if departed and isinstance(seen.value, dict) else None
    if not isinstance(came, np.ndarray) or came.dtype.kind != "f":
        return False
    products = (np.outer(factors[departed[0]][0], other) for other in others)
    return any(one.shape == came.shape and near(one, np.asarray(came, np.float64)) for one in products)


def handed(seen: Seen, number: int, values: Known) -> Place | None:
    """The line that handed a function, or the one around it, one of these values by a name of its own."""
    place = None
    for n in (n for n in seen.ancestors(number) if not seen.frames[n].name.endswith("comp>")):
        own = [e.value for e in seen.events if e.frame == n and not e.place.line and e.name.isidentifier()]
        if not n or not any(value.size > 1 and value in values for value in own):
            break
        place = seen.call_of(n)
    return place


def slope_of_another(
    seen: Seen, found: tuple[int, Place], backs: list[Array], trace: Known, sources: Mapping[str, str]
) -> Place | None:
    """The line that took by a computed index the value at which the slope of a delta is taken."""
    number, line = found
    made = seen.events[number]
    frames = {made.frame, seen.frames[made.frame].parent}
    for name, place in above.by_index(line, sources).items():
        own = [e.value for e in seen.events[:number] if e.frame in frames and e.name == name and e.value in trace]
        for z in own[-1:]:
            slopes = [oracle.sigmoid_derivative(z), z * (1 - z)]
            slopes += [back * slope for back in backs for slope in slopes if back.size == z.size]
            if any(near(made.value, one) for one in slopes):
                return place
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
