"""The answers of a second forward pass, as compute_accuracy may have one: other activations, or another output."""

from collections.abc import Callable, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array

#: A hidden layer's function, and its text around a term.
Layer = tuple[Callable[[Array], Array], str]
LAYERS: tuple[Layer, ...] = (
    (oracle.sigmoid, "σ({0})"),
    (lambda z: z, "{0}"),
    (lambda z: np.maximum(z, 0.0), "max(0, {0})"),
    (np.tanh, "tanh({0})"),
    (lambda z: oracle.sigmoid(oracle.sigmoid(z)), "σ(σ({0}))"),
)


def answers(weights: Mapping[str, Array], xs: Array) -> dict[str, Array]:
    """Numbers (n, k) whose largest is the answer of each sample, by the text of how they are made.

    `weights` are the network's W1 (rows, n0), W2 and W3; `xs` are n samples as rows. The right output is not there.
    """
    z1 = xs @ weights["W1"].T
    found: dict[str, Array] = {}
    for first, (one, one_text) in enumerate(LAYERS):
        hidden = one(z1)
        z2 = hidden @ weights["W2"].T
        z2_text = f"W2·{one_text.format('Z1')}" if first else "Z2"
        for second, (other, other_text) in enumerate(LAYERS):
            text = other_text.format(z2_text)
            if first or second:
                found[f"W3·{text}"] = other(z2) @ weights["W3"].T
    a1 = oracle.sigmoid(z1)
    a2 = oracle.sigmoid(a1 @ weights["W2"].T)
    z3 = a2 @ weights["W3"].T
    found |= {"|Z3|": np.abs(z3), "Z3²": z3**2, "A2": a2, "A1": a1}
    for text, x in (("x / 255", xs / 255), ("255 · x", 255 * xs), ("round(x)", np.round(xs)), ("1 - x", 1 - xs)):
        found[f"output({text})"] = oracle.outputs(weights, x)
    return found
