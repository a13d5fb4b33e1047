"""Every private part of pytest-bdd that nnkata uses, so that one module has to follow a new release.

`tests/features/test_bdd.py` states what nnkata needs of each. For each step of each scenario, pytest-bdd goes twice
through all registered steps and asks pytest whether each is visible there before it compares any text: half of the cost
of a run, beside the submission's own computing. In our runs all steps come from plugins, so all are visible everywhere,
and a text always means the same step in each language. Nothing from a submission takes part.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from importlib import import_module
from inspect import signature
from types import FunctionType, ModuleType
from typing import Any

import pytest
from pytest_bdd.parsers import StepParser
from pytest_bdd.scenario import make_python_name, scenario_wrapper_template_registry
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from nnkata.features.clause import ANY
from nnkata.features.gherkin import ENCODING, Node, document
from nnkata.steps.definitions import StepPattern, step_definitions
from nnkata.steps.pattern import Pattern

__all__ = [
    "as_cucumber",
    "from_step",
    "make_python_name",
    "named_in_environment",
    "plugin",
    "remembered",
    "rivals",
    "scenario_of",
    "step_fixtures",
    "step_module",
    "step_patterns",
]

#: The module that pytest loads as pytest-bdd's plugin.
PLUGIN = "pytest_bdd.plugin"
#: The kinds of steps of pytest-bdd.
KINDS = ("given", "when", "then")
StepParser.register(Pattern)


class _Templates:
    """Stands in for Mako's `TemplateLookup` until a template is requested."""

    def __init__(self, **options: object) -> None:
        self._options = options

    def get_template(self, uri: str) -> Any:
        """The template of this name, from Mako."""
        return import_module("mako.lookup").TemplateLookup(**self._options).get_template(uri)


@cache
def plugin() -> ModuleType:
    """pytest-bdd's plugin, without its code templates, which our runs never use.

    It makes a Mako `TemplateLookup` at import, and Mako brings the lexers of Pygments: 80 of the 220 ms of a check's
    imports (pytest-bdd 9.0, Mako 1.3).
    """
    lookup = "mako.lookup"
    if PLUGIN not in sys.modules and lookup not in sys.modules:
        stand_in = ModuleType(lookup)
        stand_in.TemplateLookup = _Templates  # type: ignore[attr-defined]  # a module made here
        sys.modules[lookup] = stand_in
        try:
            import_module(PLUGIN)
        finally:
            del sys.modules[lookup]
    return import_module(PLUGIN)


def step_fixtures(modules: Iterable[ModuleType]) -> Iterator[tuple[str, StepFunctionContext]]:
    """The steps that modules define or import with pytest-bdd, by name: it leaves them in their modules as fixtures."""
    for module in modules:
        for name, fixture in vars(module).items():
            if name.startswith(StepNamePrefix.step_def.value):
                yield name, step_function_context_registry[fixture.__wrapped__]


@cache
def step_module(name: str) -> ModuleType:
    """A module with the step definitions of the module `name` as pytest-bdd would have left them there."""
    import_module(name)
    made = ModuleType(f"{name} of pytest-bdd")
    for number, definition in enumerate(step_definitions([name])):
        fixture = f"{StepNamePrefix.step_def.value}_{definition.type}_{definition.parser.name}_{number}"
        setattr(made, fixture, pytest.fixture(name=fixture)(_registered(definition)))
    return made


def _registered(definition: StepPattern) -> Callable[[], StepFunctionContext]:
    kind: Any = definition.type
    parser: Any = definition.parser  # a StepParser, as registered above
    context = StepFunctionContext(kind, definition.step_func, parser)

    def step() -> StepFunctionContext:
        return context

    step_function_context_registry[step] = context
    return step


def step_patterns(modules: Iterable[ModuleType]) -> list[StepPattern]:
    """The steps of modules, each once: the definitions there, and those made or imported with pytest-bdd."""
    there = list(modules)
    own: list[StepPattern] = [*step_definitions(dict.fromkeys(module.__name__ for module in there))]
    return own + list({id(step): step for _name, step in step_fixtures(there)}.values())


def scenario_of(item: pytest.Item) -> tuple[str, str] | None:
    """The file and the name of the scenario that a test item runs; None for any other item."""
    scenario = scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None
    return (_real(scenario.feature.filename), scenario.name) if scenario else None


def is_scenario(value: object) -> bool:
    """Whether it is a test function that pytest-bdd made of a scenario."""
    return isinstance(value, FunctionType) and value in scenario_wrapper_template_registry


@cache
def _real(path: str) -> str:
    """The real path, remembered: it is needed many times per item."""
    return os.path.realpath(path)


def from_step(raised: "pytest.ExceptionInfo[BaseException]") -> None:
    """Let the traceback begin in the step, not in the functions of pytest and pytest-bdd that call it."""
    frames = list(raised.traceback)
    first = next((n for n, frame in enumerate(frames) if not _calls_steps(str(frame.path))), 0)
    raised.traceback = type(raised.traceback)(frames[first:])


def _calls_steps(path: str) -> bool:
    return bool({"_pytest", "pluggy", "pytest_bdd"} & set(path.replace(os.sep, "/").split("/")[-3:-1]))


def rivals(request: Any, step: Any) -> list[str]:
    """The texts of step functions that match a step equally near: pytest-bdd runs the last one in alphabetical order.

    A function in a folder or module nearer to the scenario takes precedence over others, by the rule of fixtures.
    """
    scenario: Any = import_module("pytest_bdd.scenario")
    found = list(
        scenario.find_fixturedefs_for_step(step=step, fixturemanager=request._fixturemanager, node=request.node)
    )
    nearest = max((len(one.baseid) for one in found), default=0)
    return [
        str(step_function_context_registry[one.func].parser.name)
        for one in {one.argname: one for one in found if len(one.baseid) == nearest}.values()
    ]


@cache
def named_in_environment() -> None:
    """Let pytest put the name of any item into PYTEST_CURRENT_TEST, also one with σ where the locale has no σ."""
    environment: Any = os.environ  # typeshed has it return a text
    encode = environment.encodevalue

    def escaped(value: str) -> bytes:
        try:
            return bytes(encode(value))
        except UnicodeEncodeError:
            return value.encode("ascii", "backslashreplace")

    environment.encodevalue = escaped


class _Parsed:
    """Replaces the parser of gherkin-official in pytest-bdd."""

    @staticmethod
    def parse(text: str) -> Node:
        """The tree of a text."""
        return document(text)


@contextmanager
def as_cucumber() -> Iterator[None]:
    """Within it, pytest-bdd reads features as Cucumber does: behind a mark of UTF-8, and a * as a step of any kind.

    A file is read again each time: pytest-bdd keeps features by their paths and would never look again. A text that has
    been parsed here is not parsed again, which would take 11 ms for all features.
    """
    parser: Any = import_module("pytest_bdd.parser")
    reader: Any = import_module("pytest_bdd.gherkin_parser")
    features: Any = import_module("pytest_bdd.feature")
    scenario: Any = import_module("pytest_bdd.scenario")
    read, kinds = parser.get_gherkin_document, parser.STEP_TYPE_BY_PARSER_KEYWORD
    features.features.clear()
    parse, before = reader.Parser, dict(kinds)
    parser.get_gherkin_document = lambda path, encoding="utf-8": read(path, ENCODING)
    reader.Parser = _Parsed
    kinds["Unknown"] = ANY
    find = scenario.find_fixturedefs_for_step

    def found(step: Any, fixturemanager: Any, node: Any) -> Iterator[Any]:
        """The step functions for a step, of each kind for a *."""
        seen: set[int] = set()
        for kind in KINDS if step.type == ANY else (step.type,):
            of_kind = copy(step)
            of_kind.type = kind
            for each in find(step=of_kind, fixturemanager=fixturemanager, node=node):
                if id(each) not in seen:  # a function of any kind is found for each
                    seen.add(id(each))
                    yield each

    scenario.find_fixturedefs_for_step = found
    try:
        yield
    finally:
        scenario.find_fixturedefs_for_step = find
        parser.get_gherkin_document, reader.Parser = read, parse
        kinds.clear()
        kinds.update(before)


@cache
def _steps(modules: tuple[str, ...]) -> list[StepFunctionContext]:
    """All steps, with their signatures stored: pytest and pytest-bdd ask for these many times."""
    found = []
    for module in (module for name in modules for module in (step_module(name), import_module(name))):
        for name, pattern in step_fixtures([module]):
            found.append(pattern)
            function: Any
            for function in (pattern.step_func, getattr(module, name).__wrapped__):
                function.__signature__ = signature(function)
    return found


@cache
def _meant(modules: tuple[str, ...], kind: str, text: str) -> StepFunctionContext | None:
    """The step that a type and a text mean; None if there is none, or several."""
    own = [step for step in _steps(modules) if kind == ANY or step.type in (kind, None)]
    found = list({id(step): step for step in own if step.parser.is_matching(text)}.values())
    return found[0] if len(found) == 1 else None


@contextmanager
def remembered(modules: Sequence[str]) -> Iterator[None]:
    """Within it, pytest-bdd's look-up of the steps of these modules is remembered, also from one run to the next."""
    steps = tuple(modules)
    _steps(steps)
    scenario: Any = import_module("pytest_bdd.scenario")  # as a name of the package it is the decorator
    look = scenario.get_step_function

    def found(request: Any, step: Any) -> Any:
        return _meant(steps, step.type, step.name) or look(request=request, step=step)

    scenario.get_step_function = found
    try:
        yield
    finally:
        scenario.get_step_function = look
