"""Reads the formula of an output that no usual activations give: one departure in one layer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnkata.katas.mlp.facts import Reading
from nnkata.katas.mlp.formulas.delta_forms import MOST, either
from nnkata.katas.mlp.formulas.terms import SHORT, a
from nnkata.katas.mlp.functions import ACTIVATIONS, OUTPUTS, Array, sigmoid, softmax
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.reading import Batch, close
from nnkata.language import _

#: The hidden activations to try.
HIDDEN = ("ReLU", "sigmoid", "tanh", "leaky ReLU 0.01", "leaky ReLU 0.1", "leaky ReLU 0.2", "linear")
#: The outputs to try.
LAST = ("softmax", "sigmoid", "linear", "tanh", "ReLU")
#: Factors of a bias other than 1, with the pre-activation's formula.
BIASES = ((0.0, "{a} {w}"), (-1.0, "{a} {w} - {b}"), (2.0, "{a} {w} + 2 · {b}"))


def _exp(z: Array) -> Array:
    return np.asarray(np.exp(z - z.max()))


def _rows(z: Array) -> Array:
    return np.asarray(np.exp(z - z.max(axis=1, keepdims=True)))


#: What may stand in the place of an output's activation, by that activation: the formula, the function.
OTHERS = {
    "softmax": (
        ("e^{z}, each column divided by its sum over the batch", lambda z: _exp(z) / _exp(z).sum(axis=0)),
        ("e^{z}, divided by the sum over batch and classes", lambda z: _exp(z) / _exp(z).sum()),
        ("e^({z} - max {z}), each column divided by its sum over the batch", lambda z: _rows(z) / _rows(z).sum(axis=0)),
        ("e^({z} - max {z}), divided by the sum over batch and classes", lambda z: _rows(z) / _rows(z).sum()),
        ("e^{z}, not divided by its sum", np.exp),
        ("e^({z} - max {z}), not divided by its sum", _rows),
        ("{z}, divided by its sum", lambda z: z / z.sum(axis=1, keepdims=True)),
        ("softmax(-{z})", lambda z: softmax(-z)),
        ("softmax({z})²", lambda z: softmax(z) ** 2),
        (
            "e^{z}, divided by the root of the sum of squares",
            lambda z: _rows(z) / np.linalg.norm(_rows(z), axis=1)[:, None],
        ),
        ("e^{z}, divided by the largest", lambda z: _rows(z) / _rows(z).max(axis=1, keepdims=True)),
        ("softmax(ReLU({z}))", lambda z: softmax(np.maximum(z, 0))),
        ("softmax(σ({z}))", lambda z: softmax(sigmoid(z))),
        ("softmax(tanh({z}))", lambda z: softmax(np.tanh(z))),
        ("softmax(softmax({z}))", lambda z: softmax(softmax(z))),
        ("σ(softmax({z}))", lambda z: sigmoid(softmax(z))),
        ("{z}², divided by its sum", lambda z: z**2 / (z**2).sum(axis=1, keepdims=True)),
    ),
    "sigmoid": (
        ("σ(-{z})", lambda z: sigmoid(-z)),
        ("1 / 1 + e^-{z}", lambda z: 1 + np.exp(-z)),
        ("1 / (1 - e^-{z})", lambda z: 1 / (1 - np.exp(-z))),
        ("σ(σ({z}))", lambda z: sigmoid(sigmoid(z))),
        ("σ(ReLU({z}))", lambda z: sigmoid(np.maximum(z, 0))),
    ),
    "linear": (("-{z}", lambda z: -z), ("|{z}|", np.abs), ("{z}²", np.square)),
}
#: Other functions in the place of a hidden activation, the same in each hidden layer.
BENT = {
    "ReLU": (
        ("min(0, {z})", lambda z: np.minimum(z, 0)),
        ("|{z}|", np.abs),
        ("max({z}, 1)", lambda z: np.maximum(z, 1)),
    ),
    "sigmoid": (
        ("σ(-{z})", lambda z: sigmoid(-z)),
        ("1 + e^-{z}", lambda z: 1 + np.exp(-np.maximum(z, -50))),
        ("1 / (1 - e^-{z})", lambda z: 1 / (1 - np.exp(-z))),
    ),
    "tanh": (("-tanh({z})", lambda z: -np.tanh(z)), ("tanh({z})²", lambda z: np.tanh(z) ** 2)),
}


@dataclass(frozen=True)
class Way:
    """A way forward with one departure: per layer the factor of its bias and its function; the text of the reading."""

    biases: tuple[float, ...]
    functions: tuple[object, ...]
    text: str


def read(reading: Reading) -> str:
    """The formula that gives the outputs of all batches; empty if none or too many do, or if a usual one does."""
    if reading.layout is not None or not reading.batches:
        return ""
    found: list[str] = []
    for layout in reading.ways[:2]:
        for way in _ways(layout):
            if way.text not in found and all(
                _gives(way, layout, batch, reading.tolerance) for batch in reading.batches[:2]
            ):
                found.append(way.text)
        if found:
            break
    return either(found) if 0 < len(found) <= MOST else ""


def _gives(way: Way, layout: Layout, batch: Batch, tolerance: float) -> bool:
    value = batch.x
    with np.errstate(all="ignore"):
        for (weights, bias), factor, function in zip(
            layout.whole(batch.parameters), way.biases, way.functions, strict=True
        ):
            z = value @ weights
            z = z if bias is None or not factor else z + factor * bias
            value = np.asarray(function(z))  # type: ignore[operator]
    return batch.output is not None and close(batch.output, value, tolerance)


def _said(what: str, came: str, meant: str) -> str:
    return _("{what}: you compute {read}; it should be {meant}").format(what=what, read=came, meant=meant)


def _name(function: str, z: str) -> str:
    return z if function == "linear" else f"{SHORT.get(function, function)}({z})"


def _ways(layout: Layout) -> Iterator[Way]:
    layers = len(layout.layers)
    hidden = HIDDEN if layers > 1 else HIDDEN[-1:]
    ones, z, top = (1.0,) * layers, f"Z{layers}", a(layers)
    for name in hidden:
        inner: tuple[object, ...] = (ACTIVATIONS[name].value,) * (layers - 1)
        for last in LAST:
            outer = (*inner, OUTPUTS[last])
            for place, biased in enumerate(layout.biased):
                names = {"a": a(place), "w": f"W{place + 1}", "b": f"b{place + 1}"}
                for factor, text in BIASES if biased else ():
                    biases = (*ones[:place], factor, *ones[place + 1 :])
                    meant = "{a} {w} + {b}".format(**names)
                    yield Way(biases, outer, _said(f"Z{place + 1}", text.format(**names), meant))
            if layers > 1 and all(layout.biased):
                yield Way((0.0,) * layers, outer, _said("Z", "A W", "A W + b"))
                yield Way((-1.0,) * layers, outer, _said("Z", "A W - b", "A W + b"))
            for text, bent in BENT.get(name, ()) if layers > 1 else ():
                functions = (*((bent,) * (layers - 1)), OUTPUTS[last])
                yield Way(ones, functions, _said("A", text.format(z="Z"), _name(name, "Z")))
                if text in [other for other, _function in OTHERS.get(last, ())]:  # one function for all layers
                    yield Way(ones, (bent,) * layers, _said("A", text.format(z="Z"), _name(name, "Z")))
            for other in HIDDEN:
                for place in range(layers - 1) if other != name else ():
                    functions = (*inner[:place], ACTIVATIONS[other].value, *inner[place + 1 :], OUTPUTS[last])
                    own = f"Z{place + 1}"
                    yield Way(ones, functions, _said(a(place + 1), _name(other, own), _name(name, own)))
        for last, others in OTHERS.items():
            for text, function in others:
                yield Way(ones, (*inner, function), _said(top, text.format(z=z), _name(last, z)))
