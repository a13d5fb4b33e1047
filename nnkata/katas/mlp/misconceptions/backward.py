"""Mistakes on the way back: what is computed instead of a gradient. Each is a `Pass` with one piece overridden.

`only` restricts one to a layer, as somebody may have made it in one layer alone.
"""

from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, Array, sigmoid
from nnkata.katas.mlp.misconceptions.catalogue import kebab, misconception
from nnkata.katas.mlp.misconceptions.right import Right
from nnkata.katas.mlp.oracle import Pass, Rule


class Wrong(Pass):
    """A pass with a mistake, in every layer or in one."""

    only: int | None = None
    #: Whether the mistake is one of the loss's error, which no layer has for itself.
    of_error = False

    def here(self, place: int) -> bool:
        """Whether the mistake is made in this layer."""
        return self.only in (None, place)


#: The ways to go wrong, by the name of the misconception that each belongs to; filled by the classes below.
WAYS: dict[str, type[Wrong]] = {}


def way(cls: type[Right]) -> type[Right]:
    """Enter the way of a wrong module among those that a diagnosis tries."""

    assert issubclass(cls.way, Wrong)
    WAYS[kebab(cls.__name__)] = cls.way
    return cls


@way
@misconception(
    formula="db = Σ over samples and units of δ, one number",
    hint="Each unit has a bias of its own. Along which axis do the samples lie, and along which the units?",
    read="backward",
)
class BiasSummedToOneNumber(Right):
    """The biases' gradient is summed over the batch and over the layer, to one number for all its units."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.full_like(right, right.sum()) if self.here(place) else right


@way
@misconception(
    formula="db = mean over samples and units of δ, one number",
    hint="A mean without an axis is one number for the whole layer. Which axis is the batch?",
    read="backward",
)
class BiasAveragedToOneNumber(Right):
    """The biases' gradient is averaged over the batch and over the layer, to one number for all its units."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.full_like(right, right.mean()) if self.here(place) else right


@way
@misconception(
    formula="db = 0",
    hint="A bias moves the output like any weight. What is its slope?",
    read="backward",
)
class BiasNeverLearns(Right):
    """The biases' gradient is zero: they stay at what they were."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.zeros_like(right) if self.here(place) else right


@way
@misconception(
    formula="dW = (1/n) Aᵀδ, but db = Σ δ",
    hint="Weights and biases belong to one loss. If it is a mean over the batch, what is divided by n?",
    read="batches",
)
class BiasNotAveraged(Right):
    """The weights' gradient is the mean of the batch, the biases' is its sum."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return self.n * right if self.here(place) else right


@way
@misconception(
    formula="dW = Aᵀδ, but db = (1/n) Σ δ",
    hint="A matrix product over the batch is a sum. If the loss is a mean, what is missing from the weights' gradient?",
    read="batches",
)
class WeightsNotAveraged(Right):
    """The biases' gradient is the mean of the batch, the weights' is its sum."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            right = super().weight_gradient(place, delta)
            return self.n * right if self.here(place) else right


@way
@misconception(
    formula="δ of each layer below divided by n once more",
    hint="The mean over the batch is taken once. Where does each δ already carry its 1/n?",
    read="batches",
)
class AveragedAtEveryLayer(Right):
    """The mean over the batch is taken again at every layer on the way back."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            right = super().back(place, delta)
            return right / self.n if self.here(place) else right


@way
@misconception(
    formula="δ = δ' Wᵀ",
    hint="Between a layer's output and its pre-activation stands its activation. What does the chain rule multiply by?",
    read="backward",
)
class HiddenSlopeMissing(Right):
    """The slope of a hidden layer's activation is left out on the way back."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            right = super().slope(place)
            return np.ones_like(right) if self.here(place) else right


@way
@misconception(
    formula="δ = δ' Wᵀ · f'(Z)²",
    hint="The slope belongs there once. Is it applied where δ is made and again where the gradient is?",
    read="backward",
)
class HiddenSlopeTwice(Right):
    """The slope of a hidden layer's activation is multiplied in twice."""

    rule = Rule(("sigmoid", "sigmoid"), "softmax", "cross-entropy")

    class way(Wrong):
        def slope(self, place: int) -> Array:
            right = super().slope(place)
            return right**2 if self.here(place) else right


@way
@misconception(
    formula="f'(A) where f'(Z) belongs",
    hint="The derivative takes the pre-activation. What does your function expect: Z, or what came out of it?",
    read="backward",
)
class SlopeOfActivation(Right):
    """The activation's derivative is taken at the layer's output instead of at its pre-activation."""

    rule = Rule(("sigmoid", "sigmoid"), "softmax", "cross-entropy")

    class way(Wrong):
        def slope(self, place: int) -> Array:
            if not self.here(place):
                return super().slope(place)
            return ACTIVATIONS[self.rule.hidden[place]].slope(self.A[place + 1])


@way
@misconception(
    formula="Z(1 - Z), or 1 - Z²",
    hint="a(1 - a) and 1 - a² are the slopes in terms of the output a. What is handed to the function?",
    read="backward",
)
class FormulaOfOutputAtPreActivation(Right):
    """The slope's formula for the layer's output, a(1 - a) or 1 - a², is given the pre-activation."""

    rule = Rule(("sigmoid", "sigmoid"), "softmax", "cross-entropy")

    class way(Wrong):
        def slope(self, place: int) -> Array:
            name, z = self.rule.hidden[place], self.Z[place]
            if name not in ("sigmoid", "tanh") or not self.here(place):
                return super().slope(place)
            return z * (1 - z) if name == "sigmoid" else 1 - z**2


@way
@misconception(
    formula="σ'(Z) for a ReLU layer",
    hint="The way back has to go through the same function as the way forward. Which one did this layer apply?",
    read="backward",
)
class SigmoidSlope(Right):
    """The way back takes the slope of a sigmoid where the way forward applied another function."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            s = sigmoid(self.Z[place])
            return s * (1 - s) if self.here(place) and self.rule.hidden[place] != "sigmoid" else super().slope(place)


@way
@misconception(
    formula="A(1 - A) for a ReLU layer",
    hint="a(1 - a) is the slope of a sigmoid. Which function did this layer apply?",
    read="backward",
)
class SigmoidSlopeOfOutput(Right):
    """The way back takes a(1 - a), the slope of a sigmoid, where the way forward applied another function."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            a = self.A[place + 1]
            return a * (1 - a) if self.here(place) and self.rule.hidden[place] != "sigmoid" else super().slope(place)


@way
@misconception(
    formula="1 - tanh²(Z) for another activation",
    hint="The way back has to go through the same function as the way forward. Which one did this layer apply?",
    read="backward",
)
class TanhSlope(Right):
    """The way back takes the slope of tanh where the way forward applied another function."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            right = super().slope(place)
            return 1 - np.tanh(self.Z[place]) ** 2 if self.here(place) and self.rule.hidden[place] != "tanh" else right


@way
@misconception(
    formula="(Z > 0) for another activation",
    hint="The mask Z > 0 is the slope of ReLU. Which function did this layer apply?",
    read="backward",
)
class ReluSlope(Right):
    """The way back takes ReLU's mask where the way forward applied another function."""

    rule = Rule(("leaky ReLU 0.1", "leaky ReLU 0.1"), "softmax", "cross-entropy")

    class way(Wrong):
        def slope(self, place: int) -> Array:
            mask = np.where(self.Z[place] > 0, 1.0, 0.0)
            return mask if self.here(place) and self.rule.hidden[place] != "ReLU" else super().slope(place)


@way
@misconception(
    formula="δ = d · (d > 0), d = δ' Wᵀ",
    hint="ReLU lets an error through where its own input was positive. Which array is compared with zero?",
    read="backward",
)
class MaskOfTheError(Right):
    """ReLU's mask is taken of the error on the way back instead of the pre-activation."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            error = delta @ self.layers[place + 1][0].T
            return error * (error > 0) if self.here(place) else super().back(place, delta)


@way
@misconception(
    formula="δ_out = (P - y) · (Z_out > 0)",
    hint="The output is no ReLU layer. Which function stands between its pre-activation and the loss?",
    read="backward",
)
class MaskAtTheOutput(Right):
    """ReLU's mask is applied to the output's error, where no ReLU is."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            return super().error(y) * (self.Z[-1] > 0)


@way
@misconception(
    formula="δ_out = (P - y) · P(1 - P)",
    hint="With softmax and cross-entropy, P - y already is the derivative by Z. What is multiplied in besides?",
    read="backward",
)
class OutputSlopeDiagonal(Right):
    """The output's error is multiplied by p(1 - p), the diagonal of the softmax Jacobian."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            p = self.A[-1]
            return (p - y) * p * (1 - p) if self.rule.output == "softmax" else super().error(y)


@way
@misconception(
    formula="δ_out = (A - y) · A(1 - A)",
    hint="With a sigmoid and binary cross-entropy, A - y already is the derivative by Z. Which loss is meant?",
    read="backward",
)
class OutputSlopeTwice(Right):
    """The output's slope is multiplied in once more than its loss asks for."""

    rule = Rule(("ReLU", "ReLU"), "sigmoid", "squared error", factor=0.5)

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            if self.rule.output not in ("sigmoid", "tanh"):
                return super().error(y)
            return super().error(y) * ACTIVATIONS[self.rule.output].slope(self.Z[-1])


@way
@misconception(
    formula="δ_out = y - P",
    hint="The gradient points up the loss, and a step subtracts it. Which of the two is subtracted from which?",
    read="backward",
)
class ErrorTurnedRound(Right):
    """The output's error has the wrong sign: label minus output."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            return -super().error(y)


@way
@misconception(
    formula="δ_out = Z - y",
    hint="The error compares probabilities with labels. Which of the two arrays holds the probabilities?",
    read="backward",
)
class ErrorFromLogits(Right):
    """The output's error is taken from the pre-activations instead of the output."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            return self.Z[-1] - y if self.rule.output != "linear" else super().error(y)


@way
@misconception(
    formula="δ_out = P - y shifted by one class",
    hint="Classes count from 0. Which column is the digit 0?",
    read="batches",
)
class LabelsOffByOne(Right):
    """The labels are those of the neighbouring class."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            return super().error(np.roll(y, -1, axis=1))


@way
@misconception(
    formula="δ_out = P - y shifted by one sample",
    hint="Image and label stand at the same place. Which index moved?",
    read="batches",
)
class LabelsOfTheNextSample(Right):
    """Each sample is compared with the label of the one after it."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            return super().error(np.roll(y, -1, axis=0))


@way
@misconception(
    formula="δ = δ' W",
    hint="Forward a layer multiplies by W. What turns a vector of its outputs back into one of its inputs?",
    read="backward",
)
class WeightsNotTransposedBack(Right):
    """The error goes back through the weights as they are instead of their transpose."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            weights = self.layers[place + 1][0]
            square = weights.shape[0] == weights.shape[1]
            return delta @ weights * self.slope(place) if square and self.here(place) else super().back(place, delta)


@way
@misconception(
    formula="δ = δ' · f'(Z)",
    hint="An error has to go back through the weights that it came through. Which matrix is missing?",
    read="backward",
)
class WeightsLeftOutBack(Right):
    """The next layer's error is taken as the layer's own, without going back through the weights between them."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            weights = self.layers[place + 1][0]
            square = weights.shape[0] == weights.shape[1]
            return delta * self.slope(place) if square and self.here(place) else super().back(place, delta)


@way
@misconception(
    formula="dW = Xᵀ δ of the next layer",
    hint="Each layer's gradient needs its own δ. Which one stands in the product?",
    read="backward",
)
class NextLayersDelta(Right):
    """A hidden layer's gradient is taken from the error of the layer after it."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            weights = self.layers[place + 1][0]
            square = weights.shape[0] == weights.shape[1]
            return np.array(delta) if square and self.here(place) else super().back(place, delta)


@way
@misconception(
    formula="dW = Zᵀδ",
    hint="What went into a layer is the activation of the one before. Which array is multiplied with δ?",
    read="backward",
)
class PreActivationInGradient(Right):
    """The gradient of the weights takes the pre-activation of the layer before instead of its activation."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            if place == 0 or not self.here(place):
                return super().weight_gradient(place, delta)
            return self.scale() * (self.Z[place - 1].T @ delta) + self.rule.decay * self.layers[place][0]


@way
@misconception(
    formula="dW transposed",
    hint="Rows and columns of a gradient are those of its weights. Which of the two vectors gives the rows?",
    read="backward",
)
class GradientTransposed(Right):
    """The gradient of a square weight matrix is transposed."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            right = super().weight_gradient(place, delta)
            return right.T if right.shape[0] == right.shape[1] and self.here(place) else right


@way
@misconception(
    formula="gradient of the last sample alone",
    hint="A loop over the batch has to add up. What is overwritten each time?",
    read="batches",
)
class LastSampleOnly(Right):
    """The gradient is that of the last sample of the batch alone."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            right = super().error(y)
            right[:-1] = 0
            return right * self.n if self.rule.mean else right


@way
@misconception(
    formula="mean(A) ⊗ mean(δ)",
    hint="The mean of products is not the product of means. What is averaged first?",
    read="batches",
)
class MeansBeforeProduct(Right):
    """Activations and errors are averaged over the batch before they are multiplied."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            if not self.here(place):
                return super().weight_gradient(place, delta)
            return self.scale() * np.outer(self.A[place].sum(axis=0), delta.sum(axis=0)) / self.n


@way
@misconception(
    formula="db = Σ δ + λ b",
    hint="Weight decay is for the weights. Is a large bias a sign of overfitting?",
    read="learning",
)
class BiasesDecay(Right):
    """Weight decay is applied to the biases too, which the loss does not say."""

    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy", decay=0.1)

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            own = self.layers[place][1]
            return right + self.rule.decay * own if self.here(place) and own is not None else right
