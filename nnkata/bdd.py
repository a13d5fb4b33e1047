"""The private parts of pytest-bdd that nnkata leans on, all of them here, so that a new release is tried in one place.

`tests/test_bdd.py` says in words what each of them has to be. pytest-bdd looks through every registered step, twice,
for each step of each scenario, and asks pytest of each whether it is visible there before it compares a letter: half of
the cost of a run beside the submission's own computing. In a run of our own all steps come from plugins, so all are
visible from everywhere and a text always means the same one, in each of the languages; nothing that a submission says
or does is part of it.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from inspect import signature
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd.parser import PARAM_RE, render_string
from pytest_bdd.scenario import make_python_name, scenario_wrapper_template_registry
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from nnkata.gherkin import ANY, ENCODING, Node, document

__all__ = [
    "PARAM_RE",
    "StepPattern",
    "as_cucumber",
    "make_python_name",
    "plugin",
    "remembered",
    "render_string",
    "scenario_of",
    "step_fixtures",
    "step_patterns",
]

#: The module that pytest loads as pytest-bdd's plugin.
PLUGIN = "pytest_bdd.plugin"
#: A step as pytest-bdd keeps it: `type` (given, when, then, or None for any), `parser` and `step_func`.
StepPattern = StepFunctionContext


class _Templates:
    """Stands for Mako's `TemplateLookup` until a template is asked for."""

    def __init__(self, **options: object) -> None:
        self._options = options

    def get_template(self, uri: str) -> Any:
        """The template of this name, from Mako."""
        return import_module("mako.lookup").TemplateLookup(**self._options).get_template(uri)


@cache
def plugin() -> ModuleType:
    """pytest-bdd's plugin, without the templates of code that nobody asks a run of ours to write.

    It makes a Mako `TemplateLookup` when it is imported, and with Mako come the lexers of Pygments: 80 of the 220 ms
    that a check takes to import all that it needs (pytest-bdd 9.0, Mako 1.3).
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
    """The steps that modules define or import: pytest-bdd leaves them in their modules as fixtures, here with names."""
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
    """Where a path leads; asked for each item again and again."""
    return os.path.realpath(path)


class _Parsed:
    """In place of the parser of gherkin-official, for pytest-bdd."""

    @staticmethod
    def parse(text: str) -> Node:
        """The tree of a text."""
        return document(text)


@contextmanager
def as_cucumber() -> Iterator[None]:
    """Within it, pytest-bdd reads features as Cucumber does: behind a mark of UTF-8, and a * as a step of any kind.

    A file that has been read before is read anew: pytest-bdd keeps features by their paths, and never looks again. A
    text that has been parsed here is not parsed again, which takes 11 ms for all features.
    """
    parser: Any = import_module("pytest_bdd.parser")
    reader: Any = import_module("pytest_bdd.gherkin_parser")
    features: Any = import_module("pytest_bdd.feature")
    read, kinds = parser.get_gherkin_document, parser.STEP_TYPE_BY_PARSER_KEYWORD
    features.features.clear()
    parse = reader.Parser
    parser.get_gherkin_document = lambda path, encoding="utf-8": read(path, ENCODING)
    reader.Parser = _Parsed
    kinds["Unknown"] = ANY
    try:
        yield
    finally:
        parser.get_gherkin_document, reader.Parser = read, parse
        del kinds["Unknown"]


@cache
def _steps(modules: tuple[str, ...]) -> list[tuple[str, StepPattern]]:
    """All steps; pytest and pytest-bdd ask again and again for their signatures, and here find them written down."""
    found = []
    for module in map(import_module, modules):
        for name, pattern in step_fixtures([module]):
            found.append((name, pattern))
            function: Any
            for function in (pattern.step_func, getattr(module, name).__wrapped__):
                function.__signature__ = signature(function)
    return found


@cache
def _names(modules: tuple[str, ...], kind: str, text: str) -> tuple[str, ...]:
    """The names of the fixtures that a step's type and text mean."""
    own = [(name, step) for name, step in _steps(modules) if kind == ANY or step.type in (kind, None)]
    return tuple(dict.fromkeys(name for name, step in own if step.parser.is_matching(text)))


@contextmanager
def remembered(modules: Sequence[str]) -> Iterator[None]:
    """Within it, pytest-bdd's look-up of the steps of these modules is remembered, also from one run to the next."""
    steps = tuple(modules)
    _steps(steps)
    scenario: Any = import_module("pytest_bdd.scenario")  # as a name of the package it is the decorator
    look = scenario.find_fixturedefs_for_step

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        names = _names(steps, step.type, step.name)
        if not names:  # pytest-bdd says so, in its own words
            return list(look(step=step, fixturemanager=fixturemanager, node=node))
        return [found for name in names for found in fixturemanager.getfixturedefs(name, node) or []]

    scenario.find_fixturedefs_for_step = find
    try:
        yield
    finally:
        scenario.find_fixturedefs_for_step = look
