"""The parts of the time of one `nnkata check`, as seen from the shell.

    python -m benchmarks.breakdown NAME     (one run, as JSON)

The time of a run in a fresh process is split into the interpreter, the imports, the clauses, the
worker (its start, and the submission's answers), the steps, the waits for mypy, and the rest. `measure`
starts such processes and takes medians; the remaining time that the shell sees is the interpreter's start and end. The
parts add up to the whole: each is the time spent in a call without the nested calls that have a part of their own.
"""

import io
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

INTERPRETER = "interpreter, start and end"
IMPORTS = "imports"
PREPARE = "locating, reading, starting worker and mypy"
BETWEEN = "between clauses, and waiting for the second process"
CASES = "the clauses, as calls of their steps"
READY = "waiting for the worker to come up"
ANSWERS = "waiting for the submission's answers"
STEPS = "steps: inputs, oracle, comparisons"
MYPY = "waiting for mypy"
REST = "verdict and report"
PARTS = (INTERPRETER, IMPORTS, PREPARE, BETWEEN, CASES, READY, ANSWERS, STEPS, MYPY, REST)


class Parts:
    """Seconds by part; the time of a nested part does not count for the outer one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """The time inside counts for this part."""
        self._switch()
        self._open.append(name)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def around(self, owner: Any, name: str, part: str) -> None:
        """Count every call of a method or function for this part."""
        inner: Callable[..., Any] = getattr(owner, name)

        def counted(*args: Any, **more: Any) -> Any:
            with self.part(part):
                return inner(*args, **more)

        setattr(owner, name, counted)


def once(name: str) -> dict[str, float]:
    """One check in this process, which must not have imported anything of nnkata yet; seconds by part."""
    parts = Parts()
    with parts.part(IMPORTS):
        from nnkata.cli import checking, main
        from nnkata.runner import run, session
        from nnkata.runner.direct_run.direct import Direct
        from nnkata.runner.typecheck.check import TypeCheck
        from nnkata.subject.isolated import Isolated
    parts.around(run, "prepare", PREPARE)
    parts.around(session, "_run_cases", BETWEEN)
    parts.around(session, "called_cases", CASES)
    parts.around(Direct, "_run", STEPS)
    parts.around(Isolated, "ready", READY)
    parts.around(Isolated, "ask", ANSWERS)
    for answer in ("trouble", "findings", "differences"):
        parts.around(TypeCheck, answer, MYPY)
    parts.around(checking, "judge", REST)
    sys.argv = ["nnkata", "check", name, "--seed", "1"]
    with redirect_stdout(io.StringIO()), parts.part(REST):
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise
    return parts.seconds


def measure(name: str, rounds: int) -> dict[str, dict[str, float]]:
    """The spread of each part over the rounds, in seconds, and of the whole."""
    from benchmarks import timing

    kept: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        begun = time.perf_counter()
        line = [sys.executable, "-m", "benchmarks.breakdown", name]
        done = subprocess.run(line, cwd=timing.ROOT, check=True, capture_output=True, text=True)
        whole = time.perf_counter() - begun
        parts = json.loads(done.stdout)
        parts[INTERPRETER] = whole - sum(parts.values())
        for part in PARTS:
            kept[part].append(parts.get(part, 0.0))
        kept["whole"].append(whole)
    return {part: timing.spread(values) for part, values in kept.items()}


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1])))
