"""Finds the function of a step once for each text.

pytest-bdd looks through every registered step, twice, for each step of each scenario: half of what a run costs beside
the submission's own computing. In a run of our own all steps come from plugins, so all are visible from everywhere and
a text always means the same one; nothing that a submission says or does is part of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

#: The names of the fixtures that a step's type and text mean, in the order in which pytest-bdd found them.
_found: dict[tuple[str, str], list[str]] = {}


@contextmanager
def remembered() -> Iterator[None]:
    """Within it, pytest-bdd's look-up is remembered, also from one run to the next."""
    scenario: Any = import_module("pytest_bdd.scenario")  # as a name of the package it is the decorator
    look = scenario.find_fixturedefs_for_step

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        key = (step.type, step.name)
        if key in _found:
            return [found for name in _found[key] for found in fixturemanager.getfixturedefs(name, node) or []]
        definitions = list(look(step=step, fixturemanager=fixturemanager, node=node))
        if definitions:
            _found[key] = list(dict.fromkeys(found.argname for found in definitions))
        return definitions

    scenario.find_fixturedefs_for_step = find
    try:
        yield
    finally:
        scenario.find_fixturedefs_for_step = look
