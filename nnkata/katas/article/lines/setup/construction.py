"""The lines of a new network: its settings, their defaults, its weights, and the failure of its construction."""

import ast
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.setup import random_weights
from nnkata.katas.article.lines.sources import layer_tables
from nnkata.katas.article.lines.sources.statements import loops
from nnkata.katas.article.lines.sources.trees import entry, function_at, numbered, tree
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen

#: A setting where a network keeps it; of widths in a list, one of them.
SETTING = re.compile(r"\w+\.(?P<name>sizes|epochs|l_rate)(?:\[(?P<number>\d)\])?")
DEFAULTS = {"epochs": 10, "l_rate": 0.001}
#: NumPy's message for numbers that do not fill a shape.
UNFILLED = re.compile(r"cannot reshape array of size (\d+) into shape")


def settings(seen: Seen, sizes: Sequence[int], options: Mapping[str, float]) -> Place | None:
    """The line that keeps other widths, epochs or another rate than those passed to the constructor."""
    last: dict[str, tuple[bool, Place]] = {}
    for event in seen.events:
        found = SETTING.fullmatch(event.name)
        if found is None or not event.place.line:
            continue
        wanted: Any = sizes if found["name"] == "sizes" else options.get(found["name"])
        if found["number"] and found["name"] == "sizes":
            wanted = sizes[int(found["number"])] if int(found["number"]) < len(sizes) else np.nan
        if wanted is not None:
            last[event.name] = (
                near(event.value, np.asarray(wanted, np.float64), 1e-9),
                _giver(seen, event, found["name"], wanted),
            )
    return next((place for right, place in last.values() if not right), None)


def _giver(seen: Seen, event: Event, name: str, wanted: Any) -> Place:
    """The line that keeps a setting; or the one that called for its function with this number, and had the right one.

    A child's `super().__init__(sizes, 10, l_rate)` gives its parent's constructor another number than its own.
    """

    def got(number: int, value: Any) -> bool:
        own = [e for e in seen.events if e.frame == number and not e.place.line and e.name.isidentifier()]
        given = [e.value for e in own if e.name == name] or [e.value for e in own]
        return any(one.size == np.size(value) and near(one, np.asarray(value, np.float64), 1e-9) for one in given)

    place = event.place
    for number in seen.ancestors(event.frame):
        parent = seen.frames[number].parent
        if parent < 0 or got(number, wanted) or not got(number, event.value):
            break
        place = seen.call_of(number)
    return place


def defaults(seen: Seen, sizes: Sequence[int], sources: Mapping[str, str]) -> Place | None:
    """The line of a wrong default, in the trace of a network made from its widths alone."""
    for event in seen.events:
        frame = seen.frames[event.frame]
        own = event.place.line == 0 and frame.name == "__init__" and event.value.size == 1
        if own and event.name in DEFAULTS and float(event.value.ravel()[0]) != DEFAULTS[event.name]:
            above = (e for e in seen.events if e.frame == frame.parent >= 0 and not e.place.line)
            if any(e.name == event.name and near(e.value, np.asarray(DEFAULTS[e.name])) for e in above):
                return seen.call_of(event.frame)  # a child's constructor has the right one, and hands on another
            return _default(frame.place, event.name, sources)
    return settings(seen, sizes, DEFAULTS)


def _default(place: Place, name: str, sources: Mapping[str, str]) -> Place:
    """The line on which a parameter has its default."""
    node = function_at(place, sources)
    if node is None:
        return place
    positional = [*node.args.posonlyargs, *node.args.args]
    pairs = [*zip(reversed(positional), reversed(node.args.defaults), strict=False)]
    pairs += [(a, d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d]
    return next((Place(place.file, value.lineno) for arg, value in pairs if arg.arg == name), place)


def unmade(seen: Seen, sizes: Sequence[int], options: Mapping[str, float], sources: Mapping[str, str]) -> Place | None:
    """The line because of which no network could be made."""
    if seen.raised is None:
        return None
    areas = {a * b for a, b in itertools.pairwise(sizes)}
    unfilled = UNFILLED.search(seen.raised[1])
    if unfilled and int(unfilled[1]) not in areas:
        parts = [e.place for e in seen.events if e.place.line and e.value.size == int(unfilled[1])]
        if parts:
            return parts[0]
    return settings(seen, sizes, options) or beyond(seen, sources) or Place.stated(seen.raised[2])


def beyond(
    seen: Seen, sources: Mapping[str, str], layers: int = len(WEIGHTS), first: Sequence[int] = ()
) -> Place | None:
    """For a missing index or key: the head of the loop that counts to a layer that does not exist.

    `first` are the numbers with which the loop may begin, if that is known.
    """
    place = Place.stated(seen.raised[2]) if seen.raised and seen.raised[0] in ("IndexError", "KeyError") else None
    if place is None or seen.raised is None:
        return None
    least = 1 if seen.raised[0] == "KeyError" else -layers
    for at, numbers in numbered(seen, place.file, place.line, sources):
        if numbers and (not least <= numbers[-1] <= layers or (first and numbers[0] not in first)):
            return at
    return None


def weights(seen: Seen, held: Mapping[str, Any], sizes: Sequence[int], sources: Mapping[str, str]) -> Place | None:
    """The line that made the first weight matrix; where a shape is wrong, the line that took the wrong width."""
    heads = loops(seen, sources)
    missing = [key for key in WEIGHTS if key not in held]
    if missing:
        last = next((e.place for e in seen.events if e.name == "return"), None)
        return heads[0] if heads else last and entry(last, missing, sources)
    for layer, key in enumerate(WEIGHTS, 1):
        wanted, shape = (sizes[layer], sizes[layer - 1]), np.shape(held[key])
        if shape != wanted:
            wrong = [side for side, right in zip(shape, wanted, strict=False) if side != right]
            taken = (
                wrong and wrong[0] > len(sizes) and shape != wanted[::-1]
            )  # no number of a layer, and not turned round
            numbers = [e for e in seen.events if e.place.line and e.value.size == 1 and taken and e.value == wrong[0]]
            before = [e.place for e in numbers if "sizes" not in e.name and not _unpacked(seen, e.place, sizes)]
            twice = len({(e.frame, e.name) for e in numbers if e.place in before}) == 2 and wrong[0] in sizes
            made = random_weights.turned(seen, np.asarray(held[key], np.float64))
            anew = len(before) > len(set(before)) == 1  # taken in each round of a loop
            used = before and wrong[0] in sizes and not twice and not anew and made  # a right width, taken for another
            side = layer if shape[0] != wanted[0] else layer - 1  # two widths alike, of which this one is wrong
            later = twice and wrong[0] in sizes and side > [*sizes].index(wrong[0])
            there = made if used or not before else before[-1 if later else 0]
            there = (there and layer_tables.numbers(there, layer, sources)) or there
            if there and shape == wanted[::-1]:
                there = helper(seen, there, shape, ()) or (there == made and _caller(seen, held, sizes, key)) or there
            return there and entry(there, [key], sources)
    key = random_weights.farthest(held)
    W = np.asarray(held[key], np.float64)
    there = random_weights.law(seen, W)
    there = (there and W.any() and helper(seen, there, (W.std(),), (len(W),))) or there
    return there and entry(there, [key], sources)


def _caller(seen: Seen, held: Mapping[str, Any], sizes: Sequence[int], key: str) -> Place | None:
    """The line that called the function which made a turned matrix, if it made another one as it should be."""
    made = {}
    for number, frame in enumerate(seen.frames):
        back = [e.value for e in seen.events if e.frame == number and e.name == "return" and e.value.ndim == 2]
        for layer, (name, W) in enumerate(held.items(), 1):
            if frame.parent >= 0 and any(one.shape == np.shape(W) and near(one, np.asarray(W)) for one in back):
                made[name] = number, np.shape(W) == (sizes[layer], sizes[layer - 1])
    own = made.get(key)
    same = own and any(
        n != own[0] and seen.frames[n].code == seen.frames[own[0]].code and fits for n, fits in made.values()
    )
    return seen.call_of(own[0]) if own and same else None


#: How far the deviation of drawn numbers may be from that of their law; the smallest matrix has 20 of them.
DRAWN = 0.6


def helper(seen: Seen, there: Place, came: Sequence[float], given: Sequence[float]) -> Place | None:
    """The return of a helper that `there` called, with the right numbers, and that gave these wrong ones."""
    for number, frame in enumerate(seen.frames):
        if frame.parent < 0 or seen.call_of(number) != there:
            continue
        own = [e for e in seen.events if e.frame == number and e.value.size == 1]
        taken = [float(e.value.ravel()[0]) for e in own if not e.place.line]
        back = [e for e in own if e.name == "return"]
        values = [float(e.value.ravel()[0]) for e in back]
        if len(values) != len(came) or not set(given) <= set(taken):
            continue
        if not given and values == [*came]:
            return back[0].place
        close = bool(given) and abs(values[0] - came[0]) <= DRAWN * came[0]
        if close and not np.isclose(values[0], oracle.scale(int(given[0]))):
            return back[0].place
    return None


def beside(seen: Seen, held: Mapping[str, Any]) -> Place | None:
    """The last line of the constructor that gives a weight matrix a name of its own, beside params."""
    places = [
        (len([*seen.ancestors(e.frame)]), e.place)
        for e in seen.events
        if e.place.line and "params" not in e.name and e.name != "return" and seen.frames[e.frame].name.startswith("__")
        if any(np.size(W) == e.value.size and near(e.value, np.asarray(W, np.float64)) for W in held.values())
    ]
    if not places:
        return _copied(seen, held)
    deepest = max((depth for depth, _place in places), default=0)  # a constructor of a layer, before the network's own
    return [place for depth, place in places if depth == deepest][-1] if places else None


def _copied(seen: Seen, held: Mapping[str, Any]) -> Place | None:
    """The last line, in functions that the constructor calls, that puts a weight matrix into another dict or list."""
    inner = [e for e in seen.events if e.place.line and e.name.endswith("]") and "params" not in e.name]
    made = {n for n, frame in enumerate(seen.frames) if frame.name != "initialization"}
    same = [
        e for e in inner if any(e.value.shape == np.shape(W) and near(e.value, np.asarray(W)) for W in held.values())
    ]
    return next((e.place for e in reversed(same) if all(n in made for n in seen.ancestors(e.frame))), None)


def _unpacked(seen: Seen, place: Place, sizes: Sequence[int]) -> bool:
    """Whether a line takes all widths one after the other: then one of them was taken for another elsewhere."""
    return [float(e.value.ravel()[0]) for e in seen.events if e.place == place and e.value.size == 1] == [*sizes]


def seeding(sources: Mapping[str, str]) -> Place | None:
    """A line that seeds a generator."""
    for file, text in sources.items():
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "seed":
                return Place(file, node.lineno)
    return None


#: Generators of NumPy and Python that take a seed.
SEEDED = ("default_rng", "RandomState", "PCG64", "Random")


def fixed(sources: Mapping[str, str]) -> Place | None:
    """A line in a function that makes a generator of a constant."""
    for file, text in sources.items():
        for function in (n for n in ast.walk(tree(text)) if isinstance(n, ast.FunctionDef)):
            for node in ast.walk(function):
                seeded = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SEEDED
                if isinstance(node, ast.Call) and seeded and node.args and isinstance(node.args[0], ast.Constant):
                    return Place(file, node.lineno)
    return None
