"""What a verdict costs beyond the submission's own computing: in a batch (warm) and as one command (cold).

    python benchmarks/verdict.py [--rounds 9] [--isolation sandbox]

The bare computing is the same calls on the same inputs in a plain loop: what the steps ask of a network is recorded in
one run, and carried out again on the same class in this process. In each round the verdict and the bare loop are
timed in turn; the overhead is their difference, its median over the rounds the result. mypy's cache is warm.
Writes benchmarks/results/verdict.json.
"""

import argparse
import contextlib
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402 - after the number of threads is set

from nnkata.runner.prepared import prepare  # noqa: E402
from nnkata.runner.run import judge  # noqa: E402
from nnkata.runner.settings import Settings  # noqa: E402
from nnkata.subject import locate  # noqa: E402
from nnkata.subject.inprocess import InProcess  # noqa: E402

HERE = Path(__file__).resolve().parent
SUBMISSIONS = {"reference": "reference/network.py", "article, corrected": "solutions/correct/plain.py"}
SEED = 1

Call = tuple[str, Sequence[Any], float]


class Recorder:
    """A transport that passes everything on and remembers what was asked."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.calls = inner, list[Call]()

    def ask(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        """Remember the request and pass it on."""
        self.calls.append((op, args, seconds))
        return self.inner.ask(op, args, seconds)

    def ready(self) -> None:
        """Import the submission."""
        self.inner.ready()

    def begin(self) -> None:
        """A clause begins."""
        self.inner.begin()

    def close(self) -> None:
        """End the worker."""
        self.inner.close()


def recorded(settings: Settings) -> list[Call]:
    """What the steps of a whole run ask of a submission."""
    ready = prepare(settings)
    recorder = Recorder(ready.transport)
    ready.transport = ready.subject.transport = recorder
    judge(settings, prepared=ready)
    return recorder.calls


def bare(name: str, calls: Sequence[Call]) -> None:
    """The same calls, in this process."""
    subject = InProcess.open(locate(name, None))
    with contextlib.redirect_stdout(io.StringIO()):
        for op, args, seconds in calls:
            with contextlib.suppress(Exception):
                subject.ask(op, args, seconds)


def seconds(act: Callable[[], object]) -> float:
    """The wall time of an act."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def command(name: str, isolation: str, *more: str) -> Callable[[], object]:
    """`nnkata check` from the shell."""
    line = [sys.executable, "-m", "nnkata", "check", name, "--seed", str(SEED), "--isolation", isolation, *more]
    return lambda: subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def measure(name: str, isolation: str, rounds: int) -> dict[str, dict[str, float]]:
    """Medians and quartiles, in seconds, over the rounds."""
    settings = Settings(name, isolation=isolation, seed=SEED)
    calls = recorded(settings)
    contenders: dict[str, Callable[[], object]] = {
        "bare": lambda: bare(name, calls),
        "warm": lambda: judge(settings),
        "cold": command(name, isolation),
        "upto forward": command(name, isolation, "--upto", "forward"),
        "help": lambda: subprocess.run([sys.executable, "-m", "nnkata", "--help"], check=True, capture_output=True),
    }
    times: dict[str, list[float]] = {key: [] for key in contenders}
    for number in range(rounds):
        for key, act in contenders.items():
            times[key].append(seconds(act))
        print(f"\r{name}: round {number + 1} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    times["warm overhead"] = [w - b for w, b in zip(times["warm"], times["bare"], strict=True)]
    times["cold overhead"] = [c - b for c, b in zip(times["cold"], times["bare"], strict=True)]
    return {key: spread(values) for key, values in times.items()} | {"calls": {"count": len(calls)}}


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and quartiles."""
    low, middle, high = np.percentile(values, [25, 50, 75])
    return {"median": round(float(middle), 4), "q1": round(float(low), 4), "q3": round(float(high), 4)}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--isolation", default="sandbox", choices=["process", "sandbox"])
    parser.add_argument("--output", type=Path, default=HERE / "results" / "verdict.json")
    options = parser.parse_args()
    os.chdir(HERE.parent)
    results = {label: measure(name, options.isolation, options.rounds) for label, name in SUBMISSIONS.items()}
    machine = {"python": platform.python_version(), "numpy": np.__version__, "cores": os.cpu_count()}
    found = {"isolation": options.isolation, "rounds": options.rounds, "machine": machine, "seconds": results}
    options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for label, rows in results.items():
        print(f"\n{label}, {options.isolation}, seconds: median (quartiles)")
        for key, row in rows.items():
            if "median" in row:
                print(f"  {key:<15} {row['median']:7.3f}  ({row['q1']:.3f} to {row['q3']:.3f})")
    print(f"\nload while measuring: {statistics.fmean(os.getloadavg()):.1f}")


if __name__ == "__main__":
    main()
