"""Judges tasks in parallel, few at a time, in local processes or on a Dask cluster."""

import gc
import importlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import msgspec
from pebble import ProcessPool

from nnkata.grading.task import Task, judge_task
from nnkata.language import _
from nnkata.runner.judging_process.separate_process import undisturbed
from nnkata.runner.typecheck.servers import MYPY_SECONDS
from nnkata.subject.walls.wasm import keep_one
from nnkata.worker.system import end_with_parent, ignore_interrupts

#: A judging process is replaced after this many submissions, which limits leaks.
TASKS_A_PROCESS = 100
#: The seconds for a verdict beyond the submission's own time, before its process is ended: mypy, and two starts. Also
#: the delay for noticing a process that dies in the millisecond in which it takes a task; a later death shows at once.
BEYOND_SECONDS = MYPY_SECONDS + 60
#: A dying process loses its submission; the number of attempts.
ATTEMPTS = 2

#: Submits a task; its future holds the verdict's JSON, or the exception that ended the work.
Submit = Callable[[Task], "Future[bytes]"]


class Lost(Exception):
    """Every attempt at a submission killed its judging process."""


class Again(Exception):
    """A task was lost on its way, and not by its submission: it is sent again, however often."""


def run(tasks: Iterable[Task], submit: Submit, in_flight: int) -> Iterator[tuple[Task, bytes | Lost]]:
    """The verdicts of tasks in the order of completion. At most `in_flight` tasks are in memory."""
    waiting = iter(tasks)
    running: dict[Future[bytes], tuple[Task, int]] = {}
    exhausted = False
    while True:
        while not exhausted and len(running) < in_flight:
            task = next(waiting, None)
            if task is None:
                exhausted = True
            else:
                running[submit(task)] = task, 1
        if not running:
            return
        done, _running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            task, attempt = running.pop(future)
            error = future.exception()
            if error is None:
                yield task, future.result()
            elif isinstance(error, Again):
                running[submit(task)] = task, attempt
            elif attempt < ATTEMPTS:
                running[submit(task)] = task, attempt + 1
            else:
                yield (
                    task,
                    Lost(
                        _("judging it ended {attempts} times without a verdict: {name}: {error}").format(
                            attempts=ATTEMPTS, name=type(error).__name__, error=error
                        )
                    ),
                )


@contextmanager
def processes(jobs: int, folder: Path) -> Iterator[Submit]:
    """This number of judging processes on this machine, with their temporary files in `folder`."""
    pool = ProcessPool(
        max_workers=jobs,
        max_tasks=TASKS_A_PROCESS,
        initializer=_begin,
        initargs=[str(folder)],
        context=get_context("spawn"),
    )

    def submit(task: Task) -> "Future[bytes]":
        seconds = task.options.limits.submission_seconds + BEYOND_SECONDS
        with undisturbed():  # the first call starts the processes: none gets an interrupt meanwhile
            future: Future[bytes] = pool.schedule(judge_task, args=[msgspec.msgpack.encode(task)], timeout=seconds)
        return future

    try:
        yield submit
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # Pebble leaves this one method without types
        pool.join()


def _begin(folder: str) -> None:
    ignore_interrupts()  # the scheduler ends the processes
    end_with_parent()  # and its worker with it; the janitor removes the files in the folder
    tempfile.tempdir = folder
    keep_one()
    importlib.import_module("nnkata.runner.judging_process.preloaded")
    gc.freeze()  # looking for cycles in all of that took 15 ms per submission
