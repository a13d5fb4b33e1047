"""The mathematics of a multilayer perceptron, once, in float64: the right values.

Samples are rows: x (n, d), outputs and labels (n, k). A layer's weights are (in, out) here, in any order in the judged
network; its bias is (out,), or None.

A `Pass` consists of small pieces, so that a known mistake can override one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, LOSSES, OUTPUTS, Array, output_error

#: One layer: weights (in, out), bias (out,).
Layer = tuple[Array, Array | None]


@dataclass(frozen=True)
class Rule:
    """The functions of a network: activations of the hidden layers, output, loss.

    The loss is `factor` times the sum over the batch of `loss`, divided by the number of samples if `mean`, plus
    `decay` / 2 times the sum of the squared weights, plus `sparse` times that of their absolute values. The decay is
    divided by the number of samples, too, if `spread`. `targets` are the values that labels of 0 and of 1 stand for.
    """

    hidden: tuple[str, ...]
    output: str
    loss: str
    mean: bool = True
    factor: float = 1.0
    decay: float = 0.0
    sparse: float = 0.0
    targets: tuple[float, float] = (0.0, 1.0)
    spread: bool = False

    def wanted(self, y: Array) -> Array:
        """The values that an output should have for labels of 0 and 1."""
        low, high = self.targets
        return y if self.targets == (0.0, 1.0) else np.asarray(low + (high - low) * y)

    def decay_of(self, n: int) -> float:
        """The multiple of the weights in their gradient of a batch of n samples."""
        return self.decay / n if self.spread else self.decay

    def scale(self, n: int) -> float:
        """The factor of the summed loss of n samples."""
        return self.factor / n if self.mean else self.factor


class Pass:
    """One batch forward and back through the layers."""

    def __init__(self, rule: Rule, layers: Sequence[Layer], x: Any) -> None:
        self.rule, self.layers = rule, list(layers)
        self.x = np.asarray(x)
        self.n = len(self.x)
        self.Z: list[Array] = []  # pre-activations of each layer, (n, out)
        self.A: list[Array] = [self.x]  # the input of each layer; the last is the output
        self.forward()

    def forward(self) -> None:
        """Compute Z and A of all layers."""
        for place, (weights, bias) in enumerate(self.layers):
            z = self.A[-1] @ weights
            self.Z.append(z if bias is None else z + bias)
            self.A.append(self.activate(place))

    def activate(self, place: int) -> Array:
        """The activation of a layer."""
        if place == len(self.layers) - 1:
            return OUTPUTS[self.rule.output](self.Z[place])
        return ACTIVATIONS[self.rule.hidden[place]].value(self.Z[place])

    @property
    def output(self) -> Array:
        """The output, (n, k)."""
        return self.A[-1]

    def error(self, y: Array) -> Array:
        """The derivative of the summed loss by the output's pre-activations, (n, k)."""
        return output_error(self.rule.output, self.rule.loss, self.Z[-1], self.rule.wanted(y))

    def slope(self, place: int) -> Array:
        """The derivative of a hidden layer's activation, (n, out)."""
        return ACTIVATIONS[self.rule.hidden[place]].slope(self.Z[place])

    def back(self, place: int, delta: Array) -> Array:
        """The delta of the hidden layer `place` from that of the layer after it."""
        return delta @ self.layers[place + 1][0].T * self.slope(place)

    def deltas(self, y: Array) -> list[Array]:
        """The derivative of the summed loss by each layer's pre-activations."""
        found = [self.error(y)]
        for place in reversed(range(len(self.layers) - 1)):
            found.insert(0, self.back(place, found[0]))
        return found

    def scale(self) -> float:
        """The factor of the gradients' sums over the batch: 1/n for a mean, times the loss's own."""
        return self.rule.scale(self.n)

    def weight_gradient(self, place: int, delta: Array) -> Array:
        """A layer's gradient of weights, (in, out)."""
        rule, own = self.rule, self.layers[place][0]
        found: Array = self.scale() * (self.A[place].T @ delta) + rule.decay_of(self.n) * own
        return found + rule.sparse * np.sign(own.real) if rule.sparse else found

    def bias_gradient(self, place: int, delta: Array) -> Any:
        """A layer's gradient of its bias, (out,)."""
        return self.scale() * delta.sum(axis=0)

    def gradients(self, y: Any) -> list[tuple[Any, Any]]:
        """Each layer's gradients of weights and bias (None where it has none)."""
        return [
            (self.weight_gradient(place, delta), None if bias is None else self.bias_gradient(place, delta))
            for place, (delta, (_weights, bias)) in enumerate(zip(self.deltas(np.asarray(y)), self.layers, strict=True))
        ]

    def loss(self, y: Any) -> Any:
        """The loss of the batch, a number."""
        squares = sum((weights**2).sum() for weights, _bias in self.layers)
        sizes = sum((np.sign(weights.real) * weights).sum() for weights, _bias in self.layers)
        total = LOSSES[self.rule.loss].value(self.output, self.rule.wanted(np.asarray(y)))
        return self.scale() * total + 0.5 * self.rule.decay_of(self.n) * squares + self.rule.sparse * sizes
