"""The line at fault for the first wrong value of a trace."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from nnkata.traces.known import Known
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen

#: The name of an element of a list or a tuple that is an argument itself: `cache[0]`, not `self.cache[0]`.
ELEMENT = re.compile(r"^\w+\[\d+\]$")


@dataclass(frozen=True)
class Frames:
    """Frames that are not searched.

    The frames `right`, by number, return the right result for their arguments: only their result counts, as a value of
    the caller. The functions `wrong` are known to be wrong at a place found before.
    """

    right: Collection[int] = ()
    wrong: Mapping[tuple[Place, str], Place] = field(default_factory=dict)


def first_wrong(seen: Seen, known: Known, sizes: Collection[int], frames: Frames | None = None) -> Place | None:
    """The line of the first value with that many elements that is not among the known ones."""
    found = first_event(seen, known, sizes, frames or Frames())
    return found[1] if found else None


def first_event(seen: Seen, known: Known, sizes: Collection[int], frames: Frames) -> tuple[int, Place] | None:
    """The number of the event and the line."""
    for number, event in enumerate(seen.events):
        if event.value.size in sizes and event.value not in known and (place := _fault(seen, known, event, frames)):
            return number, place
    return None


def _fault(seen: Seen, known: Known, event: Event, frames: Frames) -> Place | None:
    """The line at fault for a wrong value; None if a later value has to decide."""
    chain = list(seen.ancestors(event.frame))
    if within := [number for number in chain if number in frames.right]:
        outermost = event.frame == within[-1] and event.name == "return"
        return _blamed(seen, known, event.frame) if outermost else None
    for number in chain:
        if number and seen.frames[number].code in frames.wrong:
            return frames.wrong[seen.frames[number].code]
    if wrongly := [number for number in chain if number and _given_another(seen, known, number)]:
        return seen.call_of(wrongly[-1])
    if event.place.line == 0:
        outside = event.frame and not _filled_here(seen, known, event)
        return _blamed(seen, known, event.frame) if outside else None  # at 0: our own argument
    if there := cut_from(seen, event):
        return there
    return _blamed(seen, known, event.frame) if right_elsewhere(seen, known, event.frame) else event.place


def _filled_here(seen: Seen, known: Known, event: Event) -> bool:
    """Whether an argument is a buffer, into which the function writes its result for a right one of the same size."""
    own = [e for e in seen.events if e.frame == event.frame and e.value.size == event.value.size]
    first = next((e for e in own if e.place.line), None)
    right = any(not e.place.line and e.name != event.name and e.value in known for e in own)
    return right and first is not None and first.name == event.name


def cut_from(seen: Seen, event: Event) -> Place | None:
    """The line before a call that made a longer array, if the function only gives back a part of it, such as a view."""
    if event.name != "return" or not event.frame:
        return None
    flat, number = event.value.ravel(), next(n for n, e in enumerate(seen.events) if e is event)
    for given in (e for e in seen.events[:number] if e.frame == event.frame and not e.place.line):
        whole = given.value.ravel()
        starts = np.flatnonzero(whole == flat[0]) if 1 < flat.size < whole.size else ()
        if any(np.array_equal(whole[start : start + flat.size], flat) for start in starts):
            before = (e for e in reversed(seen.events[:number]) if e.place.line and e.frame != event.frame)
            return next((e.place for e in before if np.array_equal(e.value, given.value)), None)
    return None


def _given_another(seen: Seen, known: Known, number: int) -> bool:
    """Whether a function was given a wrong matrix, which it does not fill itself."""
    own = [e for e in seen.events if e.frame == number and e.value.ndim == 2 and e.name.isidentifier()]
    written = {e.name for e in own if e.place.line}
    given = (e for e in own if not e.place.line and e.name not in written)
    return any(known.sized(e.value) and e.value not in known for e in given)


def _blamed(seen: Seen, known: Known, number: int) -> Place:
    """The line that called a frame; or the caller's caller, if the caller is right elsewhere."""
    parent = seen.frames[number].parent
    if parent >= 0 and right_elsewhere(seen, known, parent):
        return _blamed(seen, known, parent)
    return seen.call_of(number)


def right_elsewhere(seen: Seen, known: Known, number: int) -> bool:
    """Whether the same function returned a right value in another call: then this call's caller is at fault.

    Not so if it got one array that is right, objects aside, as the method of one of several layers does: it has the
    others by itself; or one number that is right, as a function of a label does; or nothing but an object, and the
    right value came from another return.
    """
    frame = seen.frames[number]
    if frame.parent < 0:
        return False
    own = [e for e in seen.events if e.frame == number and e.place.line == 0 and "." not in e.name]
    given = [e.value for e in own if e.value.size > 1 and (not e.name.endswith("]") or ELEMENT.search(e.name))]
    given = given or [e.value for e in own if e.name.isidentifier() and np.any(e.value)]
    if len(given) == 1 and given[0] in known:
        return False
    others = {n for n, other in enumerate(seen.frames) if other.code == frame.code and n != number}
    ends = {e.place for e in seen.events if e.frame == number and e.name == "return"}
    return any(
        event.frame in others
        and event.name == "return"
        and event.value.size > 1
        and event.value in known
        and (given or event.place in ends)
        for event in seen.events
    )
