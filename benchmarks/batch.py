"""How fast a batch goes, what a second job brings, and what memory the grader takes.

    python benchmarks/batch.py [--count 200] [--jobs 1 2 2 1]

Grades a folder of mixed submissions in the sandbox with `nnkata grade`, once for each number of jobs in the order given
(the default takes them in turn, there and back, so that a slow drift of the machine falls on both). The mix: correct
ones in four styles, the same with a mistake, the printed code, the empty skeleton, and four that attack. Each
file has a line of its own, so that no verdict is looked up. Memory is the resident set of the coordinator and of
its judging processes, added (shared pages counted in each), sampled five times a second; workers and mypy
are not part of it. Writes benchmarks/results/batch.json.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORRECT: tuple[str, ...] = ("reference/network.py", "solutions/correct/plain.py", "solutions/correct/flat.py")
CORRECT += ("solutions/correct/functional.py",)
ATTACKS = ("patches_numpy", "exit_in_call", "evil_pickle", "reads_system_files")
#: What is wrong in the mistaken ones: a part of plain.py and what stands there instead.
MISTAKES = (
    ("/ 255", "/ 256"),
    ("-= self.l_rate *", "+= self.l_rate *"),
    ("range(self.epochs)", "range(self.epochs - 1)"),
    ("np.outer(", "0 * np.outer("),
    ("np.argmax", "np.argmin"),
)


def fill(folder: Path, count: int) -> None:
    """So many submissions: half are correct, three in ten have a mistake, the rest are printed, empty or hostile."""
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


def resident(pid: int) -> tuple[int, int]:
    """Bytes that the coordinator and its judging processes hold, and the largest of them."""
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


def graded(folder: Path, output: Path, jobs: int) -> dict[str, float]:
    """Grade it once."""
    line = [sys.executable, "-m", "nnkata", "grade", str(folder), "--output", str(output), "--seed", "1"]
    begun, peak, one = time.perf_counter(), 0, 0
    with subprocess.Popen([*line, "--jobs", str(jobs)], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            total, largest = resident(process.pid)
            peak, one = max(peak, total), max(one, largest)
            time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"grade ended with {process.returncode}")
    return {
        "jobs": jobs,
        "seconds": round(time.perf_counter() - begun, 2),
        "grader_peak_mb": round(peak / 1e6, 1),
        "largest_process_mb": round(one / 1e6, 1),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 2, 1])
    parser.add_argument("--output", type=Path, default=HERE / "results" / "batch.json")
    options = parser.parse_args()
    runs, verdict_seconds = [], list[float]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "course")
        folder.mkdir()
        fill(folder, options.count)
        for number, jobs in enumerate(options.jobs):
            run = graded(folder, Path(scratch, f"marks{number}"), jobs)
            run["submissions_a_minute"] = round(60 * options.count / run["seconds"], 1)
            runs.append(run)
            if jobs == 1:  # nothing else runs then
                files = Path(scratch, f"marks{number}", "verdicts").glob("*.json")
                verdict_seconds = sorted(json.loads(file.read_text())["seconds"] for file in files)
            print(run, flush=True)
    medians = {
        jobs: statistics.median(run["seconds"] for run in runs if run["jobs"] == jobs) for jobs in set(options.jobs)
    }
    speed_up = {str(jobs): round(medians[1] / taken, 3) for jobs, taken in medians.items()} if 1 in medians else {}
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    found = {"count": options.count, "machine": machine, "runs": runs, "speed_up": speed_up}
    found["verdict_seconds"] = verdict_seconds
    options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print("speed-up over one job:", speed_up)


if __name__ == "__main__":
    main()
