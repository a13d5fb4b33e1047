"""Networks that methods complete after the constructor: the weights by the sizes of the data, settings one by one."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from types import ModuleType

from nnkata.worker.adapting.networks.size_arguments import sizes_of
from nnkata.worker.adapting.source.usual_names import RATE, STARTS, role
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of, passed

#: The reasons, in the adapter's comment.
LATER, SET = "a method of its own makes its weights", "its own methods set it up"
#: Names of methods that set a network up, and roles of arguments that are data.
SETS = re.compile(r"^_*(set|init|create|make|build|generate|rand)", re.I)
DATA = ("input", "label", "output", "error", "gradient")
#: Ways of calling one method that are tried.
MAX_WAYS = 24


def started(cls: type, made: str, theirs: ModuleType) -> Iterator[tuple[list[str], str]]:
    """The calls after the constructor's, `made`, and the reason: one that makes the weights; all that set it up."""
    for name, method in list(vars(cls).items()):
        if STARTS.match(name) and name != "__init__" and callable(method):
            yield from (([call], LATER) for call in _calls(name, method, theirs))
    if calls := _set_up(cls, made, theirs):
        yield calls, SET


def _calls(name: str, method: Callable[..., object], theirs: ModuleType) -> Iterator[str]:
    """The calls of a method by the names of its parameters."""
    required = [p for p in parameters_of(method)[1:] if p.default is p.empty]
    choices = [[passed(p, text) for text in sizes_of(p.name, theirs)] for p in required]
    yield from (f"{name}({', '.join(texts)})" for texts in islice(product(*choices), MAX_WAYS))


def _set_up(cls: type, made: str, theirs: ModuleType) -> list[str]:
    """The calls of several methods in their order, of each the first that gives the network an attribute."""
    found: list[str] = []
    for name, method in list(vars(cls).items()):
        parameters = parameters_of(method)[1:] if callable(method) and SETS.match(name) else []
        if not parameters or any(role(p.name) in DATA and not RATE.match(p.name) for p in parameters):
            continue
        for call in _calls(name, method, theirs):
            if _attributes(made, [*found, call], theirs) - _attributes(made, found, theirs):
                found.append(call)
                break
    return found if len(found) > 1 else []


def _attributes(made: str, calls: Sequence[str], theirs: ModuleType) -> set[str]:
    """The names of the attributes that the network has after these calls; none if one fails."""
    try:
        net = value_of([f"net = {made}", *(f"net.{call}" for call in calls), "return net"], theirs)
    except Fails:
        return set()
    return set(getattr(net, "__dict__", {}))
