"""Networks of Python's own numbers, in lists or in objects such as neurons: their numbers gathered into arrays.

The arrays are live: each call of the network's methods writes them into its numbers before, and reads them after.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker.arguments import parameters_of

#: Names of a unit's own number that is added to the weighted inputs.
BIAS = re.compile(r"^_*(b|bias|theta|threshold|bias_?weight)$", re.I)
#: Names of a parameter for the network, of functions that are handed it.
NETWORK = re.compile(r"^_*(\w*net|\w*network|nn|model|mlp|layers)$", re.I)
#: The deepest nesting, and the most items of one list.
MAX_DEPTH, MAX_ITEMS = 7, 2000
#: The way from the network to its numbers: items by number or key, attributes by name with a dot before.
Way = tuple[int | str, ...]
#: Numbers of one kind, which are one array.
Places = list[Way]


def gathered(own: Any, theirs: ModuleType | None = None) -> Any:
    """An object with the network's numbers as arrays in its attributes, and with the network's methods.

    A list has none: its methods are the functions of `theirs` that are handed a network.

    Raises:
        TypeError: there is no matrix of numbers in it.
    """
    ways = list(_ways(own, (), set()))
    inner = {way[: n + 1] for way in ways for n in _numbers(way)[:-1]}
    groups: dict[str, Places] = {}
    for way in ways:
        groups.setdefault(_name(way, inner), []).append(way)
    whole = {name: found for name, found in groups.items() if len({np.shape(_at(own, way)) for way in found}) == 1}
    values = {name: np.array([_at(own, way) for way in found], float) for name, found in whole.items()}
    if not any(array.ndim == 2 and min(array.shape) > 1 for array in values.values()):
        raise TypeError("it holds no matrix of numbers")
    lists = not any(isinstance(_at(own, way), np.ndarray) for way in ways)
    methods = dict(_functions(own, theirs) if theirs is not None else _methods(own))
    given = {name: _synced(own, function, whole, lists) for name, function in methods.items()}
    net = type("Gathered", (), {**given, "__module__": "theirs"})()
    for name, array in values.items():
        setattr(net, name, array if _of_units(whole[name][0], inner) else array[0])
    for name, value in getattr(own, "__dict__", {}).items():
        if type(value) in (int, float) and not hasattr(net, name):  # such as a rate
            setattr(net, name, value)
    return net


def _ways(value: Any, way: Way, seen: set[int]) -> Iterator[Way]:
    """The ways to the lists of numbers, the vectors and the biases, in their order."""
    if len(way) > MAX_DEPTH or id(value) in seen or isinstance(value, str | bytes | int | float | type | None):
        return
    seen.add(id(value))
    if isinstance(value, list) and _numeric(value):
        yield way
    elif isinstance(value, np.ndarray):
        yield from [way] if value.ndim == 1 and value.dtype == float else []
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value[:MAX_ITEMS]):
            yield from _ways(item, (*way, number), seen)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _ways(item, (*way, key), seen) if isinstance(key, str) else ()
    elif hasattr(value, "__dict__") and not isinstance(value, ModuleType) and not callable(value):
        for name, item in vars(value).items():
            if type(item) in (float, np.float64) and BIAS.match(name):
                yield (*way, f".{name}")
            yield from _ways(item, (*way, f".{name}"), seen)


def _numeric(value: list[Any]) -> bool:
    """Whether a list holds numbers alone, and not only whole ones."""
    kinds = {type(item) for item in value}
    return kinds <= {float, int, np.float64} and bool(kinds & {float, np.float64})


def _at(value: Any, way: Way) -> Any:
    for step in way:
        value = getattr(value, step[1:]) if isinstance(step, str) and step.startswith(".") else value[step]
    return value


def _put(own: Any, way: Way, numbers: Any) -> None:
    """Write numbers where they are: a method may have bound the name to another list."""
    held = _at(own, way)
    if isinstance(held, list | np.ndarray):
        held[:] = numbers.tolist() if isinstance(held, list) else numbers
    else:
        setattr(_at(own, way[:-1]), str(way[-1])[1:], float(np.ravel(numbers)[0]))


def _numbers(way: Way) -> list[int]:
    """The places of numbers of items in a way."""
    return [n for n, step in enumerate(way) if isinstance(step, int)]


def _of_units(way: Way, inner: set[Way]) -> bool:
    """Whether the last number in a way is that of a unit, and not that of a layer."""
    last = _numbers(way)[-1:]
    return bool(last) and way[: last[0] + 1] not in inner


def _name(way: Way, inner: set[Way]) -> str:
    """The name of the array: of the way without the number of the unit; the last number may be that of a layer."""
    if _of_units(way, inner):
        last = _numbers(way)[-1]
        way = (*way[:last], *way[last + 1 :])
    name = re.sub(r"\W+", "_", "_".join(map(str, way))).strip("_") or "weights"
    return name if name.isidentifier() else f"layer_{name}"


def _methods(own: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    names = dict.fromkeys(name for cls in type(own).__mro__ if cls is not object for name in vars(cls))
    for name in names:
        if not name.startswith("__") and inspect.ismethod(value := getattr(own, name, None)):
            yield name, value


def _functions(own: object, theirs: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions that take a network, without that argument."""
    for name, value in vars(theirs).items():
        parameters = parameters_of(value) if inspect.isfunction(value) else []
        place = next((n for n, p in enumerate(parameters) if NETWORK.match(p.name)), None)
        if place is not None:
            yield name, _given(value, parameters, place, own)


def _given(function: Callable[..., Any], parameters: list[inspect.Parameter], place: int, own: object) -> Any:
    def call(*given: Any, **named: Any) -> Any:
        return function(*given[:place], own, *given[place:], **named)

    rest = [p for n, p in enumerate(parameters) if n != place]
    call.__signature__ = inspect.Signature(rest)  # type: ignore[attr-defined]  # inspect reads it
    return call


def _synced(own: Any, function: Callable[..., Any], whole: Mapping[str, Places], lists: bool) -> Callable[..., Any]:
    """The method, before which the arrays are written, and after which they are read; samples as lists, if so known."""

    def call(net: object, *given: Any, **named: Any) -> Any:
        for name, places in whole.items():
            array = getattr(net, name)
            alone = array.ndim == np.ndim(_at(own, places[0]))
            for place, values in zip(places, [array] if alone else array, strict=True):
                _put(own, place, values)
        try:
            more = {key: _lists(value, lists) for key, value in named.items()}
            return _arrays(function(*_lists(given, lists), **more))
        finally:
            for name, places in whole.items():
                array = getattr(net, name)
                array[...] = np.array([_at(own, place) for place in places], float).reshape(array.shape)

    first = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    call.__signature__ = inspect.Signature([first, *parameters_of(function)])  # type: ignore[attr-defined]  # inspect reads it
    return call


def _lists(value: Any, lists: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_lists(item, lists) for item in value)
    return value.tolist() if lists and isinstance(value, np.ndarray) else value


def _arrays(value: Any) -> Any:
    """Lists of numbers as arrays."""
    if isinstance(value, tuple):
        return tuple(_arrays(item) for item in value)
    if isinstance(value, list):
        try:
            found = np.array(value, float)
        except (TypeError, ValueError):
            return [_arrays(item) for item in value]
        return found if found.size else value
    return value
