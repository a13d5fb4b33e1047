"""The passes through a list of layers without a network class: forward and backward."""

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

#: Names of a layer's forward and backward methods.
FORWARD = re.compile(r"^_*(forward\w*|feed_?forward|fprop|call|__call__|propagate|activate|apply|run|compute)$", re.I)
BACKWARD = re.compile(r"^_*(back\w*|bprop|grad(ient)?|backprop\w*)$", re.I)
#: The attributes that hold a layer's result, if its methods return nothing or something else.
KEPT = ("output", "outputs", "out", "activation", "a", "A", "y", "value")
KEPT_BACK = ("dinputs", "dinput", "d_inputs", "dX", "dx", "grad_input", "input_grad", "input_gradient", "dA_prev", "dA")


def through(layers: Sequence[object], x: object, **given: object) -> Any:
    """The output of a list of layers; `given` has the other arguments of their methods by name."""
    value = x
    for layer in layers:
        value = _one(layer, FORWARD, value, given, KEPT)
    return value


def back(layers: Sequence[object], error: object, **given: object) -> Any:
    """The error at the first layer after the backward pass through all."""
    value = error
    for layer in reversed(layers):
        value = _one(layer, BACKWARD, value, given, KEPT_BACK)
    return value


def slopes(layers: Sequence[object], error: object, **given: object) -> list[Any]:
    """The gradients that the layers return beside their error, first layer first."""
    value, found = error, list[Any]()
    for layer in reversed(layers):
        called = method(layer, BACKWARD)
        came = _called(called, value, given) if called is not None else None
        parts = list(_arrays(came[1:])) if isinstance(came, tuple) else []
        value, found = (came[0] if isinstance(came, tuple) else came), [*parts, *found]
    return found


def _arrays(value: object) -> Iterator[Any]:
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        if isinstance(item, np.ndarray):
            yield item
        else:
            yield from _arrays(item)


def method(layer: object, pattern: "re.Pattern[str]") -> Callable[..., object] | None:
    """The layer's own method of such a name; None if there is none."""
    names = [n for cls in type(layer).__mro__ if cls is not object for n in vars(cls) if pattern.match(n)]
    return next((getattr(layer, name) for name in names if callable(getattr(layer, name, None))), None)


def _called(called: Callable[..., object], value: object, given: dict[str, object]) -> object:
    names = list(inspect.signature(called).parameters)[1:]
    return called(value, **{name: given[name] for name in names if name in given})


def _one(
    layer: object, pattern: "re.Pattern[str]", value: object, given: dict[str, object], kept: Sequence[str]
) -> object:
    called = method(layer, pattern)
    if called is None:
        raise TypeError(f"{type(layer).__name__} has no method for it")
    came = _called(called, value, given)
    if isinstance(came, tuple):
        came = next((part for part in came if isinstance(part, np.ndarray) and part.ndim), came[0])
    if isinstance(came, np.ndarray) and came.ndim:
        return came
    inner = [layer, *(part for part in vars(layer).values() if hasattr(part, "__dict__"))]
    values = [vars(one).get(name) for one in inner for name in kept]
    return next((value for value in values if isinstance(value, np.ndarray) and value.ndim), came)
