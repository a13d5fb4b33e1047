"""Every private part of pytest-bdd that nnkata uses, so that one module has to follow a new release.

`tests/test_bdd.py` states what nnkata needs of each. For each step of each scenario, pytest-bdd goes twice through all
registered steps and asks pytest whether each is visible there before it compares any text: half of the cost of a run,
beside the submission's own computing. In our runs all steps come from plugins, so all are visible everywhere, and a
text always means the same step in each language. Nothing from a submission takes part.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import iscoroutinefunction, isgeneratorfunction, signature
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd.parser import PARAM_RE, render_string
from pytest_bdd.scenario import make_python_name, scenario_wrapper_template_registry
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry
from pytest_bdd.utils import get_required_args

from nnkata.clause import ANY
from nnkata.gherkin import ENCODING, Node, document

__all__ = [
    "PARAM_RE",
    "StepCall",
    "StepPattern",
    "as_cucumber",
    "from_step",
    "make_python_name",
    "named_in_environment",
    "plugin",
    "remembered",
    "render_string",
    "rivals",
    "scenario_of",
    "step_calls",
    "step_fixtures",
    "step_patterns",
]

#: The module that pytest loads as pytest-bdd's plugin.
PLUGIN = "pytest_bdd.plugin"
#: The kinds of steps of pytest-bdd.
KINDS = ("given", "when", "then")
#: pytest-bdd's record of a step: `type` (given, when, then, or None for any), `parser` and `step_func`.
StepPattern = StepFunctionContext


class _Templates:
    """Stands in for Mako's `TemplateLookup` until somebody asks for a template."""

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
        stand_in.TemplateLookup = _Templates  # type: ignore[attr-defined]
        sys.modules[lookup] = stand_in
        try:
            import_module(PLUGIN)
        finally:
            del sys.modules[lookup]
    return import_module(PLUGIN)


def step_fixtures(modules: Iterable[ModuleType]) -> Iterator[tuple[str, StepPattern]]:
    """The steps that modules define or import, by name: pytest-bdd leaves them in their modules as fixtures."""
    for module in modules:
        for name, fixture in vars(module).items():
            if name.startswith(StepNamePrefix.step_def.value):
                yield name, step_function_context_registry[fixture.__wrapped__]


def step_patterns(modules: Iterable[ModuleType]) -> list[StepPattern]:
    """The steps that modules define or import, each once."""
    return list({id(step): step for _name, step in step_fixtures(modules)}.values())


def scenario_of(item: pytest.Item) -> tuple[str, str] | None:
    """The file and the name of the scenario that a test item runs; None for any other item."""
    scenario = scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None
    return (_real(scenario.feature.filename), scenario.name) if scenario else None


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
def _steps(modules: tuple[str, ...]) -> list[StepPattern]:
    """All steps, with their signatures stored: pytest and pytest-bdd ask for these many times."""
    found = []
    for module in map(import_module, modules):
        for name, pattern in step_fixtures([module]):
            found.append(pattern)
            function: Any
            for function in (pattern.step_func, getattr(module, name).__wrapped__):
                function.__signature__ = signature(function)
    return found


@cache
def _meant(modules: tuple[str, ...], kind: str, text: str) -> StepPattern | None:
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


@dataclass(frozen=True, slots=True)
class StepCall:
    """A step of a scenario as a call of its function; `needed`: the arguments that are not in the feature."""

    text: str
    function: Callable[..., object]
    needed: frozenset[str]
    _step: Any
    _pattern: StepPattern

    def arguments(self) -> dict[str, object]:
        """The arguments in the feature, made anew."""
        return _arguments(self._step, self._pattern)


def step_calls(item: pytest.Item, example: Mapping[str, object], modules: Sequence[str]) -> list[StepCall] | None:
    """The steps of a scenario with a table's row, as calls; None if one of them needs more of pytest than fixtures."""
    template: Any = scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None
    if template is None:
        return None
    calls = [_call(step, _meant(tuple(modules), step.type, step.name)) for step in template.render(example).steps]
    return [call for call in calls if call] if all(calls) else None


def _call(step: Any, pattern: StepPattern | None) -> StepCall | None:
    if pattern is None or pattern.target_fixture is not None:
        return None
    function = pattern.step_func
    if isgeneratorfunction(function) or iscoroutinefunction(function):
        return None
    needed = frozenset(get_required_args(function)) - _arguments(step, pattern).keys()
    return StepCall(f"{step.keyword} {step.name}", function, needed, step, pattern)


def _arguments(step: Any, pattern: StepPattern) -> dict[str, object]:
    names = _names(pattern.step_func)
    scenario: Any = import_module("pytest_bdd.scenario")
    given = {name: value for name, value in scenario.parse_step_arguments(step, pattern).items() if name in names}
    if "datatable" in names and step.datatable is not None:
        given["datatable"] = step.datatable.raw()
    if "docstring" in names and step.docstring is not None:
        given["docstring"] = step.docstring
    return given


@cache
def _names(function: Callable[..., object]) -> frozenset[str]:
    return frozenset(signature(function).parameters)
