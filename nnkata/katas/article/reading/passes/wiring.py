"""The forms of a layer: the ways to compute its input in a forward pass, for many candidates at once.

Rows are candidates: a and z are (k, width), the output of the layer before and the input of its activation.
"""

from collections.abc import Callable, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.passes.changes import FED, MADE, length, top

#: The values before the layer before: A0 is x; A1 and Z1 are known at layer 3.
Olds = Mapping[str, Array]
#: (weights, layer, a, z of the layer before, the values before that) to the pre-activation; None if the shapes do not
#: allow it.
Form = Callable[[Mapping[str, Array], int, Array, Array, Olds], Array | None]
Bend = Callable[[Array], Array]


def _w(weights: Mapping[str, Array], layer: int) -> Array:
    return weights[f"W{layer}"]


def _scaled(factor: float) -> Form:
    return lambda weights, layer, a, z, old: (a * factor) @ _w(weights, layer).T


def _with(change: Callable[[Array], Array]) -> Form:
    """W times the activations, changed."""
    return lambda weights, layer, a, z, old: change(a) @ _w(weights, layer).T


def _then(change: Callable[[Array], Array]) -> Form:
    """The product, changed."""
    return lambda weights, layer, a, z, old: change(a @ _w(weights, layer).T)


def _other(number: int) -> Form:
    def form(weights: Mapping[str, Array], layer: int, a: Array, z: Array, old: Olds) -> Array | None:
        own, other = _w(weights, layer), _w(weights, number)
        return a @ other.T if layer != number and own.shape == other.shape else None

    return form


def _transposed(weights: Mapping[str, Array], layer: int, a: Array, z: Array, old: Olds) -> Array | None:
    w = _w(weights, layer)
    return a @ w if w.shape[0] == w.shape[1] else None


def _reshaped(weights: Mapping[str, Array], layer: int, a: Array, z: Array, old: Olds) -> Array | None:
    w = _w(weights, layer)
    return a @ w.reshape(w.shape[::-1])


def _from(name: str) -> Form:
    """W times the result of two or three layers before."""

    def form(weights: Mapping[str, Array], layer: int, a: Array, z: Array, old: Olds) -> Array | None:
        w, older = _w(weights, layer), old.get(name)
        if older is None or layer < 2 or older.shape[1] != w.shape[1]:
            return None
        return np.broadcast_to(older @ w.T, (len(a), len(w)))

    return form


def _older(name: str) -> Form:
    """The result of two layers or three before, passed on unchanged."""

    def form(weights: Mapping[str, Array], layer: int, a: Array, z: Array, old: Olds) -> Array | None:
        older = old.get(name)
        if older is None or layer < 2 or older.shape[1] != len(_w(weights, layer)):
            return None
        return np.broadcast_to(older, (len(a), older.shape[1]))

    return form


def _bent_w(change: Callable[[Array], Array]) -> Form:
    return lambda weights, layer, a, z, old: a @ change(_w(weights, layer)).T


#: W reshaped to the form of its transpose: of a square one that is W itself, which is then taken as a transposed one.
RESHAPED = "({w} read off in another order (reshape))·{a}"
#: By how a form is written: {w} the layer's W, {a} the meant input, {z} the pre-activation of the layer before.
FORMS: dict[str, Form] = {
    "{w}·{a}": _scaled(1.0),
    "{w}ᵀ·{a}": _transposed,
    "{w}·{z}": lambda weights, layer, a, z, old: z @ _w(weights, layer).T if layer > 1 else None,
    **{key: _with(change) for key, change in FED.items()},
    "|{w}|·{a}": _bent_w(np.abs),
    "({w} ⊙ {w})·{a}": _bent_w(np.square),
    "({w} / |{w}|)·{a}": _bent_w(lambda w: w / (np.linalg.norm(w) or 1.0)),
    "{w}·{a} + mean {a}": lambda weights, layer, a, z, old: a @ _w(weights, layer).T + a.mean(axis=1, keepdims=True),
    "{w}·{a} + Σ {a}": lambda weights, layer, a, z, old: a @ _w(weights, layer).T + a.sum(axis=1, keepdims=True),
    **{key: _then(change) for key, change in MADE.items()},
    RESHAPED: _reshaped,
    "{w}·{a} / (number of inputs)": lambda weights, layer, a, z, old: a @ _w(weights, layer).T / a.shape[1],
    "{w}·{a} / √(number of inputs)": lambda weights, layer, a, z, old: a @ _w(weights, layer).T / np.sqrt(a.shape[1]),
    "{w}·x": _from("x"),
    "{w}·A1": _from("A1"),
    "{w}·Z1": _from("Z1"),
    "{z}": lambda weights, layer, a, z, old: z if layer > 1 and z.shape[1] == len(_w(weights, layer)) else None,
    "{a}": lambda weights, layer, a, z, old: a if a.shape[1] == len(_w(weights, layer)) else None,
    "0": lambda weights, layer, a, z, old: np.zeros((len(a), len(_w(weights, layer)))) if layer > 1 else None,
    "x": _older("x"),
    "A1": _older("A1"),
    "Z1": _older("Z1"),
    "W1·{a}": _other(1),
    "W2·{a}": _other(2),
    "W3·{a}": _other(3),
}


def _leaky(leak: float) -> Bend:
    return lambda z: np.where(z > 0, z, leak * z)


def _rounded(bend: Bend, digits: int) -> Bend:
    return lambda z: np.round(bend(z), digits)


def _steep(factor: str) -> Bend:
    return lambda z: oracle.sigmoid(float(factor) * z)


#: The usual factors of a pre-activation, and their inverses.
FACTORS = ("2", "0.5", "3", "4", "0.25", "5", "0.2", "10", "0.1")


def _share(exps: Array) -> Array:
    return np.asarray(exps / exps.sum(axis=1, keepdims=True))


#: Candidates for the sigmoid of a hidden layer: {z} is the input. Not σ(2 z), nor its double: with one of them at one
#: layer, the outputs are those of a factor at the other.
ACTIVATIONS: dict[str, Bend] = {
    "σ({z})": oracle.sigmoid,
    "{z}": lambda z: z,
    "tanh({z})": np.tanh,
    "max(0, {z})": lambda z: np.maximum(z, 0),
    **{f"max({leak} {{z}}, {{z}})": _leaky(leak) for leak in (0.01, 0.1, 0.2, 0.3, 0.05, 0.02, 0.001)},
    "σ(-{z})": lambda z: oracle.sigmoid(-z),
    "σ(σ({z}))": lambda z: oracle.sigmoid(oracle.sigmoid(z)),
    "σ(max(0, {z}))": lambda z: oracle.sigmoid(np.maximum(z, 0)),
    "σ(|{z}|)": lambda z: oracle.sigmoid(np.abs(z)),
    "σ(tanh({z}))": lambda z: oracle.sigmoid(np.tanh(z)),
    "tanh(σ({z}))": lambda z: np.tanh(oracle.sigmoid(z)),
    "σ'({z})": oracle.sigmoid_derivative,
    "e^{z}": np.exp,
    "softmax({z})": oracle.softmax,
    "tanh({z} / 2)": lambda z: np.tanh(z / 2),
    "1 + e^-{z}": lambda z: 1 + np.exp(-z),
    "e^-{z}": lambda z: np.exp(-z),
    "1 / (1 - e^-{z})": lambda z: 1 / (1 - np.exp(-z)),
    "log(1 + e^{z})": lambda z: np.logaddexp(0, z),
    "{z} σ({z})": lambda z: z * oracle.sigmoid(z),
    "{z} / (1 + |{z}|)": lambda z: z / (1 + np.abs(z)),
    "round(σ({z}))": lambda z: np.round(oracle.sigmoid(z)),
    "[{z} > 0]": lambda z: (z > 0).astype(np.float64),
    "σ({z}) + {z}": lambda z: oracle.sigmoid(z) + z,
    "σ({z}) / Σ σ({z})": lambda z: _share(oracle.sigmoid(z)),
    "sin({z})": np.sin,
    "|{z}|": np.abs,
    "{z}²": np.square,
    **{f"round(σ({{z}}), {digits})": _rounded(oracle.sigmoid, digits) for digits in (1, 2, 3, 4)},
}
#: σ of a multiple: in both hidden layers, or in all, no other factor gives the same outputs.
STEEP: dict[str, Bend] = {f"σ({factor} {{z}})": _steep(factor) for factor in FACTORS}
#: A multiple of Z in all three layers, one offset of all that goes into them, or its size without a sign.
SCALED: dict[str, Form] = {
    **{f"{factor} · {{w}}·{{a}}": _scaled(float(factor)) for factor in FACTORS},
    "{w}·({a} - 0.5)": _with(lambda a: a - 0.5),
    "|{w}·{a}|": _then(np.abs),
}


#: Candidates for the softmax of the output.
OUTPUTS: dict[str, Bend] = {
    "softmax({z})": oracle.softmax,
    "σ({z})": oracle.sigmoid,
    "{z}": lambda z: z,
    "softmax(σ({z}))": lambda z: oracle.softmax(oracle.sigmoid(z)),
    "log softmax({z})": lambda z: np.log(oracle.softmax(z)),
    "softmax(softmax({z}))": lambda z: oracle.softmax(oracle.softmax(z)),
    "e^({z} - max)": lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
    "e^{z}": np.exp,
    "{z} / Σ {z}": _share,
    "e^{z} / Σ {z}": lambda z: np.exp(z) / z.sum(axis=1, keepdims=True),
    "e^({z} - max) / Σ {z}": lambda z: np.exp(z - z.max(axis=1, keepdims=True)) / z.sum(axis=1, keepdims=True),
    "(e^{z} - 1) / Σ (e^{z} - 1)": lambda z: _share(np.expm1(z)),
    "(e^({z} - max) - 1) / Σ (e^({z} - max) - 1)": lambda z: _share(np.expm1(z - z.max(axis=1, keepdims=True))),
    "(e^{z} + 1) / Σ (e^{z} + 1)": lambda z: _share(np.exp(z) + 1),
    "e^{z} Σ e^{z}": lambda z: np.exp(z) * np.exp(z).sum(axis=1, keepdims=True),
    "e^({z} + max)": lambda z: np.exp(z + z.max(axis=1, keepdims=True)),
    "|{z}| / Σ |{z}|": lambda z: _share(np.abs(z)),
    "σ({z}) / Σ σ({z})": lambda z: _share(oracle.sigmoid(z)),
    "softmax(-{z})": lambda z: oracle.softmax(-z),
    "1 - softmax({z})": lambda z: 1 - oracle.softmax(z),
    "softmax(tanh({z}))": lambda z: oracle.softmax(np.tanh(z)),
    "softmax(|{z}|)": lambda z: oracle.softmax(np.abs(z)),
    "softmax(max(0, {z}))": lambda z: oracle.softmax(np.maximum(z, 0)),
    "softmax(2 {z})": lambda z: oracle.softmax(2 * z),
    "softmax({z} / 2)": lambda z: oracle.softmax(z / 2),
    "softmax({z} / 10)": lambda z: oracle.softmax(z / 10),
    "softmax({z} / |{z}|)": lambda z: oracle.softmax(z / length(z)),
    "softmax({z} / max {z})": lambda z: oracle.softmax(z / z.max(axis=1, keepdims=True)),
    "softmax({z} / max |{z}|)": lambda z: oracle.softmax(z / top(z)),
    "2^{z} / Σ 2^{z}": lambda z: _share(np.exp2(z)),
    "{z}² / Σ {z}²": lambda z: _share(np.square(z)),
    "softmax({z}) / n": lambda z: oracle.softmax(z) / z.shape[1],
    "n softmax({z})": lambda z: oracle.softmax(z) * z.shape[1],
    "2 softmax({z})": lambda z: 2 * oracle.softmax(z),
    "softmax({z})²": lambda z: oracle.softmax(z) ** 2,
    "softmax({z}) (1 - softmax({z}))": lambda z: oracle.softmax(z) * (1 - oracle.softmax(z)),
    "√softmax({z})": lambda z: np.sqrt(oracle.softmax(z)),
    "e^{z} / (1 + Σ e^{z})": lambda z: np.exp(z) / (1 + np.exp(z).sum(axis=1, keepdims=True)),
    "e^{z} / |e^{z}|": lambda z: np.exp(z) / length(np.exp(z)),
    "e^{z} / max e^{z}": lambda z: np.exp(z) / np.exp(z).max(axis=1, keepdims=True),
    "e^{z} / mean e^{z}": lambda z: np.exp(z) / np.exp(z).mean(axis=1, keepdims=True),
    "{z} / |{z}|": lambda z: z / length(z),
    "tanh({z})": np.tanh,
    "max(0, {z})": lambda z: np.maximum(z, 0),
    "[{z} = max {z}]": lambda z: (z == z.max(axis=1, keepdims=True)).astype(np.float64),
    "round(softmax({z}))": lambda z: np.round(oracle.softmax(z)),
    "softmax({z}) in reverse order": lambda z: oracle.softmax(z)[:, ::-1],
    **{f"round(softmax({{z}}), {digits})": _rounded(oracle.softmax, digits) for digits in (1, 2, 3, 4, 5)},
}
