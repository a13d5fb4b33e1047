"""Judge the cases in this process or in a pool of forks, in memory, without a wall."""

import io
import resource
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.naming.case import Case
from benchmarks.naming.rows import judged
from nnkata.katas.article.reading import diagnosis
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.subject.walls.limits import Limits

#: The seed of the checks.
SEED = 20
#: The stages about behaviour, without mnist, which adds nothing to the others and trains for long.
STAGES = ("preprocessing", "activations", "initialization", "forward", "backward", "update", "training")
#: The time limit of a case, in seconds; a right one takes two.
SECONDS = 90


class Late(BaseException):
    """A case took too long."""


def clauses(whole: bool) -> frozenset[str]:
    """The clauses that are judged."""
    return frozenset(c.tag for c in known_clauses() if whole or (c.stage in STAGES and c.tag != "training-8"))


def row(task: tuple[Case, frozenset[str]]) -> dict[str, Any]:
    """Judge one case."""
    case, only = task

    def late(_number: int, _frame: object) -> None:
        raise Late

    diagnosis.STRICT = True
    most = Limits().memory_mb << 20  # as for a worker: some edits make arrays of many gigabytes
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        with tempfile.TemporaryDirectory(prefix="naming-") as folder, redirect_stdout(io.StringIO()):
            file = Path(folder, "network.py")
            file.write_text(case.text, encoding="utf-8")
            np.random.seed(SEED)
            with redirect_stderr(io.StringIO()):
                verdict = judge(Settings(str(file), isolation="none", seed=SEED, only=only))
            return judged(case, verdict)
    except Late:
        return {"case": case.name, "set": case.kind, "late": "no verdict in time"}
    except Exception as error:  # a fault of the kit: report it, and judge the others
        return {"case": case.name, "set": case.kind, "late": f"{type(error).__name__}: {error}"}
    finally:
        signal.alarm(0)


def rows(cases: Sequence[Case], jobs: int, whole: bool) -> Iterator[dict[str, Any]]:
    """Judge all cases."""
    tasks = [(case, clauses(whole)) for case in cases]
    if jobs == 1:
        yield from map(row, tasks)
        return
    with get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(row, tasks, chunksize=2)
