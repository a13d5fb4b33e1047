"""The share of samples that an epoch moves towards their own label, with right and with mixed pairs.

    python benchmarks/pairs.py [--networks 300] [--output benchmarks/results/pairs.json]

The limits of the clause `training-2` come from here. Networks of one to three hidden layers with usual activations,
outputs, losses, rates and batches are trained for an epoch on the clause's own set, half of them with labels that were
shuffled separately from their images. Each is measured as the step measures it. An epoch that does not lower the loss
on its own training set is counted separately, because its steps are too long.
"""

import argparse
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nnkata.katas.mlp.moved_weights.pairing import PAIRED, pairing, unpaired
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.steps.training import MOST

CLASSES, INPUTS = 10, 784
OUTPUTS = (("softmax", "cross-entropy"), ("sigmoid", "squared error"), ("sigmoid", "binary cross-entropy"))
HIDDEN = ("ReLU", "sigmoid", "tanh")


def share(rng: Any, mixed: bool) -> tuple[float, bool]:
    """The share after one epoch, and whether the loss on the set as given (mixed or not) fell."""
    depth, width = int(rng.integers(1, 4)), int(rng.integers(16, 129))
    widths = [INPUTS, *[width] * depth, CLASSES]
    output, loss = OUTPUTS[rng.integers(len(OUTPUTS))]
    rule = Rule((HIDDEN[rng.integers(len(HIDDEN))],) * depth, output, loss)
    # as the steps draw parameters: a standard deviation of one over the root of the fan-in
    layers: list[tuple[Any, Any]] = [
        (rng.normal(0, a**-0.5, (a, b)), rng.normal(0, 0.1, b)) for a, b in pairwise(widths)
    ]
    x = np.eye(INPUTS)[:MOST]
    y = np.eye(CLASSES)[np.arange(MOST) * 7 % CLASSES]
    given = y[rng.permutation(MOST)] if mixed else y
    rate, batch = 10 ** rng.uniform(-3, 0), int(rng.choice([1, 8, 32, 100, MOST]))
    start, before = Pass(rule, layers, x), layers[0][0].copy()
    order = rng.permutation(MOST)
    for first in range(0, MOST, batch):
        rows = order[first : first + batch]
        gradients = Pass(rule, layers, x[rows]).gradients(given[rows])
        layers = [(w - rate * dw, b - rate * db) for (w, b), (dw, db) in zip(layers, gradients, strict=True)]
    towards_own = pairing(start, (layers[0][0] - before)[:MOST], y).share
    fell = Pass(rule, layers, x).loss(given) < start.loss(given)
    return towards_own, bool(fell)


def main() -> None:
    """Measure both kinds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=300, help="the number of networks of each kind")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    rng = np.random.default_rng(20261128)
    limit = unpaired(CLASSES, MOST)
    found: dict[str, Any] = {"paired": PAIRED, "unpaired": limit}
    for name, mixed in (("right", False), ("mixed", True)):
        every = [share(rng, mixed) for _number in range(options.networks)]
        fell = np.array([value for value, lower in every if lower])
        rest = np.array([value for value, lower in every if not lower])
        found[name] = {
            "lower loss": len(fell),
            "least": float(fell.min()),
            "most": float(fell.max()),
            "between": int(np.sum((fell >= limit) & (fell < PAIRED))),
            "below": int(np.sum(fell < limit)),
            "not lower": len(rest),
            "of these below": int(np.sum(rest < limit)),
        }
    text = json.dumps(found, indent=1)
    print(text)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
