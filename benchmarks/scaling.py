"""The scaling of a batch: the coordinator's submissions per second, and a simulation of 100,000 on N workers.

    python -m benchmarks.scaling [--submissions 100000] [--measured 6000]

Measured: `grade` on a folder of small submissions with immediate verdicts, so that only the coordinator works (read,
hash, look up, keep, write); and a real Dask scheduler and workers on loopback, with messages and answers of the same
size and no judging.

Simulated, event by event: the service times of the workers are drawn from those of the last batch
(benchmarks/batch.py); the coordinator handles one submission at a time, at its measured cost; at most two per worker
are in flight, as in `nnkata.grading.schedule`. Writes benchmarks/results/scaling.json.
"""

import argparse
import heapq
import json
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from nnkata.grading import batch
from nnkata.grading.task import Options, Task, unjudged
from nnkata.verdict import Verdict, encode

HERE = Path(__file__).resolve().parent
#: Above `alike.MOST_COMPARED`: too large to be compared in pairs, as the simulated folder is; a tenth of it is not.
MEASURED = 6000
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048)
PLAIN = HERE.parent / "solutions" / "correct" / "plain.py"


def course(folder: Path, count: int) -> Path:
    """Write this number of different submissions."""
    folder.mkdir()
    text = PLAIN.read_text(encoding="utf-8")
    for number in range(count):
        (folder / f"student{number:06}.py").write_text(f"{text}# {number}\n", encoding="utf-8")
    return folder


def answer() -> bytes:
    """A verdict of the usual size."""
    return encode(unjudged("somebody", "not judged: this measures the coordinator alone", OPTIONS))


OPTIONS = Options(isolation="process", seed=1)


def coordinator(scratch: Path, count: int) -> dict[str, float]:
    """The submissions per second that the coordinator handles, and its memory."""
    canned = answer()

    @contextmanager
    def at_once(jobs: int, folder: Path) -> Iterator[Any]:
        def submit(task: Task) -> "Future[bytes]":
            msgspec.msgpack.encode(task)
            done: Future[bytes] = Future()
            done.set_result(canned)
            return done

        yield submit

    module: Any = batch
    before, module.processes = module.processes, at_once
    given = batch.Batch(course(scratch / f"course{count}", count), scratch / f"marks{count}", OPTIONS, {}, seed=1)
    begun = time.perf_counter()
    try:
        batch.grade(given, lambda total: None, _nothing)
    finally:
        module.processes = before
    taken = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {"submissions": count, "a_second": round(count / taken, 1), "peak_mb_so_far": round(peak, 1)}


def _nothing(name: str, verdict: Verdict, old: bool) -> None:
    """Report no progress."""


def echo(message: bytes, back: bytes) -> bytes:
    """The task of a worker that judges nothing."""
    return back if message else b""


def dask(count: int) -> float:
    """The tasks per second of a real scheduler and two workers on loopback."""
    from distributed import Client, LocalCluster, as_completed

    message = msgspec.msgpack.encode(Task("student", "student.py", {"student.py": PLAIN.read_bytes()}, OPTIONS))
    back = answer()
    cluster: Any = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)  # type: ignore[no-untyped-call]  # Dask has no types
    with cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]  # Dask has no types
        begun = time.perf_counter()
        waiting: Any = as_completed()  # type: ignore[no-untyped-call]  # Dask has no types
        left = count
        for _ in range(min(8, count)):
            waiting.add(client.submit(echo, message, back, pure=False))
            left -= 1
        for future in waiting:
            future.result()
            if left:
                waiting.add(client.submit(echo, message, back, pure=False))
                left -= 1
        return count / (time.perf_counter() - begun)


def simulate(count: int, workers: int, service: Sequence[float], cost: float, seed: int = 1) -> dict[str, float]:
    """The seconds until all are judged, and the utilisation of the workers and the coordinator.

    A submission takes half of the coordinator's `cost` (seconds) when it is sent, and half when its verdict arrives.
    """
    draw = random.Random(seed)
    clock = busy = worked = 0.0
    free = [0.0] * workers  # when each worker is free
    done: list[float] = []  # when verdicts arrive
    given = finished = 0
    while finished < count:
        if given < count and given - finished < 2 * workers:
            clock += cost / 2
            busy += cost / 2
            takes = draw.choice(service)
            begins = max(clock, heapq.heappop(free))
            heapq.heappush(free, begins + takes)
            heapq.heappush(done, begins + takes)
            worked += takes
            given += 1
        else:
            clock = max(clock, heapq.heappop(done)) + cost / 2
            busy += cost / 2
            finished += 1
    return {
        "workers": workers,
        "hours": round(clock / 3600, 3),
        "a_second": round(count / clock, 2),
        "workers_busy": round(worked / clock / workers, 3),
        "coordinator_busy": round(busy / clock, 3),
    }


def main() -> None:
    """Measure, simulate, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=100_000)
    parser.add_argument("--measured", type=int, default=MEASURED)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "scaling.json")
    options = parser.parse_args()
    service = json.loads((HERE / "results" / "batch.json").read_text())["verdict_seconds"]
    with tempfile.TemporaryDirectory() as scratch:
        measured = [coordinator(Path(scratch), n) for n in (options.measured // 10, options.measured)]
    for row in measured:
        print("coordinator:", row, flush=True)
    tasks = dask(min(options.measured, 2000))
    print(f"Dask on loopback: {tasks:.0f} tasks a second", flush=True)
    cost = 1 / measured[-1]["a_second"] + 1 / tasks
    simulated = [simulate(options.submissions, workers, service, cost) for workers in WORKERS]
    for row in simulated:
        print(row)
    found = {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "service_seconds": {"mean": round(statistics.fmean(service), 3), "count": len(service)},
        "coordinator": measured,
        "dask_tasks_a_second": round(tasks, 1),
        "cost_seconds": round(cost, 6),
        "submissions": options.submissions,
        "simulated": simulated,
    }
    options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"saturated at about {statistics.fmean(service) / cost:.0f} workers", file=sys.stderr)


if __name__ == "__main__":
    main()
