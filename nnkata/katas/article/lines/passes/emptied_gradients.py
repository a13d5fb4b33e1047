"""The line at which gradients that an object adds up are not set to zero before the next sample."""

import ast
from collections.abc import Iterator, Mapping

import numpy as np

from nnkata.katas.article.lines.sources.trees import tree
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.worker.tree import nodes, spans


def left_over(seen: Seen, old: object, right: Mapping[str, Array], sources: Mapping[str, str]) -> Place | None:
    """The line that should empty all gradients and leaves a share of some, or leaves some out.

    `seen` is a backward pass whose wrong gradients are the `right` ones and a share of the `old` ones, those of the
    pass before. None if the pass sets nothing to zero: then the line that adds is the one to look at.
    """
    shares = {key: share for key in right if (share := _share(seen.value, old, right, key))}
    if not shares or not isinstance(old, dict):
        return None
    for key, share in shares.items():
        before = np.asarray(old[key], np.float64)
        for event in _set(seen, before.size):
            if near(event.value, share * before) and share < 1 - 1e-6:
                return event.place
            if event.value.shape == before.shape and np.any(event.value) and _in_part(event.value, before):
                return event.place
    emptied = [e for e in _set(seen) if not np.any(e.value) and any(e.value.size == g.size for g in right.values())]
    return _loop(emptied[0].place, sources) if emptied and len(emptied) < len(right) else None


def begun(seen: Seen, right: Mapping[str, Array]) -> Place | None:
    """The line that begins each sum of gradients with one number other than 0, which all wrong ones have too much."""
    came = {key: _gradient(seen.value.get(key), right[key]) for key in right} if isinstance(seen.value, dict) else {}
    more = {key: g - right[key] for key, g in came.items() if g is not None and not near(g, right[key])}
    more = {key: value for key, value in more.items() if np.ptp(value) <= 1e-6 * np.max(np.abs(value))}
    places = set[Place | None]()
    for value in more.values():
        places.add(next((e.place for e in _set(seen, value.size) if np.any(e.value) and near(e.value, value)), None))
    return places.pop() if len(places) == 1 else None


def _share(value: object, old: object, right: Mapping[str, Array], key: str) -> float:
    """The share of an old gradient in the returned one; 0 if there is none, or another difference."""
    if not isinstance(value, dict) or not isinstance(old, dict):
        return 0.0
    came, before = (_gradient(one.get(key), right[key]) for one in (value, old))
    if came is None or before is None or near(came, right[key]):
        return 0.0
    more = came - right[key]
    share = float(np.sum(more * before) / max(float(np.sum(before * before)), 1e-300))
    return share if near(more, share * before, 1e-4) or _in_part(more, before) else 0.0


def _gradient(value: object, right: Array) -> Array | None:
    """A gradient of the right shape as float64; None for anything else."""
    alike = isinstance(value, np.ndarray) and value.shape == right.shape and value.dtype.kind == "f"
    return np.asarray(value, np.float64) if alike else None


def _in_part(value: Array, before: Array) -> bool:
    """Whether some elements are those before, and the others are zero."""
    here = np.abs(value) > 1e-12 * np.max(np.abs(value), initial=1e-300)
    return bool(here.any() and not here.all() and np.allclose(value[here], before[here], 1e-4, 0.0))


def _set(seen: Seen, size: int = 0) -> Iterator[Event]:
    """The assignments to attributes of an object or items of a dict, of one size if it is given."""
    for event in seen.events:
        held = event.place.line and not event.name.isidentifier() and not event.name.startswith("return")
        if held and event.value.ndim == 2 and size in (0, event.value.size):
            yield event


def _loop(place: Place, sources: Mapping[str, str]) -> Place:
    """The break that ends the loop around a line, else the head of the loop; the line itself without one."""
    loops = [n for n in nodes(tree(sources.get(place.file, ""))) if isinstance(n, ast.For) and spans(n, place.line)]
    if not loops:
        return place
    ends = [n.lineno for n in loops[-1].body if isinstance(n, ast.Break)]
    return Place(place.file, ends[0] if ends else loops[-1].lineno)
