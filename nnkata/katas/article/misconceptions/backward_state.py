"""Mistakes of backward_pass in stored and changed values: weights, activations, sums, the caller's array."""

from typing import Any

import numpy as np

from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="W3 ← W3 - l_rate · change[W3] before delta2 is computed, and so on",
    hint="All gradients of a sample belong to the same weights. When may the first weight move?",
    read="backpropagation",
)
class UpdatedBeforeNextGradient(Right):
    """backward_pass moves each weight matrix before it computes the gradients of the layers before."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        delta, changes = self.error(y_train, output), {}
        for layer, activations in ((3, self.A2), (2, self.A1), (1, self.A0)):
            key = f"W{layer}"
            changes[key] = np.outer(delta, activations)
            self.params[key] = self.params[key] - self.l_rate * changes[key]
            delta = self.back(layer - 1, delta) if layer > 1 else delta
        return changes


@misconception(
    formula="change[W] += delta ⊗ A, never set back",
    hint="Call backward_pass twice for the same sample. What is left in your arrays from the first time?",
    read="backpropagation",
)
class GradientsPileUp(Right):
    """The gradients of all calls are added up."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        changes = super().backward_pass(y_train, output)
        old = getattr(self, "sums", {})
        self.sums = {key: change + old.get(key, 0.0) for key, change in changes.items()}
        return self.sums


@misconception(
    formula="A0, A1, A2 of the first sample",
    hint="Send a second sample forward. Do the activations that the backward pass uses change with it?",
    read="backpropagation",
)
class StaleForwardPass(Right):
    """The backward pass uses the activations of the first sample that ever went forward."""

    def forward_pass(self, x_train: Any) -> Any:
        if not hasattr(self, "first"):
            super().forward_pass(x_train)
            self.first = self.A0, self.Z1, self.A1, self.Z2, self.A2
            return self.A3
        output = super().forward_pass(x_train)
        self.A0, self.Z1, self.A1, self.Z2, self.A2 = self.first
        return output


@misconception(
    formula="output ← output - y, in place",
    hint="An operator with = in it writes into the array that was handed in.",
    read="backpropagation",
)
class OutputChangedInPlace(Right):
    """The error is computed in the caller's output array."""

    def error(self, y_train: Any, output: Any) -> Any:
        if isinstance(output, np.ndarray):
            output -= y_train
        return output
