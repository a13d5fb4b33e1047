"""The names that a submission offers: functions, methods, attributes of a network, and the arguments of each."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nnkata.worker.arguments import arranged

#: The most names reported per kind; nobody reads more.
MAX_NAMES = 40
#: The most functions, and keys of params: a module may have all of NumPy's, `from numpy import *`, and then its own.
MAX_FOUND = 1000
#: Characters of the parameters shown with their types: a line and a half of a screen.
LONG = 120
#: The modules of callable objects that are no functions of a submission: aliases of types, functions of C libraries,
#: and the `open` of a notebook.
NO_FUNCTIONS = ("builtins", "types", "typing", "typing_extensions", "numpy", "IPython")


def offers(
    module: object, class_name: str, sizes: Sequence[int], options: Mapping[str, object], calls: Mapping[str, int]
) -> dict[str, object]:
    """The existing names; `calls` maps the requested methods and functions to their numbers of arguments.

    `functions` are those of the module, also a requested one that its `__getattr__` gives. `methods` maps methods, of a
    network if one can be made, to the text of their parameters; `refuses` lists those that do not accept that many
    arguments. `takes` is the text of the class's own parameters, `accepts` whether it accepts `sizes` and `options`.
    `matrices` are the attributes with matrices, also in a list or dict; `params` is the type of the attribute of that
    name, `keys` its keys if it has any.
    """
    cls = getattr(module, class_name)
    found = {**vars(module), **{name: _read(module, name) for name in calls}}
    functions = [name for name, value in found.items() if _is_function(value)]
    told = {
        "functions": named(functions, MAX_FOUND),
        "takes": _arguments(cls),
        "accepts": _binds(cls, list(sizes), **options),
    }
    try:
        network = cls(list(sizes), **options)
    except BaseException:  # a constructor may do anything; the clauses that make a network report it
        network = None
    there = {name: _read(cls if network is None else network, name) for name in (*calls, *dir(cls))}
    methods = {name: _arguments(value) for name, value in there.items() if callable(value)}
    shown = {
        name: methods[name] for name in dict.fromkeys([*(n for n in calls if n in methods), *named(list(methods))])
    }
    if network is None:
        return {**told, "methods": shown}
    refuses = [name for name, count in calls.items() if name in methods and not _binds(there[name], *range(count))]
    params, names = _read(network, "params"), named(dir(network))
    return {
        **told,
        "methods": shown,
        "refuses": refuses,
        "made": True,
        "params": "" if params is None else type(params).__name__,
        "keys": [str(key)[:60] for key in params][:MAX_FOUND] if isinstance(params, Mapping) else None,
        "matrices": [name for name in names if name != "params" and _matrices(_read(network, name))],
    }


def named(names: Sequence[str], most: int = MAX_NAMES) -> list[str]:
    """The first public names."""
    return [name for name in names if not name.startswith("_")][:most]


def _is_function(value: object) -> bool:
    """Whether it is a function, or an object in place of one: `functools.partial`, a decorator's. A type is none."""
    if inspect.isfunction(value):
        return True
    kind = type(value).__module__.partition(".")[0]
    return callable(value) and not isinstance(value, type) and kind not in NO_FUNCTIONS


def _read(owner: object, name: str) -> Any:
    try:
        return getattr(owner, name, None)
    except BaseException:  # a property of the submission may do anything
        return None


def _matrices(value: object) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return any(isinstance(item, np.ndarray) and item.ndim == 2 for item in value[:MAX_NAMES])
    return isinstance(value, np.ndarray) and value.ndim == 2


def _arguments(function: Callable[..., object]) -> str:
    """Its parameters; without their types if these are NumPy's, which fill a screen."""
    empty = inspect.Signature.empty
    try:
        signature = inspect.signature(function).replace(return_annotation=empty)
        if len(str(signature)) > LONG:
            plain = [parameter.replace(annotation=empty) for parameter in signature.parameters.values()]
            signature = signature.replace(parameters=plain)
        return str(signature)[:200]
    except Exception:  # it has none, or its annotations cannot be shown
        return "(...)"


def _binds(function: Callable[..., object], *arguments: object, **options: object) -> bool:
    """Whether it accepts these arguments; true if unknown."""
    try:
        signature = inspect.signature(function)
    except Exception:  # as in `_arguments`
        return True
    try:
        by_place, by_name = arranged(function, arguments)
        signature.bind(*by_place, **by_name, **options)
    except TypeError:
        return False
    return True
