"""The effects of rounding and chance on a correct implementation: the origin of the tolerances of `nnkata/steps`.

    python benchmarks/tolerances.py [--share 0.01] [--tails] [--output benchmarks/results/tolerances.json]

Everything is drawn as the steps draw it (weights normal with deviation 0.7, pixels in [0, 1], exact in float32), and
measured on a float32 and a float64 implementation against the oracle. The largest value of a few thousand draws does
not show how often a bound is broken: `tails.py` measures that on many networks at once.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.tails import SMALL, SQUARE, WIDE, tails
from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.backward import HALF_STEP
from nnkata.katas.mnist import load

ROOT = Path(__file__).parents[1]
FILES = {"float32": ROOT / "solutions/correct/functional.py", "float64": ROOT / "solutions/correct/plain.py"}


def network_class(path: Path) -> Any:
    """The class in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DeepNeuralNetwork


def weights(rng: Any, sizes: list[int]) -> dict[str, Any]:
    """Random weights like those of `World.known_weights`."""
    draws = {f"W{i}": rng.normal(0.0, 0.7, (sizes[i], sizes[i - 1])) for i in (1, 2, 3)}
    return {key: draw.astype(np.float32).astype(np.float64) for key, draw in draws.items()}


def sample(rng: Any, sizes: list[int]) -> tuple[Any, Any]:
    """A random sample like that of `World.sample`."""
    x = rng.random(sizes[0]).astype(np.float32).astype(np.float64)
    return x, np.eye(sizes[3])[rng.integers(0, sizes[3])]


def held(make: Any, dtype: str, params: dict[str, Any], sizes: list[int], **options: Any) -> Any:
    """A network with these weights in its dtype."""
    network = make(sizes, **options)
    for key in WEIGHTS:
        network.params[key] = params[key].astype(dtype)
    return network


def trained(network: Any, *sets: Any) -> Any:
    """The network after `train` on these sets, without the lines that it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        network.train(*sets)
    return network


def off(came: Any, expected: Any) -> float:
    """The largest difference, relative to the largest expected element."""
    return float(np.max(np.abs(came - expected)) / np.max(np.abs(expected)))


def rounding(make: Any, dtype: str, n: int) -> dict[str, float]:
    """One forward and backward pass."""
    rng, worst = np.random.default_rng(1), {"output": 0.0, "gradients": 0.0}
    for i in range(n):
        sizes = (SMALL, SQUARE)[i % 2]
        params, (x, y) = weights(rng, sizes), sample(rng, sizes)
        network = held(make, dtype, params, sizes)
        output = network.forward_pass(x)
        worst["output"] = max(worst["output"], off(output, oracle.forward(params, x).output))
        came, expected = network.backward_pass(y, output), oracle.gradients(params, x, y)
        worst["gradients"] = max(worst["gradients"], *(off(came[key], expected[key]) for key in WEIGHTS))
    return worst


def slopes(make: Any, dtype: str, n: int) -> float:
    """Central differences against the gradient, relative to its norm."""
    rng, worst, half = np.random.default_rng(2), 0.0, HALF_STEP[dtype]
    for _ in range(n):
        params, (x, y) = weights(rng, SMALL), sample(rng, SMALL)
        expected = oracle.gradients(params, x, y)
        for key in WEIGHTS:
            direction = rng.normal(size=params[key].shape)
            direction /= np.linalg.norm(direction)
            losses = []
            for sign in (1, -1):
                moved = {**params, key: params[key] + sign * half * direction}
                output = held(make, dtype, moved, SMALL).forward_pass(x).astype(np.float64)
                losses.append(oracle.cross_entropy(output, y))
            difference = (losses[0] - losses[1]) / (2 * half) - float(np.sum(expected[key] * direction))
            worst = max(worst, abs(difference) / float(np.linalg.norm(expected[key])))
    return worst


def training(make: Any, dtype: str, n: int) -> dict[str, float]:
    """Six steps at rate 0.5; and twelve samples with a pixel each at rate 0.0005, in random order."""
    rng, worst = np.random.default_rng(3), {"weights after 6 steps": 0.0, "steps of a sample, from 1": 0.0}
    low, high = np.inf, 0.0
    for _ in range(n):
        params, (x, y) = weights(rng, SMALL), sample(rng, SMALL)
        network = held(make, dtype, params, SMALL, epochs=3, l_rate=0.5)
        trained(network, np.tile(x, (2, 1)), np.tile(y, (2, 1)), x[None], y[None])
        expected = oracle.train(params, [x] * 6, [y] * 6, 1, 0.5)
        name = "weights after 6 steps"
        worst[name] = max(worst[name], *(off(network.params[key], expected[key]) for key in WEIGHTS))

        params, eye = weights(rng, WIDE), np.eye(12)
        ys = np.eye(4)[rng.integers(0, 4, 12)]
        network = trained(held(make, dtype, params, WIDE, epochs=1, l_rate=0.0005), eye, ys, eye, ys)
        moved = network.params["W1"].astype(np.float64) - params["W1"]
        for i in range(12):
            steps = [-0.0005 * oracle.gradients(params, eye[i], y)["W1"][:, i] for y in np.eye(4)]
            own, lengths = steps[int(ys[i].argmax())], [float(np.linalg.norm(step)) for step in steps]
            count = float(own @ moved[:, i] / (own @ own))
            worst["steps of a sample, from 1"] = max(worst["steps of a sample, from 1"], abs(count - 1))
            length = float(np.linalg.norm(moved[:, i]))
            low, high = min(low, length / min(lengths)), max(high, length / max(lengths))
    return {**worst, "length over the shortest": low, "length over the longest": high}


def by_heart(make: Any, n: int) -> dict[str, int]:
    """Twenty images, 60 epochs at rate 0.5: the number of runs that learn all of them."""
    data, right = load("bundled"), 0
    for seed in range(n):
        rng = np.random.default_rng(seed)
        chosen = rng.choice(len(data.images), 20, replace=False)
        x, y = oracle.pixels(data.images[chosen]), oracle.one_hot(data.labels[chosen])
        network = trained(make([784, 32, 16, 10], epochs=60, l_rate=0.5), x, y, x, y)
        right += oracle.hits([network.forward_pass(image) for image in x], y) == 1.0
    return {"runs": n, "all right": right}


def one_step(n: int) -> float:
    """The largest loss after a step at rate 0.125, as a share of the loss before; over n random networks."""
    rng, worst = np.random.default_rng(4), 0.0
    for _ in range(n):
        params, (x, y) = weights(rng, SMALL), sample(rng, SMALL)
        before = oracle.cross_entropy(oracle.forward(params, x).output, y)
        after = oracle.forward(oracle.step(params, oracle.gradients(params, x, y), 0.125), x).output
        worst = max(worst, oracle.cross_entropy(after, y) / before)
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the stated numbers of draws")
    parser.add_argument("--tails", action="store_true", help="only the measurements on many networks at once")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()

    def draws(n: int) -> int:
        return max(1, int(n * options.share))

    report: dict[str, Any] = {}
    if options.output and options.output.exists():
        report = json.loads(options.output.read_text())
    for part in (tails,) if options.tails else (singles, tails):
        report |= part(draws)
        if options.output:
            options.output.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))


def singles(draws: Callable[[int], int]) -> dict[str, Any]:
    """The measurements on the implementations themselves, network by network."""
    report: dict[str, Any] = {"one step, loss after / before": one_step(draws(20_000))}
    for dtype, path in FILES.items():
        make = network_class(path)
        report[dtype] = {
            "rounding": rounding(make, dtype, draws(10_000)),
            "slopes": slopes(make, dtype, draws(2_000)),
            "training": training(make, dtype, draws(1_000)),
            "by heart": by_heart(make, draws(200)),
        }
    return report


if __name__ == "__main__":
    main()
