"""Mistakes in sigmoid, its derivative and softmax."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


def naive_sigmoid(x: Any, derivative: bool) -> Any:
    """As the article writes it: right, but e^-x overflows."""
    exps = np.exp(-np.asarray(x))
    return exps / (exps + 1) ** 2 if derivative else 1 / (1 + exps)


@misconception(
    formula="1 / (1 + e^-x), e^1000 = ∞",
    hint="What is e^-x for x = -1000? For negative x there is an equal form of the sigmoid in which only e^x occurs.",
    read="activations",
)
class SigmoidOverflows(Right):
    """The sigmoid computes e^-x for very negative x, which overflows."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return naive_sigmoid(x, derivative)


@misconception(
    formula="e^-x / (e^-x + 1)²",
    hint="The sigmoid itself is safe; its derivative is not. Can it be written with the sigmoid's own value?",
    read="activations",
)
class DerivativeOverflows(Right):
    """The derivative computes e^-x for very negative x, which overflows."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return naive_sigmoid(x, True) if derivative else oracle.sigmoid(x)


@misconception(
    formula="tanh(x)",
    hint="What is your function at 0, and between which two numbers does it stay? The sigmoid gives 0.5 at 0.",
    read="activations",
)
class TanhForSigmoid(Right):
    """The hidden layers use tanh instead of the sigmoid."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return 1 - np.tanh(x) ** 2 if derivative else np.tanh(x)


@misconception(
    formula="max(0, x)",
    hint="ReLU is another activation. The contract's hidden layers squash every number between 0 and 1.",
    read="activations",
)
class ReluForSigmoid(Right):
    """The hidden layers use ReLU instead of the sigmoid."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        x = np.asarray(x)
        return (x > 0).astype(x.dtype) if derivative else np.maximum(x, 0)


@misconception(
    formula="1 / (1 + e^x)",
    hint="Try a large positive number. Should the unit be nearly off or nearly on?",
    read="activations",
)
class SigmoidMirrored(Right):
    """The sign of the exponent is missing, so the sigmoid falls instead of rising."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return oracle.sigmoid_derivative(x) if derivative else oracle.sigmoid(-np.asarray(x))


@misconception(
    formula="sigmoid(x, derivative=True) = σ(x)",
    hint="Call sigmoid(0) with and without the flag. The slope at 0 is not the value at 0.",
    read="activations",
)
class DerivativeFlagIgnored(Right):
    """sigmoid gives the same with derivative=True as without, so σ stands where σ' is meant."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return oracle.sigmoid(x)


@misconception(
    formula="x (1 - x)",
    hint="x (1 - x) is right if x is a sigmoid's value already. Which do you hand in, Z or A?",
    read="activations",
)
class DerivativeOfActivation(Right):
    """The derivative is computed as x (1 - x) although x is the pre-activation Z, not σ(Z)."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        x = np.asarray(x)
        return x * (1 - x) if derivative else oracle.sigmoid(x)


@misconception(
    formula="σ(x) (1 + σ(x))",
    hint="The slope at 0 is 0.25. Which sign makes it so?",
    read="activations",
)
class DerivativeSign(Right):
    """The derivative has a plus where a minus belongs."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        value = oracle.sigmoid(x)
        return value * (1 + value) if derivative else value


@misconception(
    formula="a single number for a vector",
    hint="Each unit has an activation of its own: a vector goes in, a vector of the same length comes out.",
    read="activations",
)
class SigmoidFlattens(Right):
    """sigmoid gives a vector's mean instead of a value for each element."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return np.mean(super().sigmoid(x, derivative), keepdims=True)


@misconception(
    formula="matrices become vectors",
    hint="What is the shape of what comes back, if a matrix goes in?",
    read="activations",
)
class SigmoidRavels(Right):
    """sigmoid turns whatever it gets into a flat vector."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return super().sigmoid(x, derivative).ravel()


@misconception(
    formula="e^x / Σ e^x, e^1000 = ∞",
    hint="Softmax does not change if the same number is taken from every input. Which number keeps e^x small?",
    read="activations",
)
class SoftmaxOverflows(Right):
    """softmax computes e^x for very large x, which overflows."""

    def softmax(self, x: Any) -> Any:
        exps = np.exp(np.asarray(x))
        return exps / exps.sum()


@misconception(
    formula="e^(x - max x)",
    hint="Add up the elements of the output. Probabilities share 1 among them.",
    read="activations",
)
class SoftmaxWithoutSum(Right):
    """softmax does not divide by the sum."""

    def softmax(self, x: Any) -> Any:
        x = np.asarray(x)
        return np.exp(x - x.max())


@misconception(
    formula="x / Σ x",
    hint="Logits may be negative, probabilities may not. What makes every number positive before it is shared out?",
    read="activations",
)
class SoftmaxWithoutExponential(Right):
    """softmax divides the logits by their sum and forgets the exponential."""

    def softmax(self, x: Any) -> Any:
        x = np.asarray(x)
        return x / x.sum()


@misconception(
    formula="σ(x)",
    hint="A sigmoid looks at one unit alone. What makes the ten outputs add up to 1?",
    read="activations",
)
class SigmoidForSoftmax(Right):
    """softmax is a sigmoid of each element."""

    def softmax(self, x: Any) -> Any:
        return oracle.sigmoid(x)


@misconception(
    formula="x ← another x in sigmoid",
    hint="Whose array does your function write to? Its caller may still need the old numbers.",
    read="activations",
)
class SigmoidChangesArgument(Right):
    """sigmoid writes into the array that it was given."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        x *= -1
        return oracle.sigmoid_derivative(x) if derivative else oracle.sigmoid(-x)


@misconception(
    formula="x ← x - max x in softmax",
    hint="An operator with = in it writes into the array that was handed in.",
    read="activations",
)
class SoftmaxChangesArgument(Right):
    """softmax shifts the array that it was given in place."""

    def softmax(self, x: Any) -> Any:
        x -= x.max()
        exps = np.exp(x)
        return exps / exps.sum()
