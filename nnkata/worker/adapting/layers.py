"""Networks made of layers alone: in a list, in variables of a script, or composed from classes."""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from types import ModuleType
from typing import TypeGuard

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import parameters_of
from nnkata.worker.adapting.names import role
from nnkata.worker.adapting.trying import Fails, made_of, quietly
from nnkata.worker.chained import BACKWARD, FORWARD, method

#: The reason for a list of layers, in the adapter's comment.
LIST, VARIABLES, COMPOSED = (
    "the list of layers in line {line}",
    "the layers that the script makes, in this order",
    "put together from the file's layers",
)
#: The most ways tried of making one layer, and the most composed lists.
MAX_LAYERS, MAX_COMPOSED = 8, 12
HIDDEN, LAST = re.compile(r"relu|tanh|sigmoid", re.I), re.compile(r"softmax|sigmoid", re.I)
LOSS = re.compile(r"loss|mse|cost|entropy|error|nll", re.I)
SLOPE = re.compile(r"prime|deriv|grad|back|delta|d_|_d$", re.I)
ACTIVATIONS = ["'relu'", "theirs.sigmoid", "theirs.relu"]
#: A training function's names for the loss and its derivative.
LOSSES = ("loss", "loss_fn", "loss_func", "loss_function", "cost", "error_fn")
#: The names by which a network takes a loss as an object.
OBJECTS = ("loss_fn", "loss_func", "loss_function", "criterion", "loss_obj", "cost_fn", "cost_function")
PRIMES = ("loss_prime", "loss_grad", "loss_gradient", "loss_derivative", "d_loss", "cost_prime", "cost_derivative")
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
    """Two layers with weights, an activation between them, and one at the end, from the classes of the file."""
    classes = [
        (name, cls)
        for name, cls in vars(theirs).items()
        if isinstance(cls, type)
        and any(FORWARD.match(member) for member in dir(cls))
        and any(BACKWARD.match(member) for member in dir(cls))
    ]
    pairs = [found for name, cls in classes if (found := dense(name, cls, theirs))]
    plain = [name for name, cls in classes if all(p.default is not p.empty for p in parameters_of(cls))]
    hidden = [f"theirs.{name}()" for name in plain if HIDDEN.search(name) and not LAST.match(name)]
    hidden = hidden or [f"theirs.{name}()" for name in plain if HIDDEN.search(name)]
    ends = sorted((name for name in plain if LAST.search(name)), key=lambda name: not LOSS.search(name))
    last = [*(f"theirs.{name}()" for name in ends), *hidden[:1], ""]
    between_any = hidden[:2] or [""] * any("'" in one or "theirs.relu" in one for one, _other in pairs)
    for (one, other), between, end in product(pairs, between_any, dict.fromkeys(last)):
        parts = [part for part in (one, between, other, end) if part]
        yield [f"return [{', '.join(parts)}]"], COMPOSED


def dense(name: str, cls: type, theirs: ModuleType) -> tuple[str, str] | None:
    """A layer with weights from 784 to 24 and one from 24 to 10, if the class can make them."""
    required = [p for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]
    if len(required) < 2:
        return None
    more = [ACTIVATIONS if role(p.name) == "function" else [_rest(p.name)] for p in required[2:]]
    turned = bool(re.search(r"out|neurons|units|nodes", required[0].name, re.I))
    for texts in islice(product(*more), MAX_LAYERS):
        made = []
        for sizes in (("784", "24"), ("24", "10")):
            made.append(f"theirs.{name}({', '.join([*(sizes[::-1] if turned else sizes), *texts])})")
        try:
            with quietly():
                first = made_of("", [f"return {made[0]}"], theirs)()
        except Fails:
            continue
        if any(set(array.shape) == {784, 24} for array in graph.arrays(first, "net").values()):
            return made[0], made[1]
    return None


def _rest(name: str) -> str:
    """A layer's further argument: no weight decay and no dropout, whose slopes are not those of the output."""
    return "0.0" if role(name) == "decay" or re.search(r"drop|keep|regul", name, re.I) else "0.1"


def asked(net: object, pattern: "re.Pattern[str]", texts: dict[str, list[str]]) -> list[str]:
    """The layers' further arguments, beside a batch or an error, as texts by name: every combination of roles."""
    names: dict[str, None] = {}
    for layer in net if isinstance(net, list) else []:
        called = method(layer, pattern)
        parameters = list(inspect.signature(called).parameters.values())[1:] if called is not None else []
        names.update({p.name: None for p in parameters if "VAR" not in p.kind.name and _wanted(p)})
    choices = [[f", {name}={text}" for text in texts.get(role(name), ["1e9"])] for name in names]
    return ["".join(chosen) for chosen in islice(product(*choices), MAX_COMPOSED)]


def _wanted(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty or role(parameter.name) in ("rate", "label", "decay")


def slopes_of_losses(theirs: ModuleType, label: str, out: str) -> list[str]:
    """Calls that may give the output error: the file's own derivatives of losses, functions and classes."""
    found = []
    for name, value in vars(theirs).items():
        if not LOSS.search(name) or not callable(value):
            continue
        if not isinstance(value, type):
            found += [f"theirs.{name}({a}, {b})" for a, b in ((label, out), (out, label)) if SLOPE.search(name)]
        else:
            own = [n for n in vars(value) if SLOPE.search(n) and not n.startswith("__")]
            found += [f"theirs.{name}().{n}({a}, {b})" for n in own for a, b in ((out, label), (label, out))]
    return found


def loss_objects(theirs: ModuleType) -> dict[str, str]:
    """The argument for a loss as an object: one of the file's own class."""
    classes = [(name, cls) for name, cls in vars(theirs).items() if isinstance(cls, type) and LOSS.search(name)]
    for name, cls in classes:
        asked_for = [p for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]
        if not asked_for and not issubclass(cls, Exception):
            return dict.fromkeys(OBJECTS, f"theirs.{name}()")
    return {}


def losses(theirs: ModuleType) -> dict[str, str]:
    """The arguments `loss` and `loss_prime` of a training function: the file's own pair."""
    own = [name for name, value in vars(theirs).items() if LOSS.search(name) and callable(value)]
    slopes = [name for name in own if SLOPE.search(name)]
    values = [name for name in own if name not in slopes]
    if not slopes or not values:
        return {}
    value = next((name for name in values if slopes[0].startswith(name)), values[0])
    return {**dict.fromkeys(LOSSES, f"theirs.{value}"), **dict.fromkeys(PRIMES, f"theirs.{slopes[0]}")}
