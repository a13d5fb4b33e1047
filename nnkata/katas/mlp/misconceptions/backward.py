"""Other mistakes in the backward pass: in the error, in the matrix that carries it back, in its other factors."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.base import Wrong, way
from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right
from nnkata.katas.mlp.oracle import Pass, Rule


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


@misconception(
    formula="W moves, then δ = δ' Wᵀ · f'(Z) with the moved W",
    hint="All gradients belong to the same weights. Which ones does the error go back through after the first update?",
    read="backward",
)
class WeightsMovedOnTheWayBack(Right):
    """The way back updates a layer's weights before they carry the error to the layer below."""

    one_by_one = False

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        passed = moved(self.rate, self.one_by_one)(self.rule, self.layers(net), np.asarray(x))
        return [array for pair in passed.gradients(y) for array in pair]

    @property
    def variants(self) -> tuple[type[Right], ...]:
        """The same mistake with one step per sample, where a batch still has the mean of its samples."""
        return () if self.one_by_one else (type("OneByOne", (type(self),), {"one_by_one": True}),)


@way
@misconception(
    formula="dW of the output with δ · f'(Z), but δ goes back without f'(Z)",
    hint="The output's pre-activations have one error, for its own weights and for the layer below. Which is yours?",
    read="backward",
)
class OutputSlopeInLastLayerOnly(Right):
    """The output's slope is in the gradient of the last weights, but the error goes back without it."""

    rule = Rule(("sigmoid", "sigmoid"), "sigmoid", "binary cross-entropy")

    class way(Wrong):
        def _own(self, place: int, delta: Array) -> Array:
            last = place == len(self.layers) - 1 and self.rule.output == "sigmoid"
            return delta * self.output * (1 - self.output) if last else delta

        def weight_gradient(self, place: int, delta: Array) -> Array:
            return super().weight_gradient(place, self._own(place, delta))

        def bias_gradient(self, place: int, delta: Array) -> Any:
            return super().bias_gradient(place, self._own(place, delta))


def moved(rate: float, one_by_one: bool = False) -> type[Pass]:
    """A backward pass through weights that were updated at this rate, by the whole batch or by each sample alone."""

    class Moved(Pass):
        def back(self, place: int, delta: Array) -> Array:
            weights = self.layers[place + 1][0]
            if one_by_one:  # δ (W - r a ⊗ δ)ᵀ for each sample
                lost = rate * (delta**2).sum(axis=1, keepdims=True) * self.A[place + 1]
                return np.asarray((delta @ weights.T - lost) * self.slope(place))
            after = weights - rate * self.weight_gradient(place + 1, delta)
            return np.asarray(delta @ after.T * self.slope(place))

    return Moved


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
