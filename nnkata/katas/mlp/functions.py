"""Activations, outputs and losses by name, each with its derivative; float64, samples as rows.

Analytic formulas accept complex numbers too, so that a complex step can check their derivatives.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

#: The slopes of leaky ReLUs to try; the first is the usual one.
LEAKS = (0.01, 0.1, 0.2, 0.3, 0.05, 0.02, 0.001)
#: The beginning of a leaky ReLU's name; its slope follows.
LEAKY = "leaky ReLU "
#: SELU's two constants (Klambauer et al., 2017).
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


def labels_of(numbers: Any, classes: int) -> Array:
    """The labels of numbered classes, (n, k): one-hot; for one output 0 or 1, of which it tells the second."""
    return np.eye(classes)[numbers] if classes > 1 else np.asarray(numbers)[:, None] % 2.0


@dataclass(frozen=True)
class Activation:
    """A function of a pre-activation, element by element, and its slope there."""

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z) without overflow; complex numbers too."""
    e = np.exp(-np.abs(z.real) - 1j * np.where(z.real >= 0, 1, -1) * z.imag) if np.iscomplexobj(z) else np.exp(-abs(z))
    positive: Array = z.real >= 0
    return np.asarray(np.where(positive, 1.0, e) / (1.0 + e))


def _sigmoid_slope(z: Array) -> Array:
    s = sigmoid(z)
    return s * (1.0 - s)


def _positive(z: Array) -> Array:
    return np.asarray(np.where(z.real > 0, 1.0, 0.0))


def leaky(leak: float) -> Activation:
    """z above zero, `leak` times z below."""
    return Activation(
        lambda z: np.asarray(np.where(z.real > 0, z, leak * z)),
        lambda z: np.asarray(np.where(z.real > 0, 1.0, leak)),
    )


def _elu(scale: float, alpha: float) -> Activation:
    def value(z: Array) -> Array:
        return np.asarray(scale * np.where(z.real > 0, z, alpha * np.expm1(np.where(z.real > 0, 0.0, z))))

    def slope(z: Array) -> Array:
        return np.asarray(scale * np.where(z.real > 0, 1.0, alpha * np.exp(np.where(z.real > 0, 0.0, z))))

    return Activation(value, slope)


def _gated(factor: float) -> Activation:
    """z · sigmoid(factor · z): swish at 1, a GELU at 1.702."""

    def slope(z: Array) -> Array:
        s = sigmoid(factor * z)
        return s + factor * z * s * (1.0 - s)

    return Activation(lambda z: z * sigmoid(factor * z), slope)


def _gelu_tanh() -> Activation:
    c, a = math.sqrt(2.0 / math.pi), 0.044715  # Hendrycks and Gimpel, 2016

    def slope(z: Array) -> Array:
        t = np.tanh(c * (z + a * z**3))
        return np.asarray(0.5 * (1.0 + t) + 0.5 * z * (1.0 - t**2) * c * (1.0 + 3.0 * a * z**2))

    return Activation(lambda z: np.asarray(0.5 * z * (1.0 + np.tanh(c * (z + a * z**3)))), slope)


def _gelu() -> Activation:
    erf = np.vectorize(math.erf, otypes=[np.float64])

    def normal(z: Array) -> Array:
        return np.asarray(0.5 * (1.0 + erf(z / math.sqrt(2.0))))

    return Activation(
        lambda z: z * normal(z),
        lambda z: normal(z) + z * np.asarray(np.exp(-0.5 * z**2)) / math.sqrt(2.0 * math.pi),
    )


#: Hidden activations in the order of trying: the commonest first.
ACTIVATIONS: dict[str, Activation] = {
    "ReLU": Activation(lambda z: z * _positive(z), _positive),
    "sigmoid": Activation(sigmoid, _sigmoid_slope),
    "tanh": Activation(lambda z: np.asarray(np.tanh(z)), lambda z: np.asarray(1.0 - np.tanh(z) ** 2)),
    **{f"{LEAKY}{leak:g}": leaky(leak) for leak in LEAKS},
    "GELU (tanh)": _gelu_tanh(),
    "GELU (1.702)": _gated(1.702),
    "GELU": _gelu(),
    "swish": _gated(1.0),
    "ELU": _elu(1.0, 1.0),
    "SELU": _elu(SELU_SCALE, SELU_ALPHA),
    "softplus": Activation(lambda z: np.asarray(np.logaddexp(0.0, z)), sigmoid),
    "linear": Activation(lambda z: z, lambda z: np.ones_like(z)),
}


def softmax(z: Array) -> Array:
    """Each row's softmax."""
    e = np.exp(z - z.real.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


#: The outputs of a network, by name. All but `softmax` are functions of single elements.
OUTPUTS: dict[str, Callable[[Array], Array]] = {
    "softmax": softmax,
    "sigmoid": sigmoid,
    "linear": lambda z: z,
    "tanh": ACTIVATIONS["tanh"].value,
    "ReLU": ACTIVATIONS["ReLU"].value,
    "log-softmax": lambda z: np.asarray(np.log(softmax(z))),
}


def by_output(output: str, z: Array, error: Array) -> Array:
    """An error by the output's values as an error by its pre-activations z: through the function's Jacobian, rows."""
    if output == "softmax":
        p = softmax(z)
        return np.asarray(p * (error - (error * p).sum(axis=1, keepdims=True)))
    if output == "log-softmax":
        return np.asarray(error - softmax(z) * error.sum(axis=1, keepdims=True))
    return error * ACTIVATIONS[output].slope(z)


@dataclass(frozen=True)
class Loss:
    """A loss summed over a batch: `value` of outputs and labels (n, k), and its derivative by the outputs."""

    value: Callable[[Array, Array], Any]
    error: Callable[[Array, Array], Array]


def _log(p: Array) -> Array:
    return np.asarray(np.log(np.where(p == 0, np.finfo(np.float64).tiny, p)))


def _size(d: Array) -> Array:
    """The absolute value, from which a complex step can take a derivative."""
    return np.asarray(np.where(d.real < 0, -d, d))


def _margins(p: Array, y: Array) -> Array:
    """How far each output comes within 1 of that of the right class, or beyond; 0 where it does not."""
    z = 1 + p - (p * y).sum(axis=1, keepdims=True)
    return np.asarray(np.where(z.real > 0, z, 0.0))


def _hinge_error(p: Array, y: Array, power: int) -> Array:
    """The derivative of the margins of the wrong classes, or of their squares."""
    margins = _margins(p, y)
    each = (1 - y) * (2 * margins if power == 2 else np.sign(margins.real))
    return np.asarray(each - y * each.sum(axis=1, keepdims=True))


#: Losses by name, and the outputs that each goes with; those of logits take the input of softmax or sigmoid.
LOSSES: dict[str, Loss] = {
    "cross-entropy": Loss(lambda p, y: -(y * _log(p)).sum(), lambda p, y: -y / p),
    "binary cross-entropy": Loss(
        lambda p, y: -(y * _log(p) + (1 - y) * _log(1 - p)).sum(), lambda p, y: (p - y) / (p * (1 - p))
    ),
    "squared error": Loss(lambda p, y: ((p - y) ** 2).sum(), lambda p, y: 2 * (p - y)),
    "cross-entropy of logits": Loss(
        lambda z, y: -(y * _log(softmax(z))).sum(), lambda z, y: softmax(z) * y.sum(axis=1, keepdims=True) - y
    ),
    "binary cross-entropy of logits": Loss(
        lambda z, y: -(y * _log(sigmoid(z)) + (1 - y) * _log(sigmoid(-z))).sum(), lambda z, y: sigmoid(z) - y
    ),
    "cross-entropy of log-probabilities": Loss(lambda q, y: -(y * q).sum(), lambda q, y: -y),
    "absolute error": Loss(lambda p, y: _size(p - y).sum(), lambda p, y: np.sign((p - y).real)),
    "Huber loss": Loss(
        lambda p, y: np.where(abs(p - y) < 1, 0.5 * (p - y) ** 2, _size(p - y) - 0.5).sum(),
        lambda p, y: np.clip(p - y, -1.0, 1.0),
    ),
    "log-cosh": Loss(
        lambda p, y: (_size(p - y) + np.log1p(np.exp(-2 * _size(p - y))) - math.log(2)).sum(),
        lambda p, y: np.tanh(p - y),
    ),
    "hinge loss": Loss(lambda p, y: ((1 - y) * _margins(p, y)).sum(), lambda p, y: _hinge_error(p, y, 1)),
    "squared hinge loss": Loss(lambda p, y: ((1 - y) * _margins(p, y) ** 2).sum(), lambda p, y: _hinge_error(p, y, 2)),
    "focal loss": Loss(
        lambda p, y: -(y * (1 - p) ** 2 * _log(p)).sum(),
        lambda p, y: y * (2 * (1 - p) * _log(p) - (1 - p) ** 2 / np.where(p == 0, np.finfo(np.float64).tiny, p)),
    ),
}

#: The losses to try for an output, the usual one first.
USUAL: dict[str, tuple[str, ...]] = {
    "softmax": ("cross-entropy", "squared error", "binary cross-entropy"),
    "sigmoid": ("binary cross-entropy", "squared error", "cross-entropy", "cross-entropy of logits"),
    "linear": ("squared error", "cross-entropy of logits", "binary cross-entropy of logits"),
    "tanh": ("squared error", "cross-entropy of logits"),
    "ReLU": ("squared error", "cross-entropy of logits"),
    "log-softmax": ("cross-entropy of log-probabilities",),
}

#: Losses that are tried if no usual one fits every gradient. Huber's bends at 1, focal loss has the exponent 2
#: (Lin et al., 2017), hinge loss the margin 1 between the right class and each other one (Weston and Watkins, 1999).
RARE: dict[str, tuple[str, ...]] = {
    "softmax": ("focal loss", "absolute error", "log-cosh"),
    "sigmoid": ("absolute error", "log-cosh"),
    "linear": ("Huber loss", "absolute error", "log-cosh", "hinge loss", "squared hinge loss"),
    "tanh": ("absolute error", "Huber loss", "log-cosh"),
    "ReLU": ("absolute error", "Huber loss", "log-cosh"),
    "log-softmax": (),
}


def output_error(output: str, loss: str, z: Array, y: Array) -> Array:
    """The derivative of a summed loss by the output's pre-activations; simplified if numbers would cancel."""
    if (output, loss) in (("softmax", "cross-entropy"), ("sigmoid", "binary cross-entropy")):
        total = y.sum(axis=1, keepdims=True) if output == "softmax" else 1.0
        return np.asarray(OUTPUTS[output](z) * total - y)
    return by_output(output, z, LOSSES[loss].error(OUTPUTS[output](z), y))
