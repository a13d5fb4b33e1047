"""The parts of a run that need no submission, done before one is saved: the clauses read, the workers started."""

from collections.abc import Iterator
from contextlib import contextmanager

from nnkata.runner.prepared import Workers, two_processes
from nnkata.runner.session import called_cases
from nnkata.runner.settings import Settings
from nnkata.subject import Isolated, NotFound, locate


@contextmanager
def started(settings: Settings) -> Iterator[Workers]:
    """The workers that a run with these settings will need; also reads the clauses. Ends the unused ones.

    Behind a wall they cannot start ahead: it lets them read the files that were there when they started.
    """
    workers = Workers([])
    try:
        if settings.isolation == "process" and settings.user is None:
            _launch(settings, workers)
        called_cases(settings)
        yield workers
    finally:
        workers.close()


def _launch(settings: Settings, workers: Workers) -> None:
    try:
        implementation = locate(settings.implementation, settings.start)
    except NotFound:  # reported by the run, if it is still so then
        return
    for _number in range(0 if implementation.command else 1 + two_processes(settings)):
        worker = Isolated(implementation, settings.limits)
        workers.waiting.append(worker)
        worker.launch()
