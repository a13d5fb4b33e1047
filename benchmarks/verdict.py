"""The cost of a verdict beyond the submission's own computing: in a batch (warm) and as one command (cold).

    python -m benchmarks.verdict [--quick]

The bare computing is a plain loop over the same calls with the same inputs: the requests of the steps are recorded in
one run and repeated on the same class in this process. In each round the verdict and the bare loop are timed in turns;
the overhead is the median of their differences over the rounds. mypy's cache is warm. A warm verdict runs in the
sandbox if there is one, with mypy beside the other stages as in `check`, or after them as in `grade`. A cold one is
`nnkata check` from the shell, with its defaults. The cost of one more submission of a batch is the difference in wall
time between a small and a larger batch, per submission; with n jobs it is compared with 1/n of the bare computing.
Writes benchmarks/results/verdict.json.
"""

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import batch, breakdown, timing
from nnkata.runner.prepared import prepare
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject import locate
from nnkata.subject.inprocess import InProcess

SUBMISSIONS = {"reference": "reference/network.py", "article's code, corrected": "solutions/correct/plain.py"}
SEED = 1
#: The number of rounds of the full run, and of the quick one.
ROUNDS = (11, 3)
BATCH, BESIDE = "warm, as in a batch", "warm, mypy beside"
#: The rows that are compared with the bare loop.
HELD = (BESIDE, BATCH, "check")
ROWS = ("bare", *(row for name in HELD for row in (name, f"{name}, beyond bare")))
#: All timed rows, in the order of the table.
ROWS += ("check --upto forward", "--help", "python")

Call = tuple[str, Sequence[Any], float]


class Recorder:
    """A transport that passes every request on and records it."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.calls = inner, list[Call]()

    def ask(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        """Record the request and pass it on."""
        self.calls.append((op, args, seconds))
        return self.inner.ask(op, args, seconds)

    def ready(self) -> None:
        """Import the submission."""
        self.inner.ready()

    def begin(self) -> None:
        """Begin a clause."""
        self.inner.begin()

    def close(self) -> None:
        """End the worker."""
        self.inner.close()


def recorded(settings: Settings) -> list[Call]:
    """The requests that the steps of a whole run send to a submission."""
    ready = prepare(settings)
    recorder: Any = Recorder(ready.transport)
    ready.transport = ready.subject.transport = recorder
    found = judge(settings, prepared=ready)
    if not found.passed:
        raise SystemExit(f"{settings.implementation} does not conform; its cost would not be that of a whole verdict")
    calls: list[Call] = recorder.calls
    return calls


def bare(name: str, calls: Sequence[Call]) -> None:
    """Repeat the calls in this process."""
    subject = InProcess.open(locate(name, None))
    with contextlib.redirect_stdout(io.StringIO()):
        for op, args, seconds in calls:
            with contextlib.suppress(Exception):
                subject.ask(op, args, seconds)


def timed(act: Callable[[], object]) -> Callable[[], float]:
    """A function that runs `act` and returns its seconds."""
    return lambda: timing.seconds(act)


def nnkata(*arguments: str) -> Callable[[], float]:
    """`nnkata` from the shell."""
    return timed(timing.command([sys.executable, "-m", "nnkata", *arguments]))


def one_more(name: str, jobs: int, few: int, many: int) -> float:
    """The seconds that one more submission adds to a batch with this number of jobs."""
    taken = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in (few, many):
            course = Path(scratch, f"course{count}")
            course.mkdir()
            batch.fill_alike(course, count, name)
            more = ("--jobs", str(jobs), "--isolation", timing.wall())
            taken.append(batch.graded(course, Path(scratch, f"marks{count}"), *more)["seconds"])
    return (taken[1] - taken[0]) / (many - few)


def growing(name: str, calls: Sequence[Call], rounds: int, sizes: tuple[int, int]) -> dict[str, Any]:
    """The cost of one more submission of a batch, with one job and with one per core, and its part beyond bare."""
    cores = os.cpu_count() or 1
    acts = {f"one more of a batch, {n} job{'s' * (n > 1)}": (n, partial(one_more, name, n, *sizes)) for n in (1, cores)}
    bare_act = timed(lambda: bare(name, calls))
    taken = timing.in_turn({"bare": bare_act, **{key: act for key, (_n, act) in acts.items()}}, rounds)
    rows: dict[str, Any] = {}
    for key, (n, _act) in acts.items():
        share = [seconds / n for seconds in taken["bare"]]
        rows[key] = timing.spread(taken[key])
        rows[f"{key}, beyond {'bare' if n == 1 else f'bare / {n}'}"] = timing.beyond(taken[key], share)
    return rows


def measure(name: str, options: timing.Options) -> dict[str, Any]:
    """The spread over the rounds, in seconds."""
    beside = Settings(name, isolation=timing.wall(), seed=SEED)
    after = replace(beside, beside=False)
    calls = recorded(after)
    check = ("check", name, "--seed", str(SEED))
    taken = timing.in_turn(
        {
            "bare": timed(lambda: bare(name, calls)),
            BATCH: timed(lambda: judge(after)),
            BESIDE: timed(lambda: judge(beside)),
            "check": nnkata(*check),
            "check --upto forward": nnkata(*check, "--upto", "forward"),
            "--help": nnkata("--help"),
            "python": timed(timing.command([sys.executable, "-c", "pass"])),
        },
        options.pick(*ROUNDS),
    )
    rows = {name: timing.spread(values) for name, values in taken.items()}
    rows |= {f"{name}, beyond bare": timing.beyond(taken[name], taken["bare"]) for name in HELD}
    ratios = {name: timing.ratio(taken[name], taken["bare"]) for name in HELD}
    added = growing(name, calls, options.pick(3, 1), (2, options.pick(14, 4)))
    return {"calls": len(calls), "seconds": {row: rows[row] for row in ROWS} | added, "times_the_bare": ratios}


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    rows = {label: measure(name, options) for label, name in SUBMISSIONS.items()}
    parts = {label: breakdown.measure(name, options.pick(7, 2)) for label, name in SUBMISSIONS.items()}
    options.write(
        "verdict", {"wall": timing.wall(), "rounds": options.pick(*ROUNDS), "submissions": rows, "breakdown": parts}
    )
    for label, row in rows.items():
        print(f"\n{label}, seconds: median (quartiles)")
        for key, value in row["seconds"].items():
            print(f"  {key:<44} {value['median']:7.3f}  ({value['q1']:.3f} to {value['q3']:.3f})")
        for key, value in parts[label].items():
            print(f"    of check: {key:<52} {value['median']:7.3f}")


if __name__ == "__main__":
    main()
