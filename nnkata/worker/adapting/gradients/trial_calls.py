"""Makes a call that may give gradients, with values that the author's script sets before; and restores everything."""

import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.gradients.measured import Tried
from nnkata.worker.adapting.gradients.stored_gradients import Act
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.outputs import GIVEN
from nnkata.worker.adapting.source.string_options import plain
from nnkata.worker.adapting.source.usual_names import role
from nnkata.worker.adapting.trying import Fails, made_of, quietly

#: The likely value of a global variable of the author's script, by the role of its name.
GLOBALS = {"count": "len(x)", "rate": "0.1", "batch": "len(x)", "decay": "0.0"}
#: The error about a value that the author's script sets before.
MISSING = re.compile(
    r"NameError: name '(?P<name>\w+)' is not defined|AttributeError: '\w+' object has no attribute '(?P<attribute>\w+)'"
)


def acts(tried: Tried, lines: list[str], call: str) -> Iterator[Act]:
    """Make the call, yield the outcome, and restore everything; again with each form of labels that are missing."""
    for label in tried.maker.widths.targets(tried.output.form):
        values = {**GLOBALS, "input": GIVEN[tried.output.form], "label": label}
        asked_for: set[str] = set()
        yield from _act(tried, lines, call, values, asked_for)
        if "label" not in asked_for:
            return


def _act(tried: Tried, lines: list[str], call: str, values: Mapping[str, str], asked_for: set[str]) -> Iterator[Act]:
    """Make the call, yield the outcome, and restore everything; yield nothing if the call fails."""
    maker, theirs = tried.maker, tried.theirs
    there, held = set(vars(theirs)), set(getattr(maker.net, "__dict__", ()))
    kept = {} if maker.names else {t: (a, a.copy()) for t, a in graph.arrays(maker.net, "net").items()}
    try:
        lines, value = _acted(tried, lines, call, values, asked_for)
        moved = _moved(maker, tried.before)
        now = tuple(a for t, a in graph.arrays(maker.net, "net").items() if t in tried.before)
        tried.restore()
        yield Act(lines, call, value, moved, kept, now)
    except Fails as error:
        obstacles.met("gradients", call, str(error))
    finally:
        _forget(theirs, there)
        for name in set(getattr(maker.net, "__dict__", ())) - held:
            if role(name) in values:  # the next one has to set its own
                delattr(maker.net, name)
        tried.restore()


def _acted(
    tried: Tried, lines: list[str], call: str, values: Mapping[str, str], asked_for: set[str]
) -> tuple[list[str], Any]:
    """Make the call; set a missing global variable, or attribute of the network, of the author's script by its name.

    `values` are their texts by role; the roles of those that were missing are put into `asked_for`.
    """
    maker, theirs, x, y = tried.maker, tried.theirs, tried.x, tried.y
    arguments = (maker.net, x.copy(), y.copy(), x[0].copy(), y[0].copy())
    for _attempt in range(5):
        try:
            with quietly():
                return lines, made_of("net, x, y, a, b", [*lines, f"g = {call}", "return g"], theirs)(*arguments)
        except Fails as error:
            missing = MISSING.match(str(error))
            name = (missing["name"] or missing["attribute"]) if missing else ""
            text = values.get(role(plain(name))) if name else None
            if missing is None or text is None or (maker.passed and missing["attribute"]):
                raise
            asked_for.add(role(plain(name)))
            lines = [f"{'theirs' if missing['name'] else 'net'}.{name} = {text}", *lines]
    raise Fails("too many values are missing")


def _moved(maker: Maker, before: Mapping[str, Array]) -> bool:
    """Whether a parameter has moved and all still exist."""
    now = graph.arrays(maker.net, "net")
    moves = {t: now[t] - old for t, old in before.items() if t in now and now[t].shape == old.shape}
    return len(moves) == len(before) and any(bool(np.any(move)) for move in moves.values())


def _forget(theirs: ModuleType, there: set[str]) -> None:
    """Remove the global variables that a trial has set: the next one has to set its own."""
    for name in set(vars(theirs)) - there:
        delattr(theirs, name)
