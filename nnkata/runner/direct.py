"""Runs the clauses of a kata by calling the functions of their steps, without pytest's fixtures and reports.

pytest and pytest-bdd take as long around a step as our side of a quick step takes: fixtures set up, hooks, signatures,
three reports per clause. Here pytest collects the clauses, and asks for each in its turn. The same clauses run as its
ordinary tests in `pytest tests/contract`, with features of a user's own, and in this process (`--isolation none`).
"""

from collections.abc import Sequence
from typing import Any

import pytest

from nnkata.bdd import StepCall, step_calls
from nnkata.kata import current as kata
from nnkata.runner import binding
from nnkata.runner.collector import Collector
from nnkata.runner.items import CALLS, PREPARED, clause_of, example_of, result_of, world_of
from nnkata.runner.waiting import Waiting

#: Of an item: its steps, made once; None if they need more than a world.
STEPS = pytest.StashKey[Sequence[StepCall] | None]()
#: The argument of a step that is no part of its text.
WORLD = "world"


class Direct:
    """A pytest plugin: runs each item of which the steps need nothing but a world; pytest runs the others."""

    def __init__(self, collector: Collector, waiting: Waiting) -> None:
        self._collector, self._waiting = collector, waiting

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Run the item, and note the result of its clause."""
        clause, steps = clause_of(item), _steps(item)
        if clause is None or steps is None:
            return None
        ends = (KeyboardInterrupt, pytest.exit.Exception)
        call = pytest.CallInfo.from_call(lambda: self._run(item, steps), "call", reraise=ends)
        result = result_of(item, call, clause)
        self._collector.note(result)
        known = clause.tag in item.config.stash[PREPARED].settings.known_failures
        if result.status == "passed" if known else result.failed:
            item.session.testsfailed += 1
            if item.session.testsfailed == item.config.option.maxfail:
                item.session.shouldfail = "a clause has failed"
        return True

    def _run(self, item: pytest.Item, steps: Sequence[StepCall]) -> None:
        self._waiting.pytest_runtest_setup(item)
        self._collector.pytest_runtest_setup(item)
        binding.pytest_runtest_setup(item)
        world: Any = None
        for step in steps:
            given = step.arguments()
            if step.needed and world is None:
                world = world_of(item)
            given |= dict.fromkeys(step.needed, world)
            if world is not None:
                item.stash[CALLS].append(((step.function, dict(given)), step.text))
            step.function(**given)


def _steps(item: pytest.Item) -> Sequence[StepCall] | None:
    if STEPS not in item.stash:
        calls = step_calls(item, example_of(item), kata().steps)
        item.stash[STEPS] = None if calls is None or any(call.needed - {WORLD} for call in calls) else calls
    return item.stash[STEPS]
