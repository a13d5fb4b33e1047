"""The part of a right gradient that one loss leaves unexplained: the tolerance of `backward-9` and `backward-13`.

    python benchmarks/one_loss.py [--networks 8000] [--output benchmarks/results/one_loss.json]

Right networks in float32 and float64, half of them with the cross-entropy, half with the squared error through the
whole Jacobian of the softmax, with weights and samples drawn as the steps draw them. Each is measured as the step
measures it, on the submission's own `forward_pass`; the figure is the largest difference, relative to the norm of the
gradient.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.tails import SMALL
from benchmarks.tolerances import FILES, held, network_class, sample, weights
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.backward import HALF_STEP
from nnkata.katas.article.steps.laws import DIRECTIONS, UNEXPLAINED, by_one_loss, unit


def output(network: Any, params: dict[str, Any], x: Any, dtype: str) -> Any:
    """The output with these weights, in float64: (10,)."""
    for key in WEIGHTS:
        network.params[key] = params[key].astype(dtype)
    return network.forward_pass(x).astype(np.float64)


def unexplained(rng: Any, make: Any, dtype: str, squared: bool) -> float:
    """The unexplained part of one network's gradient."""
    params, (x, y) = weights(rng, SMALL), sample(rng, SMALL)
    network, half = held(make, dtype, params, SMALL), HALF_STEP[dtype]
    came = network.forward_pass(x)
    jacobian = np.diag(came) - np.outer(came, came)
    label = came - jacobian @ (came - y) if squared else y  # output - label is the error of the squared loss
    gradients = {key: np.asarray(g, np.float64) for key, g in network.backward_pass(label, came).items()}
    norm = np.sqrt(sum(float(np.sum(gradients[key] ** 2)) for key in WEIGHTS))
    outputs, sums = [], []
    for _direction in range(DIRECTIONS):
        along = unit({key: rng.normal(size=params[key].shape) for key in WEIGHTS})
        plus, minus = (
            output(network, {key: params[key] + sign * half * along[key] for key in WEIGHTS}, x, dtype)
            for sign in (1, -1)
        )
        outputs.append((plus - minus) / (2 * half))
        sums.append(sum(float(np.sum(gradients[key] * along[key])) for key in WEIGHTS))
    return float(np.max(np.abs(np.array(sums) - by_one_loss(outputs, sums))) / norm)


def main() -> None:
    """Measure both dtypes and losses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=8000, help="so many of each dtype")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    found: dict[str, Any] = {}
    for dtype, path in FILES.items():
        rng, make = np.random.default_rng(1), network_class(path)
        seen = [unexplained(rng, make, dtype, squared=bool(n % 2)) for n in range(options.networks)]
        found[dtype] = {
            "networks": options.networks,
            "largest, cross-entropy": max(seen[::2]),
            "largest, squared error": max(seen[1::2]),
            "allowed": UNEXPLAINED[dtype],
        }
    print(json.dumps(found, indent=1))
    if options.output:
        options.output.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
