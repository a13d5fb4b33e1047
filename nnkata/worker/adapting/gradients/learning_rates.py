"""The factor of a step of the parameters: a rate passed as an argument, stored in the network, or named in the file."""

import ast
import re
from collections.abc import Callable
from functools import cache
from types import ModuleType

import numpy as np

from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.source.tuple_parts import tree_of
from nnkata.worker.adapting.source.usual_names import RATE


def rates(maker: Maker, call: str, theirs: ModuleType) -> list[str]:
    """The divisors of the step: rates passed as arguments, rates stored in the network, usual ones."""
    if re.search(r"\b0\.1\b", call):
        return ["0.1"]
    held = vars(maker.net) if hasattr(maker.net, "__dict__") else {}
    own = [f"net.{name}" for name, value in held.items() if RATE.match(name) and isinstance(value, float | int)]
    for name, value in held.items():
        inner = vars(value) if hasattr(value, "__dict__") and not callable(value) else {}
        own += [f"net.{name}.{n}" for n, v in inner.items() if RATE.match(n) and isinstance(v, float)]
    own += [f"theirs.{n}" for n, v in vars(theirs).items() if RATE.match(n) and isinstance(v, float | int)]
    return own or [*_literals(theirs), "1.0"]


def doubling(steps: Callable[[], list[Array] | None], net: object, theirs: ModuleType) -> list[str]:
    """The numbers of the network, and of the top level, that double the step when doubled: rates by any name."""
    found = []
    owners = {} if isinstance(net, list | tuple | dict) else {"net": net}
    before = steps()
    for prefix, owner in {**owners, "theirs": theirs}.items():
        for name, value in list(getattr(owner, "__dict__", {}).items()):
            if type(value) is not float or not value or before is None:
                continue
            try:
                setattr(owner, name, 2 * value)
                after = steps()
            finally:
                setattr(owner, name, value)
            if after and all(np.allclose(b, 2 * a, rtol=1e-6) for a, b in zip(before, after, strict=True)):
                found.append(f"{prefix}.{name}")
    return found


@cache
def _literals(theirs: ModuleType) -> tuple[str, ...]:
    """Numbers that the file assigns to names of a rate."""
    found: dict[str, None] = {}
    for node in ast.walk(tree_of(theirs)):
        pairs: list[tuple[str, ast.AST]] = []
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Attribute):
            pairs = [(ast.unparse(node.targets[0]).rpartition(".")[2], node.value)]
        elif isinstance(node, ast.FunctionDef):
            last = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            pairs = [(a.arg, value) for a, value in zip(last, node.args.defaults, strict=True)]
        elif isinstance(node, ast.keyword) and node.arg:
            pairs = [(node.arg, node.value)]
        for name, value in pairs:
            if RATE.match(name) and isinstance(value, ast.Constant) and isinstance(value.value, float | int):
                found[repr(value.value)] = None
    return (*found, "0.01", "0.1", "0.001")
