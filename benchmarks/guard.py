"""Is this version slower than another one? Both are measured in turns, in one run on one machine.

    python -m benchmarks.guard [--base REF] [--results DIR]
    python -m benchmarks.guard --calibrate 10

Both are checked out in the same way (`git worktree`), because the location of a version changes its speed by 5 to 10 %.
This version is the present content of the tracked files, committed or not. Each gets a Python of its own, with the
packages that are installed here. A quantity is slower if the median of its ratios, this version's seconds to the base's
in the same round, is above its band, and three of four ratios are above 1.

The band comes from runs in which both versions are the same: `--calibrate` makes this number of them and writes
benchmarks/results/guard.json. With s the root mean square of the logarithms of their ratios, the band is exp(3 s),
which normal noise exceeds once in 700 runs, and at least 1.03.

Exit status: 0, 1 if a quantity is slower, 2 if nothing could be measured. The table also goes to GitHub's summary of a
run.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks import timing
from benchmarks.trees import Tree, commit, trees

BANDS = timing.RESULTS / "guard.json"
#: A smaller difference does not matter, whatever the noise.
LEAST_BAND = 1.03
DEVIATIONS = 3.0
ROUNDS = 5
#: One epoch of the reference on 2,000 samples: the least of three times, without the interpreter's start.
EPOCH = """
import contextlib, io, time
import numpy as np
from reference.network import DeepNeuralNetwork
rng = np.random.default_rng(0)
x, y = rng.random((2000, 784), dtype=np.float32), np.eye(10, dtype=np.float32)[rng.integers(0, 10, 2000)]
times = []
for _ in range(3):
    network = DeepNeuralNetwork([784, 128, 64, 10], 1, 0.1)
    with contextlib.redirect_stdout(io.StringIO()):
        begun = time.perf_counter()
        network.train(x, y, x[:0], y[:0])
        times.append(time.perf_counter() - begun)
print(min(times))
"""


def _grade(tree: Tree) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch, "course")
        course.mkdir()
        plain = (tree.root / "solutions/correct/plain.py").read_text(encoding="utf-8")
        for number in range(2):
            (course / f"s{number}.py").write_text(f"{plain}\n# {number}\n", encoding="utf-8")
        more = ("--jobs", "1", "--isolation", "process", "--seed", "1")
        return tree.seconds("-m", "nnkata", "grade", str(course), "--output", str(Path(scratch, "out")), *more)


CHECK = ("-m", "nnkata", "check", "--seed", "1")
QUANTITIES: dict[str, Callable[[Tree], float]] = {
    "nnkata --help": lambda tree: tree.seconds("-m", "nnkata", "--help"),
    "check, the reference": lambda tree: tree.seconds(*CHECK, "reference/network.py"),
    "check --upto forward": lambda tree: tree.seconds(*CHECK, "solutions/correct/plain.py", "--upto", "forward"),
    "grade, 2 submissions": _grade,
    "training, the reference": lambda tree: float(tree.run("-c", EPOCH)),
}


@dataclass(frozen=True)
class Row:
    """The result of the rounds for one quantity: the spread of head / base, and its band."""

    name: str
    ratio: Mapping[str, float]
    band: float

    @property
    def verdict(self) -> Literal["slower", "faster", "no difference beyond noise"]:
        """A difference counts beyond the band, with three of four rounds on the same side."""
        if self.ratio["median"] > self.band and self.ratio["q1"] > 1:
            return "slower"
        if self.ratio["median"] < 1 / self.band and self.ratio["q3"] < 1:
            return "faster"
        return "no difference beyond noise"


def band(ratios: Sequence[float]) -> float:
    """The band from ratios that should all be 1."""
    s = float(np.sqrt(np.mean(np.log(ratios) ** 2)))
    return round(max(LEAST_BAND, float(np.exp(DEVIATIONS * s))), 3)


def compared(
    base: Mapping[str, Sequence[float]], head: Mapping[str, Sequence[float]], bands: Mapping[str, float]
) -> list[Row]:
    """A row for each quantity that both versions have."""
    return [Row(name, timing.ratio(head[name], base[name]), bands[name]) for name in base if name in head]


def measured(base: Tree, head: Tree, rounds: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds of each quantity in both versions, in turns; one that the base cannot do is left out, with a message."""
    here: dict[str, list[float]] = {}
    there: dict[str, list[float]] = {}
    for name, quantity in QUANTITIES.items():
        quantity(head)
        try:
            quantity(base)
        except RuntimeError as error:
            print(f"{name}: the base cannot do it ({error})", file=sys.stderr)
            continue
        pair = {"base": lambda q=quantity: q(base), "head": lambda q=quantity: q(head)}
        taken = timing.in_turn(pair, rounds, warm=0)
        there[name], here[name] = taken["base"], taken["head"]
    return there, here


def table(rows: Sequence[Row], base: str) -> str:
    """The rows as a Markdown table."""
    lines = [f"Seconds of this version, as a multiple of those of {base[:10]}, medians of {ROUNDS} rounds in turn.", ""]
    lines += ["| | median | quartiles | band | |", "|---|---:|---:|---:|---|"]
    for row in rows:
        ratio = row.ratio
        quartiles = f"{ratio['q1']:.3f} to {ratio['q3']:.3f}"
        lines.append(f"| {row.name} | {ratio['median']:.3f} | {quartiles} | {row.band:.3f} | {row.verdict} |")
    return "\n".join(lines) + "\n"


def calibrate(runs: int) -> None:
    """Measure this version against itself `runs` times, and write the bands."""
    ratios: dict[str, list[float]] = {name: [] for name in QUANTITIES}
    with trees(None) as (base, head):
        for number in range(runs):
            there, here = measured(base, head, ROUNDS)
            for name in QUANTITIES:
                ratios[name].append(timing.ratio(here[name], there[name])["median"])
            print(f"run {number + 1} of {runs}:", {name: values[-1] for name, values in ratios.items()}, flush=True)
            bands = {name: band(values) for name, values in ratios.items()}
            found = {
                "machine": timing.machine(),
                "rounds": ROUNDS,
                "runs": number + 1,
                "bands": bands,
                "ratios": ratios,
            }
            BANDS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")  # each run: it may be stopped


def main() -> None:
    """Compare, print the table, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="HEAD~1", help="the commit to compare with")
    parser.add_argument("--calibrate", type=int, metavar="RUNS", help="compare this version with itself so often")
    parser.add_argument("--results", type=Path, help="a folder for the ratios, as guard.json, and the table")
    options = parser.parse_args()
    timing.one_thread()
    if options.calibrate:
        calibrate(options.calibrate)
        return
    if not BANDS.is_file():
        print(f"{BANDS.relative_to(timing.ROOT)} is missing: make bench-bands writes it", file=sys.stderr)
        sys.exit(2)
    base = commit(options.base)
    with trees(base) as (old, new):
        there, here = measured(old, new, ROUNDS)
    rows = compared(there, here, json.loads(BANDS.read_text(encoding="utf-8"))["bands"])
    text = table(rows, base)
    print(text)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        ratios = {row.name: {**row.ratio, "band": row.band, "verdict": row.verdict} for row in rows}
        found = {"base": base, "machine": timing.machine(), "ratios": ratios}
        (options.results / "guard.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    slower = [row for row in rows if row.verdict == "slower"]
    for row in slower:
        print(f"::warning title=slower::{row.name} takes {row.ratio['median']:.2f} times as long as at {base[:10]}")
    sys.exit(1 if slower else 0)


if __name__ == "__main__":
    main()
