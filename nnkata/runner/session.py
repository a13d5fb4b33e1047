"""One run of the bound features in this process."""

import contextlib
import io

import pytest

from nnkata.language import _
from nnkata.runner.collected import Collected, collected
from nnkata.runner.collector import Begun, Collector, Progress
from nnkata.runner.direct import Direct
from nnkata.runner.prepared import Prepared
from nnkata.runner.second import Second
from nnkata.runner.settings import Settings
from nnkata.runner.waiting import Waiting

#: pytest's exit status if a clause failed.
STOPPED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)


def run(settings: Settings, prepared: Prepared, progress: Progress, begun: Begun) -> Collector:
    """Run the bound features; return the results of the clauses, and failures before the first of them.

    Raises:
        NotFound: the implementation cannot be imported.
    """
    collector = Collector(progress, begun)
    own = settings.isolation != "none"  # in a worker nothing is printed into this process

    def use(clauses: Collected) -> None:
        if clauses.problem:
            collector.problems.append(clauses.problem)
            return
        waiting = Waiting(settings, collector)
        plugins: list[object] = [collector, Second(prepared, collector), waiting]
        if own and settings.features is None:
            plugins.append(Direct(collector, waiting))
        with contextlib.redirect_stdout(io.StringIO()):
            status = clauses.run(prepared, plugins)
        if status == pytest.ExitCode.INTERRUPTED and not settings.first_failure:
            collector.interrupted = True
        if status not in (pytest.ExitCode.OK, *STOPPED):
            collector.problems.append(_("pytest ended with {status!r}").format(status=status))

    collected(settings.only, not own, settings.features, use)
    return collector
