"""Networks made of layers alone: in a list, in variables of a script, or composed from classes."""

import ast
import contextlib
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from types import ModuleType
from typing import TypeGuard

import numpy as np

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.source.losses import LOSS, is_foreign
from nnkata.worker.adapting.source.usual_names import role
from nnkata.worker.adapting.trying import Fails, quietly, value_of
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code.layer_chains import BACKWARD, FORWARD, method, takes_entered, through

#: The reason for a list of layers, in the adapter's comment.
LIST, VARIABLES, COMPOSED = (
    "the list of layers in line {line}",
    "the layers that the script makes, in this order",
    "put together from the file's layers",
)
#: The most ways tried of making one layer, and the most composed lists.
MAX_LAYERS, MAX_COMPOSED = 8, 12
HIDDEN, LAST = re.compile(r"relu|tanh|sigmoid", re.I), re.compile(r"softmax|sigmoid", re.I)
ACTIVATION = re.compile(r"^(relu|sigmoid|tanh|softmax)(_?(act\w*|layer|function))?$", re.I)
Way = tuple[list[str], str]


def is_layers(net: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Whether it is a list of layers, some of which have weights."""
    if not isinstance(net, list | tuple) or len(net) < 2:
        return False
    if not all(method(layer, FORWARD) is not None and method(layer, BACKWARD) is not None for layer in net):
        return False
    return any(array.ndim == 2 for array in graph.arrays(net, "net").values())


def layer_lists(tree: ast.Module, theirs: ModuleType) -> Iterator[Way]:
    """Every possible list of layers, the author's own first."""
    for body in _bodies(tree):
        for node in body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Tuple | ast.ListComp):
                target = node.targets[0]
                if isinstance(target, ast.Name):
                    yield [f"return made(theirs, {target.id!r}, {node.lineno})"], LIST.format(line=node.lineno)
        yield from _variables(body, theirs)
    yield from islice(_composed(theirs), MAX_COMPOSED)


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    yield tree.body
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.If):
            yield node.body


def _variables(body: Sequence[ast.stmt], theirs: ModuleType) -> Iterator[Way]:
    """The variables of one block that are layers, also without the last one or two, which may be a loss."""
    found: dict[str, int] = {}
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            owner = getattr(theirs, ast.unparse(node.value.func), None)
            if isinstance(owner, type) and any(FORWARD.match(name) for name in dir(owner)):
                found[node.targets[0].id] = node.lineno
    for names in (tuple(found), tuple(found)[:-1], tuple(found)[:-2]):
        if len(names) > 1:
            yield [f"return [made(theirs, name, {max(found.values())}) for name in {names!r}]"], VARIABLES


def _composed(theirs: ModuleType) -> Iterator[Way]:
    """Lists of the file's layers, each of which has a way back."""
    for parts in compositions(theirs, lambda cls: any(BACKWARD.match(member) for member in dir(cls))):
        yield [f"return [{', '.join(parts)}]"], COMPOSED


def classes_of(theirs: ModuleType) -> list[tuple[str, type]]:
    """The file's classes by their names, and those of the foreign modules that it imports (`layers.Dense`)."""
    own = [(name, value) for name, value in vars(theirs).items() if isinstance(value, type)]
    modules = [(name, module) for name, module in vars(theirs).items() if is_foreign(module)]
    own += [(f"{n}.{name}", v) for n, module in modules for name, v in vars(module).items() if isinstance(v, type)]
    return list({cls: (name, cls) for name, cls in reversed(own)}.values())[::-1]


def compositions(theirs: ModuleType, fits: Callable[[type], bool]) -> Iterator[list[str]]:
    """Two layers with weights, an activation between them, and one at the end, from the fitting classes of the file."""
    classes = [
        (name, cls)
        for name, cls in classes_of(theirs)
        if any(FORWARD.match(member) for member in dir(cls)) and fits(cls)
    ]
    pairs = [found for name, cls in classes for found in dense(name, cls, theirs)]
    plain = [name for name, cls in classes if not _asked(cls)]
    hidden = [f"theirs.{name}()" for name in plain if HIDDEN.search(name) and not LAST.match(name)]
    hidden = hidden or [f"theirs.{name}()" for name in plain if HIDDEN.search(name)]
    by_name = [name for name, cls in classes if [role(p) for p in _asked(cls)] == ["function"]]
    hidden += [f"theirs.{name}({text})" for name in by_name for text in ("'relu'", "'tanh'", "'sigmoid'")]
    ends = sorted((name for name in plain if LAST.search(name)), key=lambda name: not LOSS.search(name))
    last = [*(f"theirs.{name}()" for name in ends), "", *hidden[:1]]
    own = {name for name, cls in classes if any(role(p.name) == "function" for p in parameters_of(cls))}
    active = any(one.removeprefix("theirs.").partition("(")[0] in own for one, _other in pairs)
    between_any = [*([""] * active), *hidden[:3]]
    for (one, other), between, end in product(pairs, between_any, dict.fromkeys(last)):
        yield [part for part in (one, between, other, end) if part]


def _asked(cls: type) -> list[str]:
    """The names of the arguments without which a class makes nothing."""
    return [p.name for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]


def dense(name: str, cls: type, theirs: ModuleType, arrays: bool = True) -> list[tuple[str, str]]:
    """Layers with weights from 784 to 24 and from 24 to 10, if the class can make them.

    If it has an activation of its own, there is a pair with one for both, and one with another for the last. `arrays`
    tells whether arrays go through it, and not tensors.
    """
    required = [p for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]
    if len(required) < 2:
        return []
    first = required[0].name
    turned = bool(re.search(r"out|neurons|units|nodes", first, re.I)) and not re.match(r"_?(n|num)?_?in", first, re.I)

    def made(sizes: tuple[str, str], texts: Sequence[str]) -> str:
        text = f"theirs.{name}({', '.join([*(sizes[::-1] if turned else sizes), *texts])})"
        try:
            layer = value_of([f"return {text}"], theirs)
        except Fails:
            return ""
        shapes = ({int(sizes[0]), int(sizes[1])}, {int(sizes[0]) + 1, int(sizes[1])})  # with a row for the bias
        if arrays and not _runs(layer, int(sizes[0])):
            return ""
        return text if any(set(array.shape) in shapes for array in graph.arrays(layer, "net").values()) else ""

    def one(sizes: tuple[str, str], choices: list[str]) -> str:
        own = [p for p in parameters_of(cls) if p.default is not p.empty and role(p.name) == "function"][:1]
        more = [choices if role(p.name) == "function" else [_rest(p.name)] for p in required[2:]]
        for parameter in own:  # an object as the default would be one for all layers
            given = [f"{parameter.name}={text}" for text in choices]
            more.append([*given, ""] if hasattr(parameter.default, "forward") else ["", *given])
        tried = (made(sizes, [text for text in texts if text]) for texts in islice(product(*more), MAX_LAYERS))
        return next((text for text in tried if text), "")

    hidden, last = activations(theirs)
    one_layer, second = one(("784", "24"), hidden), one(("24", "10"), hidden)
    if not one_layer or not second:
        return []
    ends = [one(("24", "10"), [text]) for text in last]
    return [(one_layer, text) for text in dict.fromkeys([*ends, second]) if text]


def _runs(layer: object, inputs: int) -> bool:
    """Whether samples go through a layer, as rows or columns, unless its way forward asks for more than a batch."""
    called = method(layer, FORWARD)
    if called is None or len([p for p in parameters_of(called) if p.default is p.empty]) != 1:
        return True
    for x in (np.ones((3, inputs)), np.ones((inputs, 3)), np.ones((inputs, 1)), np.ones(inputs)):
        with contextlib.suppress(Fails), quietly():
            through([layer], x)
            return True
    return False


def activations(theirs: ModuleType) -> tuple[list[str], list[str]]:
    """Texts of a hidden layer's activation, and of an output's, as an argument: names, functions, objects, classes."""
    own = [name for name, value in vars(theirs).items() if callable(value) and ACTIVATION.match(name)]
    own = sorted(own, key=lambda name: not re.match("sigmoid", name, re.I))
    made = {name: [f"theirs.{name}()", f"theirs.{name}"] if isinstance(getattr(theirs, name), type) else
            [f"theirs.{name}"] for name in own}  # fmt: skip
    hidden = ["'relu'", *(text for name in own if not re.search("softmax", name, re.I) for text in made[name])]
    last = ["'softmax'", *(text for name in own if re.search("softmax|sigmoid", name, re.I) for text in made[name])]
    return hidden, last[:4]


def _rest(name: str) -> str:
    """A layer's further argument: no weight decay and no dropout, whose slopes are not those of the output."""
    return "0.0" if role(name) == "decay" or re.search(r"drop|keep|regul", name, re.I) else "0.1"


def asked(net: object, pattern: "re.Pattern[str]", texts: dict[str, list[str]]) -> list[str]:
    """The layers' further arguments, beside a batch or an error, as texts by name: every combination of roles.

    Of layers that are handed what entered them, the order says nothing, and arguments without a role are not counted.
    """
    names: dict[str, None] = {}
    for layer in net if isinstance(net, list) else []:
        called = method(layer, pattern)
        parameters = parameters_of(called) if called is not None else []
        if pattern is BACKWARD and takes_entered(layer):
            parameters = [p for p in parameters if role(p.name) in texts]
        else:
            parameters = parameters[1:]
        names.update({p.name: None for p in parameters if "VAR" not in p.kind.name and _wanted(p)})
    choices = [[f", {name}={text}" for text in texts.get(role(name), ["1e9"])] for name in names]
    return ["".join(chosen) for chosen in islice(product(*choices), MAX_COMPOSED)]


def _wanted(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty or role(parameter.name) in ("rate", "label", "decay")
