"""Networks of Python's own numbers: objects such as neurons, and lists that functions take as arguments."""

import ast
from collections.abc import Iterator, Sequence
from itertools import islice, product
from types import ModuleType

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import functions_of
from nnkata.worker.adapting.networks.size_arguments import sizes_of
from nnkata.worker.adapting.source.usual_names import INIT
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code.gathered import NETWORK

#: The reason, in the adapter's comment.
GATHERED = "its own numbers gathered into arrays, which its methods share"
#: Ways of calling one function that are tried.
MAX_WAYS = 24


def gathered(lines: Sequence[str], net: object, theirs: ModuleType) -> tuple[list[str], object] | None:
    """The lines that make such a network with its numbers as arrays, and the network; None if it has arrays itself."""
    if any(array.ndim == 2 for array in graph.arrays(net, "net").values()):
        return None
    more = ", theirs" if isinstance(net, list) else ""
    last = lines[-1].removeprefix("return ")
    whole = [*lines[:-1], f"return gathered({last}{more})"]
    try:
        return whole, value_of(whole, theirs)
    except Fails:
        return None


def lists(tree: ast.Module, theirs: ModuleType) -> Iterator[list[str]]:
    """The lines that make a list of numbers that functions take as a network: by a function, or where it is written."""
    taking = [f for _text, f in functions_of(theirs, "theirs", lambda _name: True) if _takes(f)]
    if not taking:
        return
    for text, function in functions_of(theirs, "theirs", lambda name: bool(INIT.search(name))):
        if function not in taking:
            choices = [sizes_of(p.name, theirs) for p in parameters_of(function) if p.default is p.empty]
            yield from ([f"return {text}({', '.join(texts)})"] for texts in islice(product(*choices), MAX_WAYS))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.ListComp):
            target = node.targets[0]
            if isinstance(target, ast.Name) and NETWORK.match(target.id):
                yield [f"return made(theirs, {target.id!r}, {node.lineno})"]


def _takes(function: object) -> bool:
    return callable(function) and any(NETWORK.match(p.name) for p in parameters_of(function))
