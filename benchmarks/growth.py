"""The growth of costs: of a verdict with the clauses, of a batch with the submissions, of a step with the widths.

    python -m benchmarks.growth [--quick]

The exponent is that of a power law, fitted to the cost beyond the smallest run: a verdict on one clause, or a batch of
one submission. Nothing is subtracted from a step; at small widths the overhead of the calls is larger than their
arithmetic, so the exponent there is below 2, the exponent of the number of weights. Writes
benchmarks/results/growth.json.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import contenders, timing
from benchmarks.batch import fill_alike, graded
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings

#: Stages whose clauses have about the same cost: no complete training, no mypy.
CHEAP = ("preprocessing", "activations", "initialization", "forward", "backward", "update")
SUBMISSION = "solutions/correct/plain.py"
#: Multiples of the article's hidden widths and inputs.
FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def verdicts(rounds: int) -> dict[str, Any]:
    """Verdicts on one, some, half and all of the cheap clauses, chosen evenly in the contract's order."""
    tags = [clause.tag for clause in known_clauses() if clause.stage in CHEAP]
    sizes = [1, len(tags) // 8, len(tags) // 4, len(tags) // 2, len(tags)]

    def act(size: int) -> float:
        some = frozenset(tags[int(i * len(tags) / size)] for i in range(size))
        return timing.seconds(lambda: judge(Settings(SUBMISSION, seed=1, only=some)))

    taken = timing.in_turn({str(size): partial(act, size) for size in sizes}, rounds)
    medians = {size: statistics.median(taken[str(size)]) for size in sizes}
    fit = _fit([size - 1 for size in sizes[1:]], [medians[size] - medians[1] for size in sizes[1:]])
    return {"seconds": {name: timing.spread(values) for name, values in taken.items()}, **fit}


def batches(sizes: tuple[int, ...]) -> dict[str, Any]:
    """Batches of these sizes with two jobs, judged by the stage `forward` alone: seconds and memory."""
    rows = {}
    with tempfile.TemporaryDirectory() as scratch:
        for size in (1, *sizes):
            course = Path(scratch, f"course{size}")
            course.mkdir()
            fill_alike(course, size, SUBMISSION)
            more = ("--jobs", "2", "--isolation", "process", "--stage", "forward")
            rows[str(size)] = graded(course, Path(scratch, f"marks{size}"), *more)
            print(f"batch of {size}: {rows[str(size)]}", file=sys.stderr, flush=True)
    beyond = [rows[str(size)]["seconds"] - rows["1"]["seconds"] for size in sizes]
    fit = _fit([size - 1 for size in sizes], beyond)
    return {"batches": rows, **fit}


def steps(rounds: int, images: int) -> dict[str, Any]:
    """The microseconds of a training step at multiples of the article's widths: the reference, and the floor."""
    rng = np.random.default_rng(0)
    acts: dict[str, Callable[[], float]] = {}
    for factor in FACTORS:
        sizes = [int(784 * factor), int(128 * factor), int(64 * factor), 10]
        n = max(32, int(images / max(1, factor**2)))
        x = rng.random((n, sizes[0]), dtype=np.float32)
        y = np.eye(10, dtype=np.float32)[rng.integers(0, 10, n)]
        trained = contenders.reference(x, y, sizes)
        bare = contenders.floor(x, np.float32, sizes)
        acts[f"reference {factor:g}"] = partial(_per_step, trained, n)
        acts[f"floor {factor:g}"] = partial(_per_step, bare, n)
    taken = timing.in_turn(acts, rounds)
    found: dict[str, Any] = {}
    for name in ("reference", "floor"):
        medians = [statistics.median(taken[f"{name} {factor:g}"]) for factor in FACTORS]
        rows = {f"{factor:g}": timing.spread(taken[f"{name} {factor:g}"]) for factor in FACTORS}
        found[name] = {"microseconds": rows, **timing.exponent(FACTORS, medians)}
        found[name]["from_the_articles_widths_up"] = timing.exponent(FACTORS[2:], medians[2:])
    return found


def _fit(sizes: list[int], beyond: list[float]) -> dict[str, float | None]:
    """The exponent; None if a larger run was as quick as the smallest one, which is noise in a quick run."""
    try:
        return dict(timing.exponent(sizes, beyond))
    except ValueError:
        return {"exponent": None, "standard_error": None}


def _per_step(epoch: Callable[[], float], n: int) -> float:
    return 1e6 * epoch() / n


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    found = {
        "verdict": verdicts(options.pick(7, 2)),
        "batch": batches((4, 8, 16) if options.quick else (10, 100, 1000)),
        "step": steps(options.pick(7, 2), options.pick(2000, 400)),
    }
    options.write("growth", found)
    for name in ("verdict", "batch"):
        print(f"{name}: exponent {found[name]['exponent']} ± {found[name]['standard_error']}")
    for name, row in found["step"].items():
        print(f"step, {name}: exponent {row['exponent']}, from the article's widths up", end=" ")
        print(row["from_the_articles_widths_up"]["exponent"])


if __name__ == "__main__":
    main()
