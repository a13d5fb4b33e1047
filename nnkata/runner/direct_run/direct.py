"""Runs the clauses of a kata by calling the functions of their steps, without pytest.

pytest and pytest-bdd take longer for their start, the collection and the fixtures, hooks and reports of each clause
than most networks take for their answers. The same clauses run under pytest in `pytest tests/contract` and in this
process (`--isolation none`); features of a user's own always do.
"""

import time
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.runner.direct_run.cases import Case
from nnkata.runner.prepared import Prepared
from nnkata.runner.results.clause_result import Calls, Passes, result_of, world_of
from nnkata.runner.results.collector import Collector
from nnkata.runner.skipped import left_out
from nnkata.runner.waiting_stages import waits_for
from nnkata.steps.definitions import Skipped


class Direct:
    """Runs cases for one implementation."""

    def __init__(self, cases: Sequence[Case], prepared: Prepared, collector: Collector) -> None:
        self.prepared, self.collector = prepared, collector
        #: In the order of the run.
        self.cases = cases
        self._passes = Passes(case.clause.tag for case in self.cases)
        #: Whether a clause has failed in a run that ends at the first failure.
        self.stopped = False

    def each(self, cases: Iterable[Case]) -> Iterator[Case]:
        """Run cases, up to the first failure if the run ends there; yield each after its run."""
        for case in cases:
            self._run(case)
            yield case
            if self.stopped:
                return

    def _run(self, case: Case) -> None:
        """Run the case, and note the result of its clause."""
        calls, error, began = Calls(), None, time.perf_counter()
        try:
            self._call(case, calls)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # any exception of a step, SystemExit too, is the end of its clause alone
            error = raised
        seconds = time.perf_counter() - began
        result = result_of(case.clause, case.example, error, seconds, calls, self.prepared, self._passes)
        self.collector.note(result)
        settings = self.prepared.settings
        known = case.clause.tag in settings.known_failures
        self.stopped = settings.first_failure and (result.status == "passed" if known else result.failed)

    def _call(self, case: Case, calls: Calls) -> None:
        prepared, clause = self.prepared, case.clause
        if reason := waits_for(clause, prepared.settings, self.collector):
            raise Skipped(reason)
        self.collector.begin(clause.tag)
        skip, only = prepared.settings.skip, prepared.settings.only
        if left := left_out(clause, skip, only, lambda: prepared.facts.dataset.full):
            raise Skipped(left)
        prepared.transport.begin()
        world = None
        for step in case.steps:
            given = step.arguments()
            if step.worlds:
                world = world_of(prepared, clause.tag, calls) if world is None else world
                given["world"] = world
            if world is not None:
                calls.made.append(((step.function, dict(given)), step.text))
            came = step.function(**given)
            if step.kind == "then" and isinstance(came, bool | np.bool_):
                text = _(
                    "the step returns {value}, which checks nothing; let it raise, as nnkata.steps.compare.holds does"
                )
                raise UsageError(text.format(value=came))
