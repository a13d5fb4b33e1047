"""The line of weights that follow a wrong law: it drew the numbers, made their factor, or called for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from nnkata.katas.article.lines.calls.results import made
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen

#: Standard errors beyond which a mean or a deviation is taken for another one; below, none is, or the law is another.
ERRORS = 3
#: Frames of their own for a loop within an expression, up to Python 3.11.
COMPREHENSIONS = ("<listcomp>", "<dictcomp>", "<genexpr>")
#: Names of a parameter for the width below: n_in, fan_in, columns, previous.
BELOW = re.compile(r"(^|_)in($|p|_)|fan_in|col|prev|below", re.IGNORECASE)


def farthest(held: Mapping[str, Any]) -> str:
    """The key of the matrix that is farthest from N(0, 1/rows); W1 if none is far."""
    far = {key: errors(np.asarray(W, np.float64)) for key, W in held.items()}
    key = max(far, key=lambda name: far[name])
    return key if far[key] > ERRORS else "W1"


def errors(W: Array) -> float:
    """The distance of a matrix from N(0, 1/rows), by its mean or its deviation, in standard errors; inf with a nan."""
    if not np.isfinite(W).all():
        return np.inf
    return max(_mean(W), float(abs(W.std() * np.sqrt(len(W)) - 1) * np.sqrt(2 * W.size)))


def _mean(W: Array) -> float:
    """How many standard errors the mean is away from 0."""
    spread = float(W.std())
    return abs(float(W.mean())) / spread * float(np.sqrt(W.size)) if spread else np.inf


def law(seen: Seen, W: Array) -> Place | None:
    """The line that made a matrix, or its transpose; else that of a number or of a matrix before it in the function, if
    it explains the deviation or the mean."""
    right, both = len(W) ** -0.5, (W, W.T)
    same = ((n, one) for n, e in enumerate(seen.events) for one in both if e.place.line and near(e.value, one))
    at, W = next(same, (None, W))
    if at is None:
        return None
    event = _made(seen, seen.events[at], W)
    drawn = next(_drawn(seen, at, W), None) if event is seen.events[at] else None
    if drawn and near(drawn.value, W):  # the numbers themselves, in another form
        event, drawn = drawn, None
    if drawn and (_mean(drawn.value) > 2 * ERRORS or near(right * drawn.value, W)):
        return drawn.place  # its factor is right
    around = seen.frames[event.frame].parent if seen.frames[event.frame].name in COMPREHENSIONS else event.frame
    numbers = {e.name: e for e in seen.events[:at] if e.frame in (event.frame, around) and e.value.size == 1}
    if np.ptp(W) and abs(float(W.std()) / right - 1) * np.sqrt(2 * W.size) > ERRORS:
        factor = float(np.linalg.norm(W) / np.linalg.norm(drawn.value)) if drawn else float(W.std())
        close = 1e-6 if drawn else ERRORS / float(np.sqrt(2 * W.size))
        explains = next(
            (e for e in numbers.values() if _explains(float(e.value.ravel()[0]), factor, right, close)), event
        )
        return explains.place if explains.place.line or not event.frame else seen.call_of(event.frame)
    return event.place


def _made(seen: Seen, event: Event, W: Array) -> Event:
    """The event of a matrix; if its function was given the matrix, that of the line that called it."""
    while event.frame and any(
        e.frame == event.frame and not e.place.line and e.value.size == W.size and near(e.value, W) for e in seen.events
    ):
        event = Event(seen.call_of(event.frame), seen.frames[event.frame].parent, "", W)
    return event


def _explains(number: float, factor: float, right: float, close: float) -> bool:
    """Whether a number is a factor, its reciprocal or square, or the bound of a uniform law."""
    ways = ((factor, right), (1 / factor, 1 / right), (factor**2, right**2), (factor * 3**0.5, right * 3**0.5))
    at_home = any(abs(number - meant) < 1e-6 * meant for _wrong, meant in ways)
    near_by = close / 2 if at_home else close
    return number != round(number) and any(
        abs(number - wrong) <= near_by * wrong and abs(number - meant) > 1e-6 * meant for wrong, meant in ways
    )


def _drawn(seen: Seen, at: int, W: Array) -> Iterator[Event]:
    """The matrices before a matrix in its function of which it is a multiple, in order; in those of a loop within an
    expression, also the ones around it.
    """
    frames = {frame := seen.events[at].frame}
    if seen.frames[frame].name in COMPREHENSIONS:
        frames.add(seen.frames[frame].parent)
    for event in seen.events[:at]:
        M = event.value.ravel()
        own = event.frame in frames and event.place.line and M.size == W.size and np.any(M)
        if own and near(float(W.ravel() @ M) / float(M @ M) * M, W, 1e-6):
            yield event


def turned(seen: Seen, W: Array) -> Place | None:
    """The line that made a matrix of a wrong shape; that of a call, if its function made the requested shape."""
    at = next(
        (n for n, e in enumerate(seen.events) if e.place.line and e.value.shape == W.shape and near(e.value, W)), None
    )
    if at is None:
        return made(seen, W)
    event = next((e for e in _drawn(seen, at, W) if e.value.shape == W.shape), seen.events[at])
    given = [e for e in seen.events if e.frame == event.frame and e.place.line == 0 and e.value.size == 1]
    shape = W.shape[::-1] if given and BELOW.search(given[0].name) else W.shape
    told = tuple(float(e.value.ravel()[0]) for e in given[:2]) == shape
    return seen.call_of(event.frame) if told and event.frame else event.place
