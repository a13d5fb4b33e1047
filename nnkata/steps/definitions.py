"""Step definitions: the functions that carry out the steps of a feature, each with its kind and its text.

`given`, `when` and `then` are those of pytest-bdd without pytest, of which a run of a kata's own clauses needs nothing.
In a run under pytest, `nnkata.features.bdd` makes pytest-bdd's fixtures of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from nnkata.steps.pattern import Pattern

Function = TypeVar("Function", bound=Callable[..., Any])


class Matching(Protocol):
    """A step text: a `Pattern`, or a parser of pytest-bdd."""

    name: str

    def is_matching(self, name: str) -> bool:
        """Whether a step of a feature matches it."""

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        """The values of the placeholders in a matching step."""


class StepPattern(Protocol):
    """A step definition, ours or pytest-bdd's: the kind of its steps, their text, and the function."""

    @property
    def type(self) -> str | None:
        """given, when, then, or None for any."""

    @property
    def parser(self) -> Matching:
        """The text."""

    @property
    def step_func(self) -> Callable[..., object]:
        """The function."""

    @property
    def converters(self) -> Mapping[str, Callable[[str], object]]:
        """Functions that convert the values of placeholders, by the names of these."""


@dataclass(frozen=True, eq=False)
class StepDefinition:
    """A function of a kata, with the kind and the text of the steps that it carries out."""

    type: str
    parser: Pattern
    step_func: Callable[..., object]
    #: None: a `Pattern` converts by its types.
    converters: Mapping[str, Callable[[str], object]] = field(default_factory=dict)


#: All step definitions, by the module of their functions.
_defined: defaultdict[str, list[StepDefinition]] = defaultdict(list)


class Skipped(Exception):
    """A clause does not apply to this implementation; the text is the reason."""


def given(text: str | Pattern) -> Callable[[Function], Function]:
    """Decorate the function of a `Given` step, which stays as it is."""
    return _decorator("given", text)


def when(text: str | Pattern) -> Callable[[Function], Function]:
    """Decorate the function of a `When` step."""
    return _decorator("when", text)


def then(text: str | Pattern) -> Callable[[Function], Function]:
    """Decorate the function of a `Then` step."""
    return _decorator("then", text)


def step_definitions(modules: Iterable[str]) -> list[StepDefinition]:
    """The step definitions of imported modules, in their order, without those made by pytest-bdd."""
    return [definition for module in modules for definition in _defined.get(module, ())]


def _decorator(kind: str, text: str | Pattern) -> Callable[[Function], Function]:
    pattern = Pattern(text) if isinstance(text, str) else text

    def decorate(function: Function) -> Function:
        _defined[function.__module__].append(StepDefinition(kind, pattern, function))
        return function

    return decorate
