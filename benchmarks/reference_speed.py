"""How many images a second the reference trains, next to the article's corrected code, in one run.

    python benchmarks/reference_speed.py [--rounds 15]

In each round every contender trains one epoch on the article's 4,250 bundled images, in turn, so that whatever else
the machine does falls on all of them; nobody computes an accuracy. A ratio is taken within a round, and the median of
the ratios is the result. One process, one BLAS thread. Writes benchmarks/results/reference_speed.json.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import numpy as np  # noqa: E402 - after the number of threads is set

from nnkata import data, oracle  # noqa: E402
from reference.network import Array, DeepNeuralNetwork, preprocess  # noqa: E402
from solutions.correct import flat, functional, plain  # noqa: E402

SIZES = [784, 128, 64, 10]
L_RATE = 0.1


class Article(plain.DeepNeuralNetwork):
    """The article's code with nothing corrected but the gradients: its own sigmoid, no conversions."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Array:
        """As printed; it overflows at large negative x, which does not occur here."""
        if derivative:
            return np.asarray(np.exp(-x) / (np.exp(-x) + 1) ** 2)
        return np.asarray(1 / (1 + np.exp(-x)))

    def forward_pass(self, x_train: Any) -> Array:
        """As printed."""
        params = self.params
        params["A0"] = x_train
        params["Z1"] = np.dot(params["W1"], params["A0"])
        params["A1"] = self.sigmoid(params["Z1"])
        params["Z2"] = np.dot(params["W2"], params["A1"])
        params["A2"] = self.sigmoid(params["Z2"])
        params["Z3"] = np.dot(params["W3"], params["A2"])
        params["A3"] = self.softmax(params["Z3"])
        return params["A3"]


CONTENDERS: dict[str, Callable[[list[int], int, float], Any]] = {
    "article": Article,
    "reference": DeepNeuralNetwork,
    "plain": plain.DeepNeuralNetwork,
    "functional": functional.DeepNeuralNetwork,
    "flat": flat.DeepNeuralNetwork,
}


def images_a_second(make: Callable[[list[int], int, float], Any], x: Array, y: Array) -> float:
    network = make(SIZES, 1, L_RATE)
    with contextlib.redirect_stdout(io.StringIO()):
        start = time.perf_counter()
        network.train(x, y, x[:0], y[:0])
        seconds = time.perf_counter() - start
    return len(x) / seconds


def summary(values: list[float], digits: int) -> dict[str, float]:
    lower, median, upper = statistics.quantiles(values, n=4)
    named = {
        "least": min(values),
        "quartile": lower,
        "median": median,
        "upper_quartile": upper,
        "greatest": max(values),
    }
    return {name: round(value, digits) for name, value in named.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()

    bundled = data.load("bundled")
    inside, _ = oracle.split(len(bundled))
    x, y = preprocess(bundled.images[inside], bundled.labels[inside])

    speeds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for round_ in range(-1, options.rounds):  # round -1 warms up
        for name, make in CONTENDERS.items():
            speed = images_a_second(make, x, y)
            if round_ >= 0:
                speeds[name].append(speed)

    result: dict[str, Any] = {
        "rounds": options.rounds,
        "images": len(x),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "contenders": {},
    }
    for name, values in speeds.items():
        ratios = [mine / base for mine, base in zip(values, speeds["article"], strict=True)]
        entry = {"images_a_second": summary(values, 0), "ratio_to_article": summary(ratios, 2)}
        result["contenders"][name] = entry
        print(f"{name:10} {entry['images_a_second']['median']:7,.0f} images/s, ", end="")
        print("{median:.2f} times the article's ({least:.2f} to {greatest:.2f})".format(**entry["ratio_to_article"]))
    (HERE / "results" / "reference_speed.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
