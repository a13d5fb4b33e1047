"""Records the values that each line of a submission assigns during a call: arrays, numbers, results of functions.

It runs after a clause failed, on one small sample. Its record comes from the untrusted side: it helps to find a line
and proves nothing. Standard library and NumPy only.

An event is [file, line, frame, name, value]: `line` assigned `value` to `name` ("delta", "self.params['W1']", or
"return"); line 0 stands for the arguments of a call. A frame is [file, line of the def, function, number of the calling
frame (-1: none), line of the call there]; its number is its place in the list.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from _typeshed import TraceFunction

#: The limits of a record: a pass through a small network has about 50 events, a loop in Python over its elements a
#: thousand; the arrays of a call on small networks and two images stay below the size.
MAX_EVENTS, MAX_FRAMES, MAX_SIZE, MAX_BYTES = 4_000, 1_000, 4_096, 16 << 20
#: The numbers that one line gives one name: a loop over pixels goes on without a record of each.
MAX_NUMBERS = 200
#: The depth to which dicts, lists and objects are searched, and the entries of each.
MAX_DEPTH, MAX_ENTRIES = 3, 40

#: A file to a person's name for it and the number of lines above it; None for files of others.
Place = Callable[[str], tuple[str, int] | None]


class Trace:
    """The values recorded during the calls within `watching`."""

    def __init__(self, place: Place) -> None:
        self.events: list[list[object]] = []
        self.frames: list[list[object]] = []
        self._place = place
        self._places: dict[CodeType, tuple[str, int] | None] = {}
        self._numbers: dict[FrameType, int] = {}
        #: The last value of a name, by frame (its number, negative) or by the object `self` (its id).
        self._seen: dict[tuple[int, str], object] = {}
        self._last: dict[FrameType, int] = {}
        #: The last value that an object held, by its id and the path from it, and its value before the calls.
        self._held: dict[tuple[int, str], object] = {}
        self._old: dict[tuple[int, str], object] = {}
        self._bytes = 0
        #: How many numbers each line has given to a name.
        self._counts: dict[tuple[CodeType, int, str], int] = {}

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Records the calls in the body."""
        old = sys.gettrace()
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(old)
            self._numbers.clear()  # a frame keeps its values alive
            self._last.clear()

    def _called(self, frame: FrameType, event: str, _arg: object) -> "TraceFunction | None":
        code = frame.f_code
        if frame in self._numbers:
            return self._within  # a generator goes on
        if code not in self._places:
            self._places[code] = self._place(code.co_filename)
        place = self._places[code]
        if place is None or len(self.frames) >= MAX_FRAMES or self._full:
            return None
        outer = frame.f_back
        while outer is not None and outer not in self._numbers:
            outer = outer.f_back
        called_by = (-1, 0) if outer is None else (self._numbers[outer], self._line(outer, outer.f_lineno))
        self._numbers[frame] = len(self.frames)
        self.frames.append([place[0], code.co_firstlineno + place[1], code.co_name, *called_by])
        self._note(frame, 0)
        return self._within

    def _within(self, frame: FrameType, event: str, arg: object) -> "TraceFunction | None":
        if self._full:
            return self._within
        if event in ("line", "return") and frame in self._last:
            self._note(frame, self._last[frame])
        if event == "return":
            with contextlib.suppress(Exception):
                for _name, value in leaves("return", arg):
                    self._event(frame, frame.f_lineno, "return", value)
            self._last.pop(frame, None)
        elif event == "line":
            self._last[frame] = frame.f_lineno
        return self._within

    @property
    def _full(self) -> bool:
        """Whether no more is noted."""
        return len(self.events) >= MAX_EVENTS or self._bytes > MAX_BYTES

    def _line(self, frame: FrameType, line: int) -> int:
        place = self._places.get(frame.f_code)
        return line + (place[1] if place else 0)

    def _note(self, frame: FrameType, line: int) -> None:
        """Record the values that are new since the line before."""
        with contextlib.suppress(Exception):  # an object of the submission may do anything on access
            first = not line and not self._numbers[frame]
            for root, found in list(frame.f_locals.items()):
                whose = id(found) if root == "self" else -1 - self._numbers[frame]
                for name, value, holder in _held(root, found):
                    now = _print(value)
                    if first and root == "self" and holder:
                        self._old[holder] = now
                    if self._seen.get((whose, name)) != now:
                        self._seen[whose, name] = now
                        if not (line and self._known(root, found, holder, now)) and (line or root != "self"):
                            self._event(frame, line, name, value)  # an object's own was recorded where it got it
                    if holder:
                        self._held[holder] = now

    def _known(self, root: str, found: object, holder: "Holder", now: object) -> bool:
        """Whether an object held this value already: before the calls, or where a name leads to another object."""
        if holder is None or root == "self":
            return holder is not None and self._old.get(holder) == now
        return now == (self._old if holder[0] == id(found) else self._held).get(holder)

    def _event(self, frame: FrameType, line: int, name: str, value: object) -> None:
        kept = np.array(value)
        if kept.ndim == 0:
            key = (frame.f_code, line, name)
            self._counts[key] = self._counts.get(key, 0) + 1
            if self._counts[key] > MAX_NUMBERS:
                return
        self._bytes += kept.nbytes
        if not self._full:
            number = self._numbers[frame]
            place = self._line(frame, line) if line else 0
            self.events.append([self.frames[number][0], place, number, name[:80], kept])


def _print(value: object) -> object:
    """A fingerprint of a value."""
    return (value.shape, value.dtype.str, value.tobytes()) if isinstance(value, np.ndarray) else (type(value), value)


#: An object, by its id, and the path from it to a value; None outside of objects.
Holder = tuple[int, str] | None


def leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    """The arrays and numbers in a value, each with its path."""
    return ((path, one) for path, one, _holder in _held(name, value))


def _held(name: str, value: object, depth: int = 0, holder: Holder = None) -> Iterator[tuple[str, object, Holder]]:
    """The same, each with the innermost object that holds it."""
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind in "biuf" and value.size <= MAX_SIZE:
            yield name, value, holder
    elif type(value) in (bool, int, float):
        if not isinstance(value, int) or abs(value) < 1 << 62:
            yield name, value, holder
    elif type(value) is list and (numbers := _numbers(value)) is not None:
        yield name, numbers, holder
    elif depth < MAX_DEPTH and not isinstance(value, str | bytes | type):
        whose, above = (id(value), "") if hasattr(value, "__dict__") else holder or (0, "")
        for key, item in _entries(value):
            yield from _held(name + key, item, depth + 1, (whose, above + key) if whose else None)


def _numbers(value: list[object]) -> "np.ndarray[Any, Any] | None":
    """A list of numbers, or of rows of numbers, as an array; None for another list, or one of whole numbers alone."""
    rows = [row for row in value if isinstance(row, list)]
    found = [number for row in rows for number in row] if rows else value
    if len(value) < 2 or len(found) > MAX_SIZE or (rows and [len(row) for row in rows] != [len(rows[0])] * len(value)):
        return None
    kinds = {type(number) for number in found}
    floats = {kind for kind in kinds if issubclass(kind, float | np.floating)}
    return np.array(value, dtype=np.float64) if floats and kinds - floats <= {int} else None


def _entries(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):  # an OrderedDict too
        items = list(dict.items(value))[:MAX_ENTRIES]
        yield from ((f"[{key!r}]", item) for key, item in items if type(key) in (str, int))
    elif isinstance(value, list | tuple):
        yield from ((f"[{number}]", item) for number, item in enumerate(value[:MAX_ENTRIES]))
    elif type(getattr(value, "__dict__", None)) is dict and not callable(value):
        yield from ((f".{key}", item) for key, item in list(vars(value).items())[:MAX_ENTRIES])
