"""One run of the clauses in this process: by calls of their steps, or under pytest."""

import warnings
from collections.abc import Sequence

from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.places import feature_files
from nnkata.runner.direct_run import second_process
from nnkata.runner.direct_run.cases import Case, cases
from nnkata.runner.direct_run.direct import Direct
from nnkata.runner.prepared import Prepared
from nnkata.runner.results.collector import Begun, Collector, Progress
from nnkata.runner.selection import requested, start_mypy
from nnkata.runner.settings import Settings


def run(settings: Settings, prepared: Prepared, progress: Progress, begun: Begun) -> Collector:
    """Run the clauses; return their results, and failures before the first of them.

    Raises:
        NotFound: the implementation cannot be imported.
        UsageError: pytest does not start.
    """
    collector = Collector(progress, begun)
    if settings.features is None:
        start_mypy(prepared, requested_clauses(settings))
    called = called_cases(settings)
    if called is None:
        from nnkata.runner.pytest_run.under_pytest import run_in_pytest  # imports pytest: 80 ms

        run_in_pytest(settings, prepared, collector)
    else:
        _run_cases(called, prepared, collector)
    return collector


def called_cases(settings: Settings) -> Sequence[Case] | None:
    """The cases of the requested clauses; None if they run under pytest.

    Features of a user's own do, as their steps may be others; so does an implementation in this process, of which
    pytest catches the outputs.
    """
    if settings.features is not None or settings.isolation == "none":
        return None
    return cases(requested_clauses(settings))


def requested_clauses(settings: Settings) -> list[Clause]:
    """The kata's clauses that the settings ask for, in the order of the run."""
    return requested(clauses(feature_files(None)), lambda clause: clause, settings)


def _run_cases(called: Sequence[Case], prepared: Prepared, collector: Collector) -> None:
    direct = Direct(called, prepared, collector)
    prepared.ready()
    try:
        with warnings.catch_warnings():  # nobody sees those of the steps
            warnings.simplefilter("ignore")
            second_process.run(direct)
    except KeyboardInterrupt:
        collector.interrupted = True
