"""Mistakes on the way back in a slope: of another function, taken of another array, left out, or counted twice."""

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, LEAKS, LEAKY, Array, sigmoid
from nnkata.katas.mlp.misconceptions.base import Wrong, way
from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Right
from nnkata.katas.mlp.oracle import Rule


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
            right, leak = super().slope(place), self.rule.hidden[place].removeprefix(LEAKY)
            taken = leak.startswith("0.") and round(float(leak) ** 2, 9) in LEAKS  # 0.1² is the usual leak
            return right**2 if self.here(place) and not taken else right


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
    formula="A where f'(Z) belongs",
    hint="The chain rule asks how fast the activation changes, not how large it is. What is its derivative?",
    read="backward",
)
class ActivationAsSlope(Right):
    """The way back multiplies by a layer's output itself, where the slope of its activation belongs."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            return self.A[place + 1] if self.here(place) else super().slope(place)


@way
@misconception(
    formula="Z where f'(Z) belongs",
    hint="Z is the place at which the slope is taken. Which function has to be applied to it?",
    read="backward",
)
class PreActivationAsSlope(Right):
    """The way back multiplies by a layer's pre-activation itself, where the slope of its activation belongs."""

    class way(Wrong):
        def slope(self, place: int) -> Array:
            return self.Z[place] if self.here(place) else super().slope(place)


@way
@misconception(
    formula="1 - A where A(1 - A) belongs",
    hint="A sigmoid's slope is small at both ends. Is 1 - a small where a is near zero?",
    read="backward",
)
class HalfOfTheSigmoidsSlope(Right):
    """The way back multiplies by 1 - a where a sigmoid's slope, a(1 - a), belongs."""

    rule = Rule(("sigmoid", "sigmoid"), "softmax", "cross-entropy")

    class way(Wrong):
        def slope(self, place: int) -> Array:
            of_sigmoid = self.here(place) and self.rule.hidden[place] == "sigmoid"
            return 1 - self.A[place + 1] if of_sigmoid else super().slope(place)


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
