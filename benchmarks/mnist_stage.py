"""The distribution of what correct implementations reach in the MNIST stage: where its threshold comes from.

    python benchmarks/mnist_stage.py [--seeds 100] [--output benchmarks/results/mnist_stage.json]

Five correct implementations (float32 and float64; samples in order, reversed, or shuffled; the article's sigmoid and
stable ones) are trained as the stage trains them, on the same images with the same rate, and measured on the same 500
unseen images: before training and after each of three epochs.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import math
import os
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from nnkata import oracle
from nnkata.data import load
from nnkata.steps.mnist import RATE, SIZES, VALIDATION_SHARE

ROOT = Path(__file__).parents[1]
EPOCHS = 3
THRESHOLD = 0.80
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


def accuracies(make: Any, seed: int, parts: list[tuple[Any, Any]]) -> list[float]:
    """Accuracy on the unseen images before training and after each epoch."""
    original, np.random.default_rng = np.random.default_rng, lambda *_: original(seed)
    np.random.seed(seed)
    try:
        network = make(SIZES, epochs=1, l_rate=RATE)
        found = []
        for epoch in range(EPOCHS + 1):
            if epoch:
                with contextlib.redirect_stdout(io.StringIO()):
                    network.train(*parts[0], *parts[1])
            found.append(oracle.hits([network.forward_pass(x) for x in parts[2][0]], parts[2][1]))
    finally:
        np.random.default_rng = original
    return found


def summary(values: Any) -> dict[str, Any]:
    """Mean, spread, extremes, and how far the threshold lies in standard deviations of the logit of the accuracy.

    `chance` is the normal tail beyond that distance with the standard deviation raised to its upper 99.9 % bound.
    """
    logits = np.log(values / (1 - values))
    n = len(values)
    deviation = float(np.std(logits, ddof=1))
    bound = deviation / math.sqrt(1 - 3.09 * math.sqrt(2 / (n - 1)))  # chi-square, Wilson-Hilferty to first order
    z = (float(np.mean(logits)) - math.log(THRESHOLD / (1 - THRESHOLD))) / bound
    return {
        "n": n,
        "mean": round(float(np.mean(values)), 4),
        "deviation": round(float(np.std(values, ddof=1)), 4),
        "least": round(float(np.min(values)), 4),
        "greatest": round(float(np.max(values)), 4),
        "z": round(z, 2),
        "chance": 0.5 * math.erfc(z / math.sqrt(2)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "results" / "mnist_stage.json")
    options = parser.parse_args()
    parts = sets()
    values: dict[str, list[list[float]]] = {}
    for name, make in classes().items():
        started = time.perf_counter()
        values[name] = [accuracies(make, seed, parts) for seed in range(options.seeds)]
        print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    everything = np.array([row for rows in values.values() for row in rows])
    report = {
        "rate": RATE,
        "threshold": THRESHOLD,
        "unseen": len(parts[2][0]),
        "by epoch": {str(epoch): summary(everything[:, epoch]) for epoch in range(1, EPOCHS + 1)},
        "by implementation, best of the epochs": {
            name: summary(np.max(np.array(rows)[:, 1:], axis=1)) for name, rows in values.items()
        },
        "before training": {
            "greatest": float(everything[:, 0].max()),
            "mean": round(float(everything[:, 0].mean()), 4),
        },
        "below the threshold after all epochs": int(np.sum(everything[:, 1:].max(axis=1) < THRESHOLD)),
        "values": values,
    }
    text = json.dumps(report)
    temporary = options.output.with_suffix(".part")
    temporary.write_text(text + "\n")
    temporary.replace(options.output)
    print(json.dumps({key: value for key, value in report.items() if key != "values"}, indent=1))


if __name__ == "__main__":
    main()
