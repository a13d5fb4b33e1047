"""Arranges arguments: by position, and by name for keyword-only parameters."""

import inspect
from collections.abc import Callable, Sequence

_BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def arranged(function: Callable[..., object], arguments: Sequence[object]) -> tuple[list[object], dict[str, object]]:
    """The positional and the keyword arguments of a call.

    In `def sigmoid(self, x, *, derivative=False)` the flag is keyword-only, as linters advise. The arguments after the
    last positional one go to such names, in the order of their definition.
    """
    positional = list(arguments)
    if len(positional) < 2:  # a signature takes as long as a small call, and no function takes all by name
        return positional, {}
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except Exception:  # it has none, like a built-in, or its annotations cannot be read
        return positional, {}
    by_place = sum(parameter.kind in _BY_PLACE for parameter in parameters)
    by_name = [parameter.name for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY]
    rest = positional[by_place:]
    if not rest or len(rest) > len(by_name) or any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        return positional, {}
    return positional[:by_place], dict(zip(by_name, rest, strict=False))


def passed(parameter: inspect.Parameter, text: str) -> str:
    """The text of an argument as a call passes it: by name if the parameter takes no place."""
    return f"{parameter.name}={text}" if parameter.kind is parameter.KEYWORD_ONLY else text


def parameters_of(function: Callable[..., object]) -> list[inspect.Parameter]:
    """A callable's parameters; none if they are unknown, as of a method without `self`."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return []
