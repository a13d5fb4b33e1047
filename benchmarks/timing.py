"""Common parts of the benchmarks: turns of contenders, medians with their spread, a fitted exponent, the machine.

Two figures are compared only if they were measured in one run, in turns, so that other load of the machine affects
both; a ratio is taken within a round, and the median of the ratios is the result.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from nnkata.subject.walls.sandbox import NoSandbox, probe

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
#: The packages whose versions are stated with a result, if they are installed.
PACKAGES: tuple[str, ...] = ("numpy", "scipy", "scikit-learn", "torch", "mypy", "pytest", "pytest-bdd", "distributed")
PACKAGES += ("otter-grader", "nbgrader")


@dataclass(frozen=True)
class Options:
    """The options of a benchmark; with `quick`, all of them together take about a minute, as in CI."""

    quick: bool
    results: Path

    def pick(self, full: int, quick: int) -> int:
        """The number of rounds, images or submissions for this kind of run."""
        return quick if self.quick else full

    def write(self, name: str, found: Mapping[str, Any]) -> None:
        """Write results/NAME.json, with the machine and whether it was the quick run."""
        self.results.mkdir(parents=True, exist_ok=True)
        whole = {"quick": self.quick, "machine": machine(), **found}
        (self.results / f"{name}.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def options(description: str | None) -> Options:
    """Read the command line, and set one BLAS thread, here and in processes started from here."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller sizes")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder that results go to")
    given = parser.parse_args()
    one_thread()
    return Options(given.quick, given.results.resolve())


def one_thread() -> None:
    """Set one BLAS thread, here and in processes started from here."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    threadpool_limits(1)


def seconds(act: Callable[[], object]) -> float:
    """The wall time of a call, in seconds."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def command(line: Sequence[str], **more: Any) -> Callable[[], object]:
    """A function that runs a command in the root of the repository and discards its output.

    Raises:
        RuntimeError: it ended with a status other than 0; the message has the end of its output.
    """

    def act() -> None:
        given: dict[str, Any] = {"cwd": ROOT, "capture_output": True, "text": True, **more}
        done = subprocess.run(line, check=False, **given)
        if done.returncode:
            raise RuntimeError(f"{' '.join(line)} ended with {done.returncode}: {(done.stdout + done.stderr)[-1000:]}")

    return act


def in_turn(contenders: Mapping[str, Callable[[], float]], rounds: int, warm: int = 1) -> dict[str, list[float]]:
    """The results of each contender, one per round; every other round has the reverse order, so that none is always
    first.

    `warm` rounds come first and are not kept.
    """
    kept: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(-warm, rounds):
        for name in contenders if number % 2 == 0 else reversed(list(contenders)):
            value = contenders[name]()
            if number >= 0:
                kept[name].append(value)
    return kept


def spread(values: Sequence[float]) -> dict[str, float]:
    """Least, first quartile, median, third quartile and greatest, to four significant digits."""
    least, q1, median, q3, greatest = np.percentile(values, [0, 25, 50, 75, 100])
    named = {"least": least, "q1": q1, "median": median, "q3": q3, "greatest": greatest}
    return {name: float(f"{value:.4g}") for name, value in named.items()}


def ratio(values: Sequence[float], base: Sequence[float]) -> dict[str, float]:
    """The spread of the ratios within each round."""
    return spread([mine / theirs for mine, theirs in zip(values, base, strict=True)])


def beyond(values: Sequence[float], base: Sequence[float]) -> dict[str, float]:
    """The spread of the differences within each round."""
    return spread([mine - theirs for mine, theirs in zip(values, base, strict=True)])


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> dict[str, float]:
    """The exponent p of cost = c · size^p, by least squares of the logarithms, with its standard error.

    Raises:
        ValueError: there are fewer than three points, or one is not above zero.
    """
    if len(sizes) < 3 or min(*sizes, *costs) <= 0:
        raise ValueError("an exponent needs three points or more, all above zero")
    x, y = np.log(sizes), np.log(costs)
    x = x - x.mean()
    slope = float(x @ y / (x @ x))
    rest = y - y.mean() - slope * x
    error = float(np.sqrt(rest @ rest / (len(x) - 2) / (x @ x)))
    return {"exponent": round(slope, 3), "standard_error": round(error, 3)}


def wall() -> str:
    """The isolation for `grade` here: the sandbox if it works, else a process."""
    try:
        probe()
    except NoSandbox:
        return "process"
    return "sandbox"


def machine() -> dict[str, Any]:
    """The processor, its cores, the load, and the versions of the measured packages; no names of hosts or paths."""
    blas = [pool for pool in threadpool_info() if pool.get("user_api") == "blas"]
    numpy_blas: dict[str, Any] = next((pool for pool in blas if "numpy" in pool.get("filepath", "")), {})
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "blas": " ".join(str(numpy_blas.get(key, "")) for key in ("internal_api", "version", "architecture")).strip(),
        "load": round(os.getloadavg()[0], 1),
        "packages": {name: found for name in PACKAGES if (found := version(name))},
    }


def version(package: str) -> str | None:
    """The installed version; None without one."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _cpu() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else platform.machine()
