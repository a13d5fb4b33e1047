"""The accuracies of correct implementations in the MNIST stage: the origin of its threshold.

    python benchmarks/mnist_stage.py [--seeds 100] [--only NAME] [--output benchmarks/results/mnist_stage.json]

Five correct implementations (float32 and float64; samples in order, reversed, or shuffled; the article's sigmoid and
stable ones) are trained as the stage trains them, on the same images with the same rate, and measured on the same 500
unseen images: before training and after each of three epochs. Every implementation draws seeds of its own, so all runs
are independent. Runs that are already in the output are kept: an interrupted benchmark continues where it stopped, and
`--only reference --seeds 1000` adds runs of one implementation.
"""

import argparse
import contextlib
import importlib.util
import io
import itertools
import json
import math
import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.sets import VALIDATION_SHARE
from nnkata.katas.article.steps.mnist import HOPELESS, RATE, SIZES
from nnkata.katas.mnist import load

ROOT = Path(__file__).parents[1]
EPOCHS = 3
THRESHOLD = 0.80
THRESHOLDS = (0.80, 0.82, 0.83, 0.84, 0.85)
#: Standard errors of a one-sided confidence bound of 99.9 %.
CONFIDENCE = 3.09
#: The least number of runs for a useful bound of the deviation; the results are also saved after every so many runs.
LEAST = 20
FILES = {
    "reference": ROOT / "reference" / "network.py",
    "plain": ROOT / "solutions" / "correct" / "plain.py",
    "functional": ROOT / "solutions" / "correct" / "functional.py",
    "flat": ROOT / "solutions" / "correct" / "flat.py",
}


def classes() -> dict[str, Any]:
    """The implementations by name; the last one has the article's own sigmoid."""
    found = {}
    for name, path in FILES.items():
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found[name] = module.DeepNeuralNetwork

    def article(self: Any, x: Any, derivative: bool = False) -> Any:
        exps = np.exp(-x)
        return exps / (exps + 1) ** 2 if derivative else 1 / (1 + exps)

    found["plain, article's sigmoid"] = type("Article", (found["plain"],), {"sigmoid": article})
    return found


def sets() -> list[tuple[Any, Any]]:
    """Training, validation and unseen images, as the stage splits them."""
    data = load("bundled")
    train, test = oracle.split(len(data.images))
    cut = len(test) // VALIDATION_SHARE
    return [(oracle.pixels(data.images[p]), oracle.one_hot(data.labels[p])) for p in (train, test[:cut], test[cut:])]


@contextlib.contextmanager
def seeded(name: str, seed: int) -> Iterator[None]:
    """Give each new generator inside a seed of its own; the same name and seed give the same generators again."""
    original, made = np.random.default_rng, itertools.count()
    key = [zlib.crc32(name.encode()), seed]
    np.random.default_rng = lambda *_: original([*key, next(made)])
    np.random.seed(key)
    try:
        yield
    finally:
        np.random.default_rng = original


def accuracies(make: Any, name: str, seed: int, parts: list[tuple[Any, Any]]) -> list[float]:
    """Accuracy on the unseen images before training and after each epoch."""
    with seeded(name, seed), contextlib.redirect_stdout(io.StringIO()):
        network = make(SIZES, epochs=1, l_rate=RATE)
        found = [measured(network, parts)]
        for _ in range(EPOCHS):
            network.train(*parts[0], *parts[1])
            found.append(measured(network, parts))
    return found


def measured(network: Any, parts: list[tuple[Any, Any]]) -> float:
    """The accuracy on the unseen images."""
    return oracle.hits([network.forward_pass(x) for x in parts[2][0]], parts[2][1])


def cost(make: Any, parts: list[tuple[Any, Any]]) -> float:
    """The seconds of the main part of the stage: measure, train for one epoch, measure."""
    network, started = make(SIZES, epochs=1, l_rate=RATE), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        measured(network, parts)
        network.train(*parts[0], *parts[1])
        measured(network, parts)
    return round(time.perf_counter() - started, 2)


def chance(values: Any, threshold: float) -> dict[str, float]:
    """The probability that an accuracy falls below the threshold, if its logit is normal.

    The mean of the logits is lowered and their standard deviation raised to one-sided 99.9 % confidence bounds (normal;
    chi-square by Wilson and Hilferty), so that few runs give a large probability. `z` is the distance in standard
    deviations before this, `z bound` after it.
    """
    logits, n = np.log(values / (1 - values)), len(values)
    mean, deviation, aim = float(np.mean(logits)), float(np.std(logits, ddof=1)), math.log(threshold / (1 - threshold))
    part = 2 / (9 * (n - 1))
    widest = deviation / (1 - part - CONFIDENCE * math.sqrt(part)) ** 1.5
    bound = (mean - CONFIDENCE * deviation / math.sqrt(n) - aim) / widest
    return {
        "z": round((mean - aim) / deviation, 2),
        "z bound": round(bound, 2),
        "chance": 0.5 * math.erfc(bound / math.sqrt(2)),
    }


def summary(values: Any) -> dict[str, Any]:
    """Mean, spread, extremes, and the chance of each threshold; the skew of the logits gives the sign of its error."""
    logits = np.log(values / (1 - values))
    standard = (logits - logits.mean()) / logits.std()
    return {
        "n": len(values),
        "mean": round(float(np.mean(values)), 4),
        "deviation": round(float(np.std(values, ddof=1)), 4),
        "least": round(float(np.min(values)), 4),
        "greatest": round(float(np.max(values)), 4),
        "skew of the logits": round(float(np.mean(standard**3)), 2),
        "below": {f"{threshold:.0%}": chance(values, threshold) for threshold in THRESHOLDS},
    }


def report(values: dict[str, list[list[float]]], seconds: dict[str, float]) -> dict[str, Any]:
    """The whole report."""
    everything = np.array([row for rows in values.values() for row in rows])
    start = everything[:, 0]
    best = everything[:, 1:].max(axis=1)
    return {
        "rate": RATE,
        "threshold": THRESHOLD,
        "runs": len(everything),
        "by epoch": {str(epoch): summary(everything[:, epoch]) for epoch in range(1, EPOCHS + 1)},
        "by implementation, best of the epochs": {
            name: summary(np.max(np.array(rows)[:, 1:], axis=1)) for name, rows in values.items()
        },
        "before training": {
            "greatest": float(start.max()),
            "mean": round(float(start.mean()), 4),
            "deviation": round(float(start.std(ddof=1)), 4),
        },
        "below the threshold after the first epoch": int(np.sum(everything[:, 1] < THRESHOLD)),
        "below the threshold after all epochs": int(np.sum(best < THRESHOLD)),
        f"below {HOPELESS:.0%} after the first epoch": {
            name: chance(np.array(rows)[:, 1], HOPELESS) for name, rows in values.items()
        },
        "seconds to measure, train one epoch, measure": seconds,
        "values": values,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--only", help="the name of one implementation")
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "results" / "mnist_stage.json")
    options = parser.parse_args()
    if options.seeds < LEAST:
        parser.error(f"fewer than {LEAST} seeds say too little of the spread")
    parts = sets()
    values: dict[str, list[list[float]]] = {}
    seconds: dict[str, float] = {}
    if options.output.exists():
        old = json.loads(options.output.read_text())
        values, seconds = old["values"], old["seconds to measure, train one epoch, measure"]
    for name, make in classes().items():
        if options.only not in (None, name):
            continue
        seconds[name] = min(cost(make, parts) for _ in range(3))
        rows = values.setdefault(name, [])
        while len(rows) < options.seeds:
            rows.append(accuracies(make, name, len(rows), parts))
            if len(rows) % LEAST == 0 or len(rows) == options.seeds:
                temporary = options.output.with_suffix(".part")
                temporary.write_text(json.dumps(report(values, seconds)) + "\n")
                temporary.replace(options.output)
        print(f"{name}: {len(rows)} runs", flush=True)
    print(json.dumps({key: value for key, value in report(values, seconds).items() if key != "values"}, indent=1))


if __name__ == "__main__":
    main()
