"""The lines of a new network: the settings that it keeps, their defaults, its weights, and why it could not be made."""

import ast
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnkata.katas.article.lines import drawn, tables
from nnkata.katas.article.lines.source import entry, function_at, numbered, tree
from nnkata.katas.article.lines.statements import loops, raised
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.seen import Place, Seen, near

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
            last[event.name] = near(event.value, np.asarray(wanted, np.float64), 1e-9), event.place
    return next((place for right, place in last.values() if not right), None)


def defaults(seen: Seen, sizes: Sequence[int], sources: Mapping[str, str]) -> Place | None:
    """The line of a wrong default, in the trace of a network made from its widths alone."""
    for event in seen.events:
        frame = seen.frames[event.frame]
        own = event.place.line == 0 and frame.name == "__init__" and event.value.size == 1
        if own and event.name in DEFAULTS and float(event.value.ravel()[0]) != DEFAULTS[event.name]:
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
    return settings(seen, sizes, options) or beyond(seen, sources) or raised(seen.raised[2])


def beyond(
    seen: Seen, sources: Mapping[str, str], layers: int = len(WEIGHTS), first: Sequence[int] = ()
) -> Place | None:
    """For a missing index or key: the head of the loop that counts to a layer that does not exist.

    `first` are the numbers with which the loop may begin, if that is known.
    """
    place = raised(seen.raised[2]) if seen.raised and seen.raised[0] in ("IndexError", "KeyError") else None
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
            made = drawn.turned(seen, np.asarray(held[key], np.float64))
            anew = len(before) > len(set(before)) == 1  # taken in each round of a loop
            used = before and wrong[0] in sizes and not twice and not anew and made  # a right width, taken for another
            side = layer if shape[0] != wanted[0] else layer - 1  # two widths alike, of which this one is wrong
            later = twice and wrong[0] in sizes and side > [*sizes].index(wrong[0])
            there = made if used or not before else before[-1 if later else 0]
            there = (there and tables.numbers(there, layer, sources)) or there
            return there and entry(there, [key], sources)
    key = drawn.farthest(held)
    there = drawn.law(seen, np.asarray(held[key], np.float64))
    return there and entry(there, [key], sources)


def beside(seen: Seen, held: Mapping[str, Any]) -> Place | None:
    """The last line of the constructor that gives a weight matrix a name of its own, beside params."""
    places = [
        (len([*seen.ancestors(e.frame)]), e.place)
        for e in seen.events
        if e.place.line and "params" not in e.name and e.name != "return" and seen.frames[e.frame].name.startswith("__")
        if any(np.size(W) == e.value.size and near(e.value, np.asarray(W, np.float64)) for W in held.values())
    ]
    deepest = max((depth for depth, _place in places), default=0)  # a constructor of a layer, before the network's own
    return [place for depth, place in places if depth == deepest][-1] if places else None


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
