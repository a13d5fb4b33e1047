"""Networks without an object: parameters that one function makes and others take, and arrays of the top level."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy, deepcopy
from itertools import islice, product
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import attribute, functions_of
from nnkata.worker.adapting.networks.size_arguments import sizes_of
from nnkata.worker.adapting.source.tuple_parts import names_of, returned, unpacked
from nnkata.worker.adapting.source.usual_names import FORWARD, INIT, LISTS, role
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of, passed

#: Why there is no new(): functions compute with arrays of the top level, of which there is one set.
GLOBAL = "its functions read the arrays of the top level"
#: Why a function is called first: it puts the weights there.
FILLED = "a function puts its weights into the top level"
#: Why there are parameters that functions are handed.
PASSED = "parameters passed around, from that function"
#: The sizes of a network, and those of one with a layer more, tried if the first make none.
LAYERS, DEEPER = "[784, 24, 10]", "[784, 24, 16, 10]"
#: Pixels of an image, and one more where a one is added for the bias.
INPUTS = {784, 785}
#: The lines of `new()`, the reason, and the names of parameters that are passed around.
Way = tuple[list[str], str, tuple[str, ...]]
#: Ways of calling one function that are tried.
MAX_WAYS = 24
#: The same for one whose weights are at the top level.
MAX_FILLED = 4


def _deeper(names: Sequence[str]) -> tuple[str, ...]:
    """The names with those of a layer more: after `W2` and `b2` the same with a 3."""
    numbers = [int(number[0]) for name in names if (number := re.search(r"\d+$", name))]
    last = str(max(numbers, default=0))
    more = (re.sub(r"\d+$", str(int(last) + 1), name) for name in names if re.search(rf"(?<!\d){last}$", name))
    return (*names, *more)


def of_functions(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """A function that returns arrays: their names from its return, or from a caller's."""
    called = unpacked(tree)
    for text, function in functions_of(theirs, "theirs", lambda name: bool(INIT.search(name))):
        name = text.removeprefix("theirs.")
        choices = [
            [passed(p, t) if p.default is p.empty else f"{p.name}={t}" for t in sizes_of(p.name, theirs)]
            for p in parameters_of(function)
            if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
            and (p.default is p.empty or (p.default is None and re.search(LISTS, p.name, re.I)))
        ]
        guesses = (", ".join(texts) for texts in islice(product(*choices), MAX_WAYS))
        made = _first_wide(text, dict.fromkeys([*called_with(tree, name), *guesses]), theirs)
        if made is None:
            continue
        call, value = made
        known = called.get(name) or returned(tree, name)
        names = names_of(value, known)
        parts = value if isinstance(value, list | tuple) else ()
        if parts and not known:  # nobody takes it apart
            yield from _whole(call, theirs)
        if isinstance(value, dict):
            yield [f"return {call}"], PASSED, names
            if LAYERS in call:  # the other functions may know three layers
                yield [f"return {call.replace(LAYERS, DEEPER)}"], PASSED, _deeper(names)
        elif names:
            yield [f"return dict(zip({names!r}, {call}))"], PASSED, names
        if parts and known and not any(isinstance(item, np.ndarray) for item in parts):
            yield from _whole(call, theirs)


def _whole(call: str, theirs: ModuleType) -> Iterator[Way]:
    """The value of a call as one parameter, by each of the names under which it may be handed on."""
    for key in _handed(theirs):
        yield [f"return {{{key!r}: {call}}}"], "a list of the layers' parameters passed around", (key,)


def _first_wide(text: str, ways_to_call: Iterable[str], theirs: ModuleType) -> tuple[str, object] | None:
    """The first call that gives weights for an image, and its value; else the first that gives any matrices."""
    spare: tuple[str, object] | None = None
    for arguments in ways_to_call:
        call = f"{text}({arguments})"
        try:
            value = value_of([f"return {call}"], theirs)
        except Fails:
            continue
        shapes = [array.shape for array in graph.arrays(value, "net").values()]
        if any(INPUTS & set(shape) for shape in shapes):
            return call, value
        if sum(len(shape) == 2 for shape in shapes) > 1:
            spare = spare or (call, value)
    return spare


def _handed(theirs: ModuleType) -> list[str]:
    """The names by which functions that give an output take the parameters."""
    functions = functions_of(theirs, "theirs", lambda name: bool(FORWARD.match(name)))
    names = dict.fromkeys(p.name for _text, function in functions for p in parameters_of(function)[:2])
    return [name for name in names if role(name) != "input"]


def settings(theirs: ModuleType, function: Callable[..., object]) -> list[str]:
    """The parameters of a function that are lists or dicts of the top level, as the description of the layers."""
    held = {parameter.name: attribute(theirs, parameter.name) for parameter in parameters_of(function)}
    return [
        name
        for name, value in held.items()
        if isinstance(value, list | tuple | dict) and value and not graph.arrays(value, name)
    ]


def called_with(tree: ast.Module, name: str) -> Iterator[str]:
    """The arguments of the author's own calls, where they are numbers and the like; in a list of sizes MNIST's."""
    for found in ast.walk(tree):
        if isinstance(found, ast.Call) and ast.unparse(found.func) == name:
            node = _sized(found)
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            if arguments and all(literal(argument) for argument in arguments):
                yield ast.unparse(node).removeprefix(f"{name}(").removesuffix(")")


def _sized(call: ast.Call) -> ast.Call:
    """The call with MNIST's widths in lists of sizes that begin or end with one of the data: `[X.shape[0], 9, 10]`."""
    own = deepcopy(call)
    for node in ast.walk(own):
        if isinstance(node, ast.List) and len(node.elts) > 2 and all(literal(inner) for inner in node.elts[1:-1]):
            for place, width in ((0, 784), (-1, 10)):
                if not literal(node.elts[place]):
                    node.elts[place] = ast.Constant(width)
    return own


def of_globals(theirs: ModuleType) -> Iterator[Way]:
    """What the top level holds that looks like weights: a dict of them; matrices, and vectors beside them; lists."""
    for name, value in list(vars(theirs).items()):
        arrays = list(value.values()) if isinstance(value, dict) else []
        whole = all(isinstance(array, np.ndarray) for array in arrays)
        if whole and any(array.ndim == 2 for array in arrays):
            copied = f"{{k: v.copy() for k, v in theirs.{name}.items()}}"
            yield [f"return {{{name!r}: {copied}}}"], "parameters in a dict of the top level", (name,)
    held = _weights(theirs)
    alone = {name: value for name, value in held.items() if isinstance(value, np.ndarray)}
    if any(value.ndim == 2 and min(value.shape) > 1 for value in alone.values()):
        pairs = ", ".join(f"{name!r}: theirs.{name}.copy()" for name in alone)
        yield [f"return {{{pairs}}}"], "arrays of the top level", tuple(alone)
    if held:
        yield [f"return Live(theirs, {tuple(held)!r})"], GLOBAL, tuple(held)
    yield from _filled(theirs, held)


def _weights(theirs: ModuleType) -> dict[str, object]:
    """The arrays of the top level, and its lists and dicts of arrays, by name; empty if there is no matrix."""
    held: dict[str, object] = {}
    for name, value in vars(theirs).items():
        if name.startswith("__") or not isinstance(value, np.ndarray | list | tuple | dict):
            continue
        found = list(graph.arrays(value, name).values())
        if found and all(1 <= array.ndim <= 2 for array in found):
            held[name] = value
    arrays = graph.arrays(held, "held").values()
    return held if any(array.ndim == 2 and min(array.shape) > 1 for array in arrays) else {}


def _filled(theirs: ModuleType, before: Mapping[str, object]) -> Iterator[Way]:
    """A function that puts the weights into variables of the top level, by the names of its parameters."""
    for text, function in functions_of(theirs, "theirs", lambda name: bool(INIT.search(name))):
        choices = [sizes_of(p.name, theirs) for p in parameters_of(function) if p.default is p.empty]
        for texts in islice(product(*choices), MAX_FILLED):
            call = f"{text}({', '.join(texts)})"
            names = _puts(call, theirs, before)
            if names:
                yield [call, f"return Live(theirs, {names!r})"], FILLED, names
                break


def _puts(call: str, theirs: ModuleType, before: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the top level whose weights a call makes; the top level is as before afterwards."""
    there = dict(vars(theirs))
    held = {name: copy(value) for name, value in there.items() if isinstance(value, list | dict) and name[:2] != "__"}
    try:
        value_of([call], theirs)
        now = _weights(theirs)
        return tuple(name for name in now if name not in before or now[name] is not before[name])
    except Fails:
        return ()
    finally:
        for name in set(vars(theirs)) - set(there):
            delattr(theirs, name)
        vars(theirs).update(there)
        for name, value in held.items():
            _refill(there[name], value)


def _refill(container: Any, value: Any) -> None:
    """Give a list or a dict its former items."""
    container.clear()
    container.update(value) if isinstance(container, dict) else container.extend(value)


def literal(node: ast.expr) -> bool:
    """Whether an expression is a number, a text or a list of them."""
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
