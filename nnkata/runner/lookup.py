"""Finds the function of a step once for each text.

pytest-bdd looks through every registered step, twice, for each step of each scenario, and asks pytest of each whether
it is visible there before it compares a letter: half of what a run costs beside the submission's own computing. In a
run of our own all steps come from plugins, so all are visible from everywhere and a text always means the same one, in
each of the languages; nothing that a submission says or does is part of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from inspect import signature
from typing import Any

from nnkata.katas.article.steps import MODULES
from nnkata.lint import StepPattern, step_fixtures

#: The names of the fixtures that a step's type and text mean.
_found: dict[tuple[str, str], list[str]] = {}


@cache
def _steps() -> list[tuple[str, StepPattern]]:
    """All steps; pytest and pytest-bdd ask again and again for their signatures, and here find them written down."""
    found = []
    for module in map(import_module, MODULES):
        for name, pattern in step_fixtures([module]):
            found.append((name, pattern))
            function: Any
            for function in (pattern.step_func, getattr(module, name).__wrapped__):
                function.__signature__ = signature(function)
    return found


@contextmanager
def remembered() -> Iterator[None]:
    """Within it, pytest-bdd's look-up is remembered, also from one run to the next."""
    _steps()
    scenario: Any = import_module("pytest_bdd.scenario")  # as a name of the package it is the decorator
    look = scenario.find_fixturedefs_for_step

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        key = (step.type, step.name)
        if key not in _found:
            own = [(name, s) for name, s in _steps() if s.type in (step.type, None)]
            names = [name for name, s in own if s.parser.is_matching(step.name)]
            if not names:  # pytest-bdd says so, in its own words
                return list(look(step=step, fixturemanager=fixturemanager, node=node))
            _found[key] = list(dict.fromkeys(names))
        return [found for name in _found[key] for found in fixturemanager.getfixturedefs(name, node) or []]

    scenario.find_fixturedefs_for_step = find
    try:
        yield
    finally:
        scenario.find_fixturedefs_for_step = look
