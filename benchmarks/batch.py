"""The speed of a batch, the gain from a second job or a cluster, and the memory of the grader.

    python -m benchmarks.batch [--quick]

Grades a folder of mixed submissions in the sandbox with `nnkata grade`, with one job, with two, and on a Dask cluster
of two workers on loopback, one after the other: two hundred take minutes, so noise averages out. The mix: correct
submissions in four styles, a correct one with a mistake, the printed code, the empty skeleton, and four attacks. Each
file has a unique line, so that no kept verdict is reused. Memory is the resident set of the coordinator and of its
judging processes, added (shared pages counted in each), sampled five times a second; workers and mypy are not part of
it. Writes benchmarks/results/batch.json.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import timing

ROOT = timing.ROOT
START_SECONDS = 60.0
#: The environment of a worker, as docs/cluster.md advises.
AS_ADVISED = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
CORRECT: tuple[str, ...] = ("reference/network.py", "solutions/correct/plain.py", "solutions/correct/flat.py")
CORRECT += ("solutions/correct/functional.py",)
ATTACKS = ("patches_numpy", "exit_in_call", "evil_pickle", "reads_system_files")
#: The mistakes: a part of plain.py and its replacement.
MISTAKES = (
    ("/ 255", "/ 256"),
    ("-= self.l_rate *", "+= self.l_rate *"),
    ("range(self.epochs)", "range(self.epochs - 1)"),
    ("np.outer(", "0 * np.outer("),
    ("np.argmax", "np.argmin"),
)


def fill(folder: Path, count: int) -> None:
    """Write `count` submissions: half correct, three in ten with a mistake, the rest printed, empty or hostile."""
    plain = (ROOT / "solutions/correct/plain.py").read_text(encoding="utf-8")
    wrong = [plain.replace(*change) for change in MISTAKES]
    if plain in wrong:
        raise SystemExit("a mistake does not occur in plain.py any more")
    right = [(ROOT / name).read_text(encoding="utf-8") for name in CORRECT]
    others = [(ROOT / f"solutions/{name}.py").read_text(encoding="utf-8") for name in ("printed", "skeleton")]
    attacks = [(ROOT / f"tests/hostile/{name}.py").read_text(encoding="utf-8") for name in ATTACKS]
    for number in range(count):
        kind, turn = number % 10, number // 10
        texts = right if kind < 5 else wrong if kind < 8 else others if kind == 8 or turn % 5 else attacks
        text = texts[(turn + kind) % len(texts)]
        (folder / f"student{number:04}.py").write_text(f"{text}\n# {number}\n", encoding="utf-8")


def fill_alike(folder: Path, count: int, name: str) -> None:
    """Write `count` copies of the file `name` that differ in one line, so that no kept verdict is reused."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for number in range(count):
        (folder / f"student{number:04}.py").write_text(f"{text}\n# {number}\n", encoding="utf-8")


def resident(pid: int) -> tuple[int, int]:
    """The resident bytes of the coordinator and its judging processes, and of the largest of these."""
    sizes = [_size(number) for number in (pid, *_judging(pid))]
    return sum(sizes), max(sizes)


def _judging(pid: int) -> Iterator[int]:
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in path.read_text().split():
                if b"multiprocessing" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)
        except OSError:
            continue  # it has ended


def _size(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def graded(folder: Path, output: Path, *arguments: str) -> dict[str, float]:
    """Grade the folder once with these arguments of `grade`: its seconds, and its memory in MB."""
    line = [sys.executable, "-m", "nnkata", "grade", str(folder), "--output", str(output), "--seed", "1", *arguments]
    begun, peak, one = time.perf_counter(), 0, 0
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            total, largest = resident(process.pid)
            peak, one = max(peak, total), max(one, largest)
            time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"{' '.join(line[2:])} ended with {process.returncode}")
    return {
        "seconds": round(time.perf_counter() - begun, 2),
        "grader_peak_mb": round(peak / 1e6, 1),
        "largest_process_mb": round(one / 1e6, 1),
    }


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a Dask scheduler with this number of workers on loopback; yield its address.

    Raises:
        ImportError: `distributed` is not installed.
    """
    from distributed import Client

    place = folder / "scheduler.json"

    def start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        line = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments]
        environment = {**os.environ, **AS_ADVISED}
        return subprocess.Popen(line, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    processes = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))]
    try:
        deadline = time.monotonic() + START_SECONDS
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        options = ("--scheduler-file", str(place), "--nthreads", "1", "--no-nanny")
        processes += [start("dask_worker", *options) for _ in range(workers)]
        with Client(scheduler_file=str(place), timeout=START_SECONDS) as client:  # type: ignore[no-untyped-call]  # Dask has no types
            client.wait_for_workers(workers, timeout=START_SECONDS)
            address = str(client.scheduler.address)
        yield address
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def measure(count: int, scratch: Path) -> dict[str, Any]:
    """Grade the same folder in every way."""
    course = scratch / "course"
    course.mkdir()
    fill(course, count)
    runs: dict[str, list[dict[str, float]]] = {}
    served: list[float] = []

    def way(name: str, *arguments: str) -> Callable[[], float]:
        kept = runs.setdefault(name, [])

        def act() -> float:
            output = scratch / f"marks {name} {len(kept)}"
            kept.append(graded(course, output, "--isolation", timing.wall(), *arguments))
            print(f"{name}: {kept[-1]}", file=sys.stderr, flush=True)
            if name == "1 job":  # nothing else runs then
                served[:] = verdict_seconds(output)
            return kept[-1]["seconds"]

        return act

    ways = {"1 job": way("1 job", "--jobs", "1"), "2 jobs": way("2 jobs", "--jobs", "2")}
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError):
            address = stack.enter_context(cluster(scratch, 2))
            ways["Dask, 2 workers"] = way("Dask, 2 workers", "--scheduler", address)
        taken = timing.in_turn(ways, 1, warm=0)
    rows = {
        name: {
            "submissions_a_minute": timing.spread([60 * count / seconds for seconds in values]),
            "times_1_job": timing.ratio(taken["1 job"], values),
            "grader_peak_mb": max(run["grader_peak_mb"] for run in runs[name]),
            "largest_process_mb": max(run["largest_process_mb"] for run in runs[name]),
        }
        for name, values in taken.items()
    }
    return {"count": count, "wall": timing.wall(), "ways": rows, "verdict_seconds": served}


def verdict_seconds(output: Path) -> Sequence[float]:
    """The seconds stated in the verdicts, sorted."""
    return sorted(json.loads(file.read_text())["seconds"] for file in (output / "verdicts").glob("*.json"))


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(options.pick(200, 8), Path(scratch))
    options.write("batch", found)
    for name, row in found["ways"].items():
        minute, ratio = row["submissions_a_minute"]["median"], row["times_1_job"]["median"]
        print(f"{name:<16} {minute:6.1f} per minute, {ratio:.2f} times 1 job, {row['grader_peak_mb']:.0f} MB")


if __name__ == "__main__":
    main()
