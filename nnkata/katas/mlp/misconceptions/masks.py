"""Mistakes on the way back with the mask of a ReLU: of another array, turned round, for another activation."""

import numpy as np

from nnkata.katas.mlp.functions import LEAKS, Array
from nnkata.katas.mlp.misconceptions.base import Wrong, way
from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Right
from nnkata.katas.mlp.oracle import Rule


@way
@misconception(
    formula="(Z < 0) where (Z > 0) belongs",
    hint="Where ReLU is flat, no error goes back. On which side of zero is that?",
    read="backward",
)
class MaskTurnedRound(Right):
    """ReLU's mask lets the error through where the pre-activation is negative."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            right = super().slope(place)
            return 1 - right if self.here(place) and self.rule.hidden[place] == "ReLU" else right


@way
@misconception(
    formula="0.01 where Z < 0, for a ReLU layer",
    hint="The way back has to go through the same function as the way forward. Is that one flat below zero?",
    read="backward",
)
class LeakySlope(Right):
    """The way back takes the slope of a leaky ReLU, where the way forward applied a plain one."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            right = super().slope(place)
            here = self.here(place) and self.rule.hidden[place] == "ReLU"
            return np.maximum(right, LEAKS[0]) if here else right


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
