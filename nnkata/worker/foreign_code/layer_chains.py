"""The passes through a list of layers without a network class: forward and backward."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from nnkata.worker.arguments import parameters_of

#: Names of a layer's forward and backward methods.
FORWARD = re.compile(
    r"^_*(forward\w*|feed|feed_?forward|fprop|call|__call__|propagate|activate|apply|run|compute)$", re.I
)
BACKWARD = re.compile(r"^_*(back\w*|bprop|grad(ient)?|backprop\w*)$", re.I)
#: The attributes that hold a layer's result, if its methods return nothing or something else.
KEPT = ("output", "outputs", "out", "activation", "a", "A", "y", "value")
#: Names of the parameter by which a backward method is handed what entered its layer.
ENTERED = re.compile(
    r"^(x|inputs?|in_?(tensor|data|put|values?)|layer_?inputs?|input_?(data|x)|x_?in|a_?(prev|in)|inp|prev_?(a|activations?)|(a|activations?|inputs?)_?prev|previous_?\w+)$",
    re.I,
)
KEPT_BACK = ("dinputs", "dinput", "d_inputs", "dX", "dx", "grad_input", "input_grad", "input_gradient", "dA_prev", "dA")


def through(layers: Sequence[object], x: object, **given: object) -> Any:
    """The output of a list of layers; `given` has the other arguments of their methods by name."""
    value = x
    for layer in layers:
        value = _one(layer, FORWARD, value, given, KEPT, around(layer))
    return value


def back(layers: Sequence[object], error: object, of: object = None, **given: object) -> Any:
    """The error at the first layer after the backward pass through all.

    `of` is the batch, for layers that are handed what entered them.
    """
    value, entered = error, _entered(layers, of)
    for layer in reversed(layers):
        value = _one(layer, BACKWARD, value, given | next(entered), KEPT_BACK)
    return value


def slopes(layers: Sequence[object], error: object, of: object = None, **given: object) -> list[Any]:
    """The gradients that the layers return beside their error, first layer first."""
    value, found, entered = error, list[Any](), _entered(layers, of)
    for layer in reversed(layers):
        called = method(layer, BACKWARD)
        came = _called(called, value, given | next(entered)) if called is not None else None
        parts = list(_arrays(came[1:])) if isinstance(came, tuple) else []
        value, found = (came[0] if isinstance(came, tuple) else came), [*parts, *found]
    return found


def takes_entered(layer: object) -> str:
    """The parameter by which a layer's way back is handed what entered it, beside an error; empty if there is none."""
    called = method(layer, BACKWARD)
    parameters = parameters_of(called) if called is not None else []
    names = [p.name for p in parameters if p.default is p.empty and "VAR" not in p.kind.name]
    return next((name for name in names if len(names) > 1 and ENTERED.match(name)), "")


def _entered(layers: Sequence[object], x: object) -> Iterator[dict[str, object]]:
    """For each layer, the last one first: what entered it, by the name of its parameter."""
    if x is None:
        yield from ({} for _layer in layers)
        return
    values = [x]
    for layer in layers[:-1]:
        values.append(through([layer], values[-1]))
    for layer, value in zip(reversed(layers), reversed(values), strict=True):
        name = takes_entered(layer)
        yield {name: value} if name else {}


def _arrays(value: object) -> Iterator[Any]:
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        if isinstance(item, np.ndarray):
            yield item
        else:
            yield from _arrays(item)


def method(layer: object, pattern: "re.Pattern[str]") -> Callable[..., object] | None:
    """The layer's own method of such a name; None if there is none."""
    return next(iter(methods(layer, pattern)), None)


def methods(layer: object, pattern: "re.Pattern[str]") -> list[Callable[..., object]]:
    """The layer's own methods of such names, in the order of its class."""
    names = [n for cls in type(layer).__mro__ if cls is not object for n in vars(cls) if pattern.match(n)]
    found = [getattr(layer, name, None) for name in dict.fromkeys(names)]
    return [value for value in found if callable(value)]


def around(layer: object) -> Callable[..., object] | None:
    """The layer itself, if its `__call__` calls its forward method and may do more, as PyTorch's does."""
    names = getattr(getattr(type(layer).__call__, "__code__", None), "co_names", ()) if callable(layer) else ()
    called = method(layer, FORWARD)
    return layer if called is not None and getattr(called, "__name__", "") in names and callable(layer) else None


def _called(called: Callable[..., object], value: object, given: dict[str, object]) -> object:
    names = [parameter.name for parameter in parameters_of(called)]
    first = next((name for name in names if name not in given), "")
    more = {name: given[name] for name in names if name in given}
    if first in names[1:]:  # a rate, or what entered, comes before the error
        return called(**{first: value}, **more)
    return called(value, **more)


def _same_batch(part: Any, value: Any) -> bool:
    """Whether an array has as many samples as another, in rows or in columns: an error, not a gradient beside it."""
    shape = np.shape(value)
    return part.ndim == len(shape) > 1 and bool(part.shape[0] == shape[0] or part.shape[-1] == shape[-1])


def _one(
    layer: object,
    pattern: "re.Pattern[str]",
    value: object,
    given: dict[str, object],
    kept: Sequence[str],
    whole: Callable[..., object] | None = None,
) -> object:
    called = [whole] if whole else methods(layer, pattern)
    if not called:
        raise TypeError(f"{type(layer).__name__} has no method for it")
    came = _called(called[0], value, given)
    if came is None and pattern is BACKWARD and len(called) > 1:  # one keeps the gradients, the next gives the error
        came = _called(called[1], value, given)
    if isinstance(came, tuple):
        parts = [part for part in came if isinstance(part, np.ndarray) and part.ndim]
        came = next((part for part in parts if _same_batch(part, value)), parts[0] if parts else came[0])
    if isinstance(came, np.ndarray) and came.ndim:
        return came
    inner = [layer, *(part for part in vars(layer).values() if hasattr(part, "__dict__"))]
    values = [vars(one).get(name) for one in inner for name in kept]
    return next((value for value in values if isinstance(value, np.ndarray) and value.ndim), came)
