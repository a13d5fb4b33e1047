"""Mistakes in the deltas of the hidden layers and in the gradients."""

from typing import Any

import numpy as np

from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="change[W3] = error · A3, a single number",
    hint="np.dot of two vectors is one number, but W3 has 10 × 64 weights that want a change each. Which two vectors, "
    "and which product, give a matrix of that shape?",
    read="backpropagation",
)
class ScalarGradient(Right):
    """Each gradient is np.dot of two vectors of the same layer, a single number, as the article prints it."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        delta3 = self.error(y_train, output)
        delta2 = self.back(2, delta3)
        delta1 = self.back(1, delta2)
        return {"W1": np.dot(delta1, self.A1), "W2": np.dot(delta2, self.A2), "W3": np.dot(delta3, self.A3)}


class ScalarAt(Right):
    """The scalar gradient in one layer only."""

    layer = 3

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        """A single number in that layer."""
        own = (self.A1, self.A2, self.A3)[layer - 1]
        return np.dot(delta, own) if layer == self.layer else super().gradient(layer, delta, activations)


@misconception(
    formula="change[W3] = error · A3, a single number",
    hint="W3 has a weight for every pair of an output and a unit of the layer before. One number cannot hold them all.",
    read="backpropagation",
)
class ScalarGradientW3(ScalarAt):
    """The gradient of W3 is np.dot of two vectors of the output layer, a single number."""


@misconception(
    formula="change[W2] = delta2 · A2, a single number",
    hint="W2 has a weight for every pair of units of the two hidden layers. One number cannot hold them all.",
    read="backpropagation",
)
class ScalarGradientW2(ScalarAt):
    """The gradient of W2 is np.dot of two vectors of the second hidden layer, a single number."""

    layer = 2


@misconception(
    formula="change[W1] = delta1 · A1, a single number",
    hint="W1 has a weight for every pair of a pixel and a unit. One number cannot hold them all.",
    read="backpropagation",
)
class ScalarGradientW1(ScalarAt):
    """The gradient of W1 is np.dot of two vectors of the first hidden layer, a single number."""

    layer = 1


@misconception(
    formula="change[W] = A ⊗ delta",
    hint="Rows belong to the layer's own units, columns to those of the layer before. Which vector does the outer "
    "product put in the rows?",
    read="backpropagation",
)
class OuterTransposed(Right):
    """The outer products are transposed: columns where rows belong."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return np.outer(activations, delta)


@misconception(
    formula="change[W] = delta ⊗ A of the layer itself",
    hint="A weight's change depends on what went into it. Which activations went into W3?",
    read="backpropagation",
)
class WrongLayersActivations(Right):
    """The outer product takes the activations of the layer itself instead of the layer before."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return np.outer(delta, (self.A1, self.A2, self.A3)[layer - 1])


@misconception(
    formula="change[W] = delta ⊗ Z of the layer before",
    hint="What goes through W is what the layer before gives out: is that before or after its sigmoid?",
    read="backpropagation",
)
class PreActivationsInGradient(Right):
    """The outer product takes the pre-activations Z instead of the activations A."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return np.outer(delta, (self.A0, self.Z1, self.Z2)[layer - 1])


@misconception(
    formula="delta = Wᵀ delta⁺, σ' missing",
    hint="The error passes through the sigmoid on its way back. By which factor does it change there?",
    read="backpropagation",
)
class DerivativeMissing(Right):
    """The sigmoid's derivative is missing in both hidden layers."""

    def slope(self, layer: int) -> Any:
        return 1.0


@misconception(
    formula="delta1 = W2ᵀ delta2, σ'(Z1) missing",
    hint="Compare what you do for the two hidden layers: each has a sigmoid of its own.",
    read="backpropagation",
)
class DerivativeMissingAtW1(Right):
    """The sigmoid's derivative is missing in the first hidden layer."""

    def slope(self, layer: int) -> Any:
        return 1.0 if layer == 1 else super().slope(layer)


@misconception(
    formula="delta2 = W3ᵀ delta3, σ'(Z2) missing",
    hint="Compare what you do for the two hidden layers: each has a sigmoid of its own.",
    read="backpropagation",
)
class DerivativeMissingAtW2(Right):
    """The sigmoid's derivative is missing in the second hidden layer."""

    def slope(self, layer: int) -> Any:
        return 1.0 if layer == 2 else super().slope(layer)


@misconception(
    formula="σ'(A) for σ'(Z)",
    hint="The derivative is taken where the sigmoid was: at what went into it, not at what came out.",
    read="backpropagation",
)
class DerivativeAtActivation(Right):
    """The derivative of the sigmoid is taken at A instead of Z."""

    def slope(self, layer: int) -> Any:
        return self.sigmoid(self.A1 if layer == 1 else self.A2, derivative=True)


@misconception(
    formula="Z (1 - Z) for σ'(Z)",
    hint="The short form a (1 - a) wants the sigmoid's value. Which of Z and A is that?",
    read="backpropagation",
)
class DerivativeFromZ(Right):
    """The derivative of the sigmoid is computed as Z (1 - Z) instead of A (1 - A)."""

    def slope(self, layer: int) -> Any:
        z = self.Z1 if layer == 1 else self.Z2
        return z * (1 - z)


@misconception(
    formula="σ(Z) for σ'(Z)",
    hint="Is the flag handed over? On the way back the slope of the sigmoid is wanted, not its value.",
    read="backpropagation",
)
class SigmoidForDerivative(Right):
    """The sigmoid itself stands where its derivative is meant."""

    def slope(self, layer: int) -> Any:
        return self.sigmoid(self.Z1 if layer == 1 else self.Z2)


@misconception(
    formula="change[W] = delta ⊗ A / m, m samples of a batch",
    hint="One sample makes one step: there is no batch to take the mean of.",
    read="backpropagation",
)
class DividedByBatch(Right):
    """The gradients are divided by a batch size although there is no batch."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return super().gradient(layer, delta, activations) / 32


@misconception(
    formula="delta2 = W3 delta3, without ᵀ",
    hint="The error goes the other way through the same weights. Which shape must the matrix have for that?",
    read="backpropagation",
)
class WeightsNotTransposedBack(Right):
    """The weights are not transposed on the way back; where all layers are as wide, that goes unnoticed."""

    def back(self, layer: int, delta: Any) -> Any:
        return (self.params[f"W{layer + 1}"] @ delta) * self.slope(layer)


@misconception(
    formula="change[W1] from delta3, not delta2",
    hint="The error reaches W1 by way of the second hidden layer. Which delta is at its door?",
    read="backpropagation",
)
class W1FromWrongDelta(Right):
    """The delta of the first layer is made from an error that has not passed the second layer's sigmoid."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        changes = super().backward_pass(y_train, output)
        unbent = self.params["W3"].T @ self.error(y_train, output)
        changes["W1"] = np.outer(self.back(1, unbent), self.A0)
        return changes


@misconception(
    formula="change[W] = 0, whatever the error is",
    hint="Print the largest element of each gradient for a sample that the network gets wrong. What is written into "
    "the arrays after they are made, and does it get into what is returned?",
    read="backpropagation",
)
class GradientsZero(Right):
    """The gradients have the right shapes, and every element is zero."""

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        return 0.0 * super().gradient(layer, delta, activations)


@misconception(
    formula="change[key] = …, with other keys",
    hint="Under which names does params hold the weights? Each gradient goes by the name of its matrix.",
    read="backpropagation",
)
class OtherKeysInGradients(Right):
    """What backward_pass returns has other keys than W1, W2 and W3."""

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        return {f"d{key}": change for key, change in super().backward_pass(y_train, output).items()}

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key in ("W1", "W2", "W3"):
            self.params[key] -= self.l_rate * changes_to_w[f"d{key}"]
