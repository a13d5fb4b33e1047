"""The line that confuses weight matrices, or changes one."""

import re
from collections.abc import Mapping

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

#: The name of a function that gives one weight matrix: w1, weights_2.
OWN = re.compile(r"_?w(?:eights?)?_?([123])$", re.IGNORECASE)

#: The name of a stored weight matrix.
KEPT = re.compile(r"\bparams\['(W\d)'\]$")


def widths(weights: Mapping[str, Array]) -> set[int]:
    """The relevant numbers of elements: of each layer's vectors, and of each matrix."""
    sides = {side for W in weights.values() for side in W.shape}
    return sides | {W.size for W in weights.values()}


def unpacked(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """The line that confuses weight matrices, or writes another value in place of one."""
    taken: dict[tuple[int, Place], list[str]] = {}
    for event in seen.events:
        if not event.place.line:
            continue
        if (kept := KEPT.search(event.name)) and kept[1] in weights and not near(event.value, weights[kept[1]]):
            return event.place
        key = next((key for key, W in weights.items() if W.size == event.value.size and near(event.value, W)), None)
        own = OWN.match(seen.frames[event.frame].name) if key and event.name == "return" else None
        if key and own and f"W{own[1]}" in weights and f"W{own[1]}" != key:
            return event.place
        if key and not kept and "[" not in event.name:
            taken.setdefault((event.frame, event.place), []).append(key)
    if place := _copied(seen, weights):
        return place
    for (frame, place), keys in taken.items():
        loop = any(e.frame == frame and e.place == place and e.name != "return" for e in seen.events) and len(keys) < 2
        if not loop and len(set(keys)) < len(keys) <= len(WEIGHTS):
            return place
    return None


def _copied(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """Of lines that give each matrix to an object, the one that takes one matrix for another."""
    given = dict[str, tuple[str, Place]]()
    for event in seen.events:
        if event.place.line and event.frame == 0 and re.fullmatch(r"self\.\w+\.\w+", event.name):
            key = next((k for k, W in weights.items() if W.size == event.value.size and near(event.value, W)), None)
            if key:
                given[event.name] = key, event.place
    keys = [key for key, _place in given.values()]
    if len(keys) != len(weights) or len(set(keys)) != len(weights) - 1:
        return None
    places = [place for key, place in given.values() if keys.count(key) == 2]
    missing = next(key for key in weights if key not in keys)
    return [*given.values()][[*weights].index(missing)][1] if places else None
