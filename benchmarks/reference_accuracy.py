"""The accuracy of the reference over many seeds, on images outside its training set.

    python benchmarks/reference_accuracy.py [--seeds 20] [--test FOLDER]

For each learning rate and seed two networks are trained on the bundled images: one on the article's 4,250, judged on
its 750; one on all 5,000, judged on the images in FOLDER (IDX files, normally MNIST's official test images, none of
which is bundled). Accuracy is measured after chosen epochs; in between, `train` is called again, as it continues from
the present weights. Writes benchmarks/results/reference_accuracy.json and prints the table of docs/reference.md. One
process, one BLAS thread: three minutes for 20 seeds.
"""

import argparse
import contextlib
import io
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import numpy as np  # noqa: E402 - after the number of threads is set

from nnkata.katas import mnist as data  # noqa: E402 - likewise
from nnkata.katas.article import oracle  # noqa: E402 - likewise
from reference.network import DeepNeuralNetwork, preprocess  # noqa: E402 - likewise

Pair = tuple[Any, Any]  # x (n, 784), y (n, 10)

SIZES = [784, 128, 64, 10]
SCHEDULES = {0.001: (10,), 0.01: (10,), 0.1: (1, 2, 3, 5, 10)}  # learning rate -> measured after these epochs


def accuracies(seed: int, l_rate: float, epochs: tuple[int, ...], train: Pair, test: Pair) -> dict[int, float]:
    """The accuracy on test (x, y) after each number of epochs on train (x, y)."""
    network = DeepNeuralNetwork(SIZES, l_rate=l_rate, seed=seed)
    found, done = {}, 0
    for upto in epochs:
        network.epochs = upto - done
        with contextlib.redirect_stdout(io.StringIO()):
            network.train(train[0], train[1], test[0][:0], test[1][:0])
        found[upto] = network.compute_accuracy(*test)
        done = upto
    return found


def summary(values: list[float]) -> dict[str, float]:
    return {
        "least": min(values),
        "median": statistics.median(values),
        "greatest": max(values),
        "standard_deviation": statistics.stdev(values),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="networks for each rate and training set")
    parser.add_argument("--test", type=Path, help="folder of IDX files with unseen images")
    options = parser.parse_args()

    bundled = data.load("bundled")
    x, y = preprocess(bundled.images, bundled.labels)
    inside, outside = oracle.split(len(x))
    arms: dict[str, tuple[Pair, Pair]] = {"split": ((x[inside], y[inside]), (x[outside], y[outside]))}
    if options.test:
        unseen = data.load(str(options.test))
        arms["unseen"] = ((x, y), preprocess(unseen.images, unseen.labels))

    began = time.perf_counter()
    rows: list[dict[str, Any]] = []
    for arm, (train, test) in arms.items():
        for l_rate, epochs in SCHEDULES.items():
            runs = [accuracies(seed, l_rate, epochs, train, test) for seed in range(options.seeds)]
            for upto in epochs:
                values = [run[upto] for run in runs]
                row: dict[str, Any] = {
                    "arm": arm,
                    "trained_on": len(train[0]),
                    "judged_on": len(test[0]),
                    "l_rate": l_rate,
                    "epochs": upto,
                    **summary(values),
                    "accuracies": values,
                }
                rows.append(row)
                print("| {trained_on:,} | {judged_on:,} | {l_rate} | {epochs} ".format(**row), end="")
                print("| {least:.2%} | {median:.2%} | {greatest:.2%} |".format(**row), flush=True)

    result = {
        "seeds": options.seeds,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "minutes": round((time.perf_counter() - began) / 60, 1),
        "rows": rows,
    }
    (HERE / "results" / "reference_accuracy.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
