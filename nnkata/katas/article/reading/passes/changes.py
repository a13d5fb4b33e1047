"""Changes of the values on either side of a layer's W: of the activations that go into it, and of the product."""

from collections.abc import Callable

import numpy as np

from nnkata.katas.article.oracle import Array


def length(a: Array) -> Array:
    """The norm of each row, 1 for a row of zeros."""
    return np.where((norm := np.linalg.norm(a, axis=1, keepdims=True)) > 0, norm, 1.0)


def top(a: Array) -> Array:
    """The largest size in each row, 1 for a row of zeros."""
    return np.where((top := np.max(np.abs(a), axis=1, keepdims=True)) > 0, top, 1.0)


def _bias_node(a: Array, place: int) -> Array:
    found = a.copy()
    found[:, place] = 1.0
    return found


def _blank(v: Array, place: int) -> Array:
    found = v.copy()
    found[:, place] = 0.0
    return found


#: Changes of activations on their way into W.
FED: dict[str, Callable[[Array], Array]] = {
    "{w}·({a} / |{a}|)": lambda a: a / length(a),
    "{w}·(1 - {a})": lambda a: 1 - a,
    "{w}·({a} / 255)": lambda a: a / 255,
    "{w}·(255 {a})": lambda a: 255 * a,
    "{w}·({a} / max {a})": lambda a: a / top(a),
    "{w}·({a} - mean {a})": lambda a: a - a.mean(axis=1, keepdims=True),
    "{w}·{a}²": np.square,
    "{w}·√{a}": lambda a: np.sqrt(np.abs(a)),
    "{w}·round({a})": np.round,
    "{w}·({a} in reverse order)": lambda a: a[:, ::-1],
    "{w}·({a} with 1 in the last place)": lambda a: _bias_node(a, -1),
    "{w}·({a} with 1 in the first place)": lambda a: _bias_node(a, 0),
    "{w}·({a} with 0 in the last place)": lambda a: _blank(a, -1),
    "{w}·({a} with 0 in the first place)": lambda a: _blank(a, 0),
}
#: Changes of the product.
MADE: dict[str, Callable[[Array], Array]] = {
    "{w}·{a} with 0 in the last place": lambda z: _blank(z, -1),
    "{w}·{a} with 0 in the first place": lambda z: _blank(z, 0),
    "{w}·{a} - max": lambda z: z - z.max(axis=1, keepdims=True),
    "{w}·{a} - mean": lambda z: z - z.mean(axis=1, keepdims=True),
    "{w}·{a}, shifted by one place": lambda z: np.roll(z, 1, axis=1),
    "{w}·{a}, shifted by one place the other way": lambda z: np.roll(z, -1, axis=1),
    "clip({w}·{a}, ±0.5)": lambda z: np.clip(z, -0.5, 0.5),
    "clip({w}·{a}, ±1)": lambda z: np.clip(z, -1.0, 1.0),
    "clip({w}·{a}, ±2)": lambda z: np.clip(z, -2.0, 2.0),
}
