"""The form of a trace, which the worker made, and its check."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnkata.traces.place import Place

Array = NDArray[np.float64]


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

    def of_call(self, event: Event) -> Iterator[Event]:
        """The results of the calls in the line that made an event."""
        for one in self.events:
            frame = self.frames[one.frame]
            if one.name == "return" and (frame.parent, frame.line) == (event.frame, event.place.line):
                yield one

    def called_once(self, number: int) -> bool:
        """Whether the function of a frame is called on no other line than for it."""
        code, call = self.frames[number].code, self.call_of(number)
        return all(self.call_of(n) == call for n, frame in enumerate(self.frames) if frame.code == code)

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
    """The events without arrays that grow or are filled: of those with one more number each, the last is whole."""
    after = dict[tuple[int, str], Event]()
    kept = []
    for event in reversed(events):
        later = after.get((event.frame, event.name))
        after[event.frame, event.name] = event
        if (
            later is None
            or later.place != event.place
            or not (_grows(event.value, later.value) or _fills(event.value, later.value))
        ):
            kept.append(event)
    return reversed(kept)


def _grows(before: Array, now: Array) -> bool:
    """Whether an array has one element, or one row, more than another, and the same ones before it."""
    longer = before.ndim == now.ndim > 0 and len(now) == len(before) + 1 and np.array_equal(before, now[:-1])
    return longer and bool(np.any(before))


def _fills(before: Array, now: Array) -> bool:
    """Whether an array has one element more that is not 0 than another, and else the same ones."""
    changed = before != now if before.shape == now.shape and now.size > 1 else np.zeros(0)
    return bool(np.count_nonzero(changed) == 1 and not before[changed].any())
