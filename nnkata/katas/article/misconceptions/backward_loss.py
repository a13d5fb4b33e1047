"""Mistakes in the error at the output, with which the way back begins: its sign, its loss, its factors."""

from typing import Any

import numpy as np

from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="error = y - output",
    hint="The update takes the gradient away. If the output is too large, which sign must its error have?",
    read="backpropagation",
)
class ErrorSignFlipped(Right):
    """The error has the wrong sign, so every gradient points down the loss, not up."""

    def error(self, y_train: Any, output: Any) -> Any:
        return -super().error(y_train, output)


def jacobian(output: Any) -> Any:
    """The derivative of the softmax: diag(p) - p pᵀ."""
    p = np.asarray(output, np.float64)
    return np.diag(p) - np.outer(p, p)


@misconception(
    formula="error = c · J (output - y), J = diag(p) - p pᵀ",
    hint="That is the gradient of the squared error. With cross-entropy, most of this cancels: what is left at Z3?",
    read="backpropagation",
)
class SquaredLossFullJacobian(Right):
    """The loss is the squared error, taken back through the whole softmax."""

    def error(self, y_train: Any, output: Any) -> Any:
        difference = super().error(y_train, output)
        return jacobian(output) @ (2 * difference / len(difference))


@misconception(
    formula="error = p (1 - p) c (output - y), c = 2 or 2 / n",
    hint="Every output depends on every logit, not only on its own. With cross-entropy you need no Jacobian at all.",
    read="backpropagation",
)
class SquaredLossDiagonalJacobian(Right):
    """The loss is the squared error, and only the diagonal of the softmax's derivative is kept."""

    def error(self, y_train: Any, output: Any) -> Any:
        difference = super().error(y_train, output)
        return np.diag(jacobian(output)) * (2 * difference / len(difference))


@misconception(
    formula="error = 2 (output - y) / n",
    hint="The factor belongs to the squared error. What is the derivative of the cross-entropy at Z3?",
    read="backpropagation",
)
class SquaredLossNoJacobian(Right):
    """The error is that of the squared loss at the output, without the softmax."""

    def error(self, y_train: Any, output: Any) -> Any:
        difference = super().error(y_train, output)
        return 2 * difference / len(difference)


@misconception(
    formula="error = (output - y) p (1 - p)",
    hint="output - y is the error at Z3 already: cross-entropy and softmax have cancelled the rest.",
    read="backpropagation",
)
class ExtraOutputDerivative(Right):
    """The error is multiplied by p (1 - p) once more."""

    def error(self, y_train: Any, output: Any) -> Any:
        p = np.asarray(output, np.float64)
        return super().error(y_train, output) * p * (1 - p)


@misconception(
    formula="error = (output - y) / n",
    hint="Cross-entropy is a sum over the classes, not a mean.",
    read="backpropagation",
)
class DividedByClasses(Right):
    """The error is divided by the number of classes."""

    def error(self, y_train: Any, output: Any) -> Any:
        return super().error(y_train, output) / len(np.asarray(output))
