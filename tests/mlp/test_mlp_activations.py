"""The activations of a network are read from its outputs, also where each hidden layer has one of its own."""

from itertools import pairwise

import numpy as np
import pytest

from nnkata.katas.mlp.forward_functions import functions
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.layout import layouts
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import Batch

WIDTHS = (9, 14, 11, 5)


def batches(rule: Rule | None) -> list[Batch]:
    """Two batches with their outputs; outputs of no network without a rule."""
    rng = np.random.default_rng(4)
    found = []
    for n in (6, 4):
        arrays: list[Array] = [array for a, b in pairwise(WIDTHS) for array in (rng.normal(0, 0.4, (a, b)), np.ones(b))]
        x = rng.random((n, WIDTHS[0]))
        layers: list[tuple[Array, Array | None]] = list(zip(arrays[::2], arrays[1::2], strict=True))
        output = Pass(rule, layers, x).output if rule else rng.random((n, WIDTHS[-1]))
        found.append(Batch(arrays, x, np.zeros((n, WIDTHS[-1])), output))
    return found


@pytest.mark.parametrize(
    ("hidden", "output"),
    [
        (("tanh", "softplus"), "linear"),
        (("leaky ReLU 0.05", "ReLU"), "sigmoid"),
        (("GELU", "swish"), "softmax"),
        (("ReLU", "ReLU"), "softmax"),
    ],
)
def test_each_layer_may_have_an_activation_of_its_own(hidden: tuple[str, ...], output: str) -> None:
    made = batches(Rule(hidden, output, "squared error"))
    found = functions(layouts([np.shape(array) for array in made[0].parameters]), made, 1e-5)
    assert found is not None
    assert found[1:] == (hidden, output)


def test_outputs_of_no_network_have_no_activations() -> None:
    made = batches(None)
    assert functions(layouts([np.shape(array) for array in made[0].parameters]), made, 1e-5) is None
