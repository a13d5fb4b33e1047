"""Networks of the file's own class for a list of layers, put together from its layers: `Net([...])`, `net.add(...)`."""

import re
from collections.abc import Iterator
from itertools import islice, product
from types import ModuleType

from nnkata.worker.adapting.networks.layers import classes_of, compositions
from nnkata.worker.adapting.networks.size_arguments import sizes_of
from nnkata.worker.adapting.source.losses import HANDED, handed
from nnkata.worker.adapting.source.usual_names import FORWARD
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code.layer_chains import ENTERED

#: The reason, in the adapter's comment.
CONTAINED = "its network class with layers that we chose"
#: Names of a parameter that takes the layers, and of methods that take one.
LAYERS = re.compile(r"^_?(layers?(_?list)?|modules|network|architecture|model|blocks|stack)$", re.I)
ADDS = re.compile(r"^(add|append|add_?layer|push|insert)$", re.I)
#: Methods that a network needs before it is used: they set the rate, the loss.
SETUP = re.compile(r"^(setup|set_?up|compile|build|configure|set|use|finali[sz]e|set_?(loss|optimi[sz]er))$", re.I)
#: The most networks put together.
MAX_CONTAINED = 24


def contained(theirs: ModuleType) -> Iterator[list[str]]:
    """The lines that make a network of the file's own class for layers."""
    yield from islice(_contained(theirs), MAX_CONTAINED)


def _contained(theirs: ModuleType) -> Iterator[list[str]]:
    classes = [(name, cls) for name, cls in classes_of(theirs) if _forward(cls)]
    holders = [(name, cls, way) for name, cls in classes if (way := _way(cls))]
    held = {cls for _name, cls, _way in holders}
    if not holders:
        return
    for parts in compositions(theirs, lambda cls: cls not in held):
        for name, cls, way in holders:
            yield from _of(name, cls, way, ", ".join(parts), theirs)


def _forward(cls: type) -> bool:
    return any(FORWARD.match(member) for member in dir(cls)) and not issubclass(cls, Exception)


def _way(cls: type) -> str:
    """How the class takes its layers: the parameter's name, `*` for all arguments, `.add` for a method; else empty."""
    parameters = parameters_of(cls)
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            return "*"
        if LAYERS.match(parameter.name):
            return parameter.name
    return next((f".{n}" for n, value in vars(cls).items() if ADDS.match(n) and callable(value)), "")


def _of(name: str, cls: type, way: str, parts: str, theirs: ModuleType) -> Iterator[list[str]]:
    """The network of these layers, and the same after the call that sets its loss and rate."""
    given: list[str] = []
    for parameter in parameters_of(cls):
        if parameter.name == way:
            given.append(f"[{parts}]")
        elif parameter.kind is parameter.VAR_POSITIONAL:
            given += [parts] if way == "*" else []
        elif parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD:
            given.append(_other(parameter.name, theirs)[0])
    made = f"theirs.{name}({', '.join(given)})"
    lines = [f"net = {made}"]
    if way.startswith("."):
        lines.append(f"for layer in ({parts}): net{way}(layer)")
    for method, called in vars(cls).items():
        if SETUP.match(method) and callable(called):
            choices = [_other(p.name, theirs) for p in parameters_of(called)[1:] if p.default is p.empty]
            for texts in islice(product(*choices), 4):
                yield [*lines, f"net.{method}({', '.join(texts)})", "return net"]
    yield [*lines, "return net"] if len(lines) > 1 else [f"return {made}"]


def _other(name: str, theirs: ModuleType) -> list[str]:
    """Texts of a further argument: the file's loss, none of its optimizers."""
    if HANDED.search(name):
        return handed(theirs, name) or ["'mse'"]
    return sizes_of(name, theirs) if not ENTERED.match(name) else ["784"]
