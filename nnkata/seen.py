"""A trace on the trusted side: its form is checked, then it is searched for the first wrong value."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: The tolerance of a value, relative to its largest element: the rounding of float32 through a pass.
CLOSE = 1e-4


#: The name of an element of a list or a tuple that is an argument itself: `cache[0]`, not `self.cache[0]`.
ELEMENT = re.compile(r"^\w+\[\d+\]$")


class Place(NamedTuple):
    """A line of a source file, with the file's name relative to the submission's folder."""

    file: str
    line: int

    @classmethod
    def stated(cls, where: str) -> "Place | None":
        """That of an exception: `network.py, line 21`; None if it states none."""
        file, comma, line = where.rpartition(", line ")
        return cls(file, int(line)) if comma and line.isdecimal() and len(line) < 8 else None

    def within(self, sources: Mapping[str, str]) -> "Place | None":
        """With the name of the source, if it has such a line: a worker knows files without their folder."""
        named = [name for name in sources if self.file in (name, name.rpartition("/")[2])]
        if len(named) != 1 or not 0 < self.line <= len(sources[named[0]].splitlines()):
            return None
        return Place(named[0], self.line)


class Event(NamedTuple):
    """`place` assigned `value` to `name` in a frame, by its number; line 0: it is an argument of the call."""

    place: Place
    frame: int
    name: str
    value: Array


class Frame(NamedTuple):
    """A call: the place of its def, its name, the calling frame (-1: none), the line of the call there."""

    place: Place
    name: str
    parent: int
    line: int

    @property
    def code(self) -> tuple[Place, str]:
        """The function: the same for each of its calls."""
        return self.place, self.name


@dataclass(frozen=True)
class Seen:
    """The record of a call: its value, the exception if it raised (kind, text, place), events and frames in order."""

    value: Any = None
    raised: tuple[str, str, str] | None = None
    events: tuple[Event, ...] = ()
    frames: tuple[Frame, ...] = ()
    #: The numbers of the arguments that the call has written into.
    changed: frozenset[int] = frozenset()

    def codes(self) -> frozenset[tuple[Place, str]]:
        """The functions that ran."""
        return frozenset(frame.code for frame in self.frames)

    def ancestors(self, number: int) -> Iterator[int]:
        """The frame itself, its caller, and so on."""
        while number >= 0:
            yield number
            number = self.frames[number].parent

    def within(self, codes: Collection[tuple[Place, str]]) -> frozenset[int]:
        """The frames of these functions and of everything that they called."""
        found: set[int] = set()
        for number, frame in enumerate(self.frames):
            if frame.code in codes or frame.parent in found:
                found.add(number)
        return frozenset(found)

    def outermost(self, event: Event) -> Place:
        """The line of the traced call itself that assigned a value, or that called for it."""
        number, place = event.frame, event.place
        while number > 0:
            number, place = self.frames[number].parent, self.call_of(number)
        return place

    def call_of(self, number: int) -> Place:
        """The line that called a frame."""
        frame = self.frames[number]
        caller = self.frames[frame.parent].place.file if frame.parent >= 0 else frame.place.file
        return Place(caller, frame.line)


def read(reply: Any) -> Seen | None:
    """A worker's answer to `traced`; None if its form is wrong."""
    try:
        frames = tuple(
            Frame(Place(str(file)[:200], int(line)), str(name)[:100], int(parent), int(call))
            for file, line, name, parent, call in reply["frames"]
        )
        with np.errstate(invalid="ignore"):  # an array that nobody has filled yet may hold anything
            events = tuple(
                Event(Place(str(file)[:200], int(line)), int(frame), str(name)[:100], np.asarray(value, np.float64))
                for file, line, frame, name, value in reply["events"]
            )
        called = isinstance(reply["value"], dict)
        value = reply["value"]["value"] if called else reply["value"]
        changed = frozenset(int(number) for number in list(reply["value"].get("changed", ()))[:100]) if called else None
        raised = reply["raised"]
        kind = None if raised is None else (str(raised[0]), str(raised[1]), str(raised[2]))
    except (TypeError, ValueError, KeyError, IndexError):
        return None
    events = tuple(_whole(events))
    sound = all(-1 <= f.parent < n for n, f in enumerate(frames)) and all(0 <= e.frame < len(frames) for e in events)
    return Seen(value, kind, events, frames, changed or frozenset()) if sound else None


def _whole(events: Sequence[Event]) -> Iterator[Event]:
    """The events without lists that grow: of those with one name, one more number each, the last one is whole."""
    after = dict[tuple[int, str], Event]()
    kept = []
    for event in reversed(events):
        later = after.get((event.frame, event.name))
        after[event.frame, event.name] = event
        if later is None or later.place != event.place or not _grows(event.value, later.value):
            kept.append(event)
    return reversed(kept)


def _grows(before: Array, now: Array) -> bool:
    """Whether an array has one element, or one row, more than another, and the same ones before it."""
    longer = before.ndim == now.ndim > 0 and len(now) == len(before) + 1 and np.array_equal(before, now[:-1])
    return longer and bool(np.any(before))


@dataclass
class Known:
    """The values on a right network's way, by their number of elements; the shape is free."""

    close: float = CLOSE
    _by_size: dict[int, list[Array]] = field(default_factory=dict)

    def add(self, *values: object) -> "Known":
        """Add values."""
        for value in values:
            array = np.asarray(value, np.float64)
            for flat in [array.ravel(), array.T.ravel()] if array.ndim > 1 else [array.ravel()]:
                self._by_size.setdefault(flat.size, []).append(flat)
        return self

    def __contains__(self, value: Array) -> bool:
        """Whether a value is among them."""
        flat = value.ravel()
        if not flat.size or not np.any(flat):
            return True  # nothing is filled in yet
        return any(near(flat, one, self.close) for one in self._by_size.get(flat.size, ()))

    def sized(self, value: Array) -> bool:
        """Whether one of the values has as many elements."""
        return value.size in self._by_size

    def join(self, other: "Known") -> "Known":
        """Add the values of another."""
        for size, values in other._by_size.items():
            self._by_size.setdefault(size, []).extend(values)
        return self

    def has(self, flat: Array, where: NDArray[np.bool_]) -> bool:
        """Whether one of the values has these elements where the mask is true."""
        return any(near(flat[where], one[where], self.close) for one in self._by_size.get(flat.size, ()))


def near(one: NDArray[Any], other: NDArray[Any], close: float = CLOSE) -> bool:
    """Whether two arrays of one size have the same elements in the same order, but for rounding."""
    a, b = one.ravel(), other.ravel()
    if a.size != b.size:
        return False
    with np.errstate(all="ignore"):
        finite = np.isfinite(b)
        scale = float(np.max(np.abs(b[finite]), initial=0.0))
        if finite.all():  # as `allclose`, which takes three times as long for some numbers (NumPy 2.4)
            return bool((np.abs(a - b) <= close * (scale + np.abs(b))).all())
        return bool(np.allclose(a, b, rtol=close, atol=close * scale, equal_nan=True))


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
        return _blamed(seen, known, event.frame) if event.frame else None  # at 0: our own argument
    return _blamed(seen, known, event.frame) if right_elsewhere(seen, known, event.frame) else event.place


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
    others by itself; or one number that is right, as a function of a label does.
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
    return any(
        event.frame in others and event.name == "return" and event.value.size > 1 and event.value in known
        for event in seen.events
    )
