"""The terms of formulas: names and values of activations, slopes, errors and matrices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.functions import ACTIVATIONS, USUAL, Array, output_error
from nnkata.katas.mlp.oracle import Rule

#: A term: its text, and its value in each case.
Term = tuple[str, list[Array]]
SHORT = {"sigmoid": "σ", "softmax": "softmax"}
#: The relative difference of two sums of equal terms.
SAME = 1e-6
#: The activations whose slopes somebody may take for those of another.
KNOWN = ("sigmoid", "tanh", "ReLU", "linear")


def a(layer: int) -> str:
    """The name of an activation; that of the input is x."""
    return f"A{layer}" if layer else "x"


def slope_name(activation: str, of: str) -> str:
    """The slope of an activation there."""
    return f"{SHORT.get(activation, activation.split(' 0.')[0])}'({of})"


def each(cases: Sequence[Case], value: Callable[[Case], Array]) -> list[Array]:
    """A value in each case."""
    with np.errstate(all="ignore"):
        return [np.asarray(value(case), np.float64) for case in cases]


def slopes(cases: Sequence[Case], layer: int) -> list[Term]:
    """What may stand where the slope of a hidden layer (from 1) belongs; the right one first."""
    rule, at = cases[0].passed.rule, layer - 1
    z, own = f"Z{layer}", a(layer)
    found: list[Term] = [
        (slope_name(rule.hidden[at], z), each(cases, lambda c: c.passed.slope(at))),
        ("1", each(cases, lambda c: np.ones_like(c.passed.Z[at]))),
    ]
    right = found[0][0]
    found += [
        (f"{right}²", each(cases, lambda c: c.passed.slope(at) ** 2)),
        (f"{right}³", each(cases, lambda c: c.passed.slope(at) ** 3)),
        (own, each(cases, lambda c: c.passed.A[layer])),
        (z, each(cases, lambda c: c.passed.Z[at])),
        (f"(1 / {right})", each(cases, lambda c: 1 / c.passed.slope(at))),
        (f"(1 - {right})", each(cases, lambda c: 1 - c.passed.slope(at))),
        (f"{right} · {own}", each(cases, lambda c: c.passed.slope(at) * c.passed.A[layer])),
    ]
    for name in dict.fromkeys((*KNOWN, rule.hidden[at])):
        slope = ACTIVATIONS[name].slope
        if name != rule.hidden[at] and name != "linear":
            found.append((slope_name(name, z), [slope(c.passed.Z[at]) for c in cases]))
        if name not in ("linear", "ReLU"):
            found.append((slope_name(name, own), [slope(c.passed.A[layer]) for c in cases]))
    sigmoid = ACTIVATIONS["sigmoid"].value
    found += [
        (f"{own}(1 - {own})", each(cases, lambda c: c.passed.A[layer] * (1 - c.passed.A[layer]))),
        (f"(1 - {own}²)", each(cases, lambda c: 1 - c.passed.A[layer] ** 2)),
        (f"(1 - {own})", each(cases, lambda c: 1 - c.passed.A[layer])),
        (f"{z}(1 - {z})", each(cases, lambda c: c.passed.Z[at] * (1 - c.passed.Z[at]))),
        (f"(1 - {z}²)", each(cases, lambda c: 1 - c.passed.Z[at] ** 2)),
        (f"σ({z})", each(cases, lambda c: sigmoid(c.passed.Z[at]))),
        (f"tanh({z})", each(cases, lambda c: np.tanh(c.passed.Z[at]))),
    ]
    if rule.hidden[at].startswith(("swish", "GELU")):  # Z times a gate: its slope is the gate, and a rest
        found += [
            (f"({own} / {z})", each(cases, lambda c: c.passed.A[layer] / c.passed.Z[at])),
            (
                f"({right} - {own} / {z})",
                each(cases, lambda c: c.passed.slope(at) - c.passed.A[layer] / c.passed.Z[at]),
            ),
            (
                f"(2 {own} / {z} - {right})",
                each(cases, lambda c: 2 * c.passed.A[layer] / c.passed.Z[at] - c.passed.slope(at)),
            ),
        ]
    for other in range(1, len(cases[0].passed.layers)):
        if other != layer and _width(cases, other) == _width(cases, layer):
            text = slope_name(rule.hidden[other - 1], f"Z{other}")
            found.append((text, [c.passed.slope(other - 1) for c in cases]))
    return _distinct(found)


def _distinct(terms: Sequence[Term]) -> list[Term]:
    """Without later terms of the same values, as A(1 - A) is σ'(Z)."""
    found: list[Term] = []
    sums: list[float] = []  # most terms differ in these already
    for text, values in terms:
        total = sum(float(value.sum()) for value in values)
        near = [one for one, other in zip(found, sums, strict=True) if not abs(total - other) > SAME * abs(total)]
        if not any(_equal(values, other) for _text, other in near):
            found.append((text, values))
            sums.append(total)
    return found


def _equal(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return all(np.allclose(x, y, rtol=1e-9, atol=1e-12, equal_nan=True) for x, y in zip(one, other, strict=True))


def _width(cases: Sequence[Case], layer: int) -> int:
    return int(cases[0].passed.A[layer].shape[1])


def unit_error(rule: Rule, layers: int) -> tuple[str, float]:
    """The formula of a loss's error at the output's pre-activations without its factor, and that factor."""
    top, z = a(layers), f"Z{layers}"
    twice = 2.0 if rule.loss == "squared error" else 1.0
    if (rule.output, rule.loss) in (("softmax", "cross-entropy"), ("sigmoid", "binary cross-entropy")):
        text = f"({top} - y)"
    elif rule.output == "log-softmax":
        text = f"(softmax({z}) - y)"
    elif rule.loss.endswith("of logits"):
        text = f"({'σ' if rule.loss.startswith('binary') else 'softmax'}({top}) - y)"
        text += "" if rule.output == "linear" else f" · {slope_name(rule.output, z)}"
    else:
        text = f"({top} - y)" if rule.loss == "squared error" else f"{rule.loss}'({top})"
        text += "" if rule.output == "linear" else f" · {slope_name(rule.output, z)}"
    return text, rule.factor * twice


def errors(cases: Sequence[Case]) -> list[Term]:
    """What may stand where the output's error belongs, without a factor; the right one first."""
    rule, layers = cases[0].passed.rule, len(cases[0].passed.layers)
    top, z = a(layers), f"Z{layers}"
    found: list[Term] = [_error(cases, rule)]
    right = found[0][0]

    def add(text: str, value: Callable[[Array, Array, Array], Array]) -> None:
        found.append((text, each(cases, lambda c: value(c.passed.A[-1], c.passed.rule.wanted(c.y), c.passed.Z[-1]))))

    e = f"({top} - y)"
    add(e, lambda p, y, z: p - y)
    if rule.output == "softmax":
        add(f"{e} · {top}(1 - {top})", lambda p, y, z: (p - y) * p * (1 - p))
    elif rule.output in ACTIVATIONS and rule.output != "linear":
        slope, name = ACTIVATIONS[rule.output].slope, slope_name(rule.output, z)
        add(f"{e} · {name}", lambda p, y, z: (p - y) * slope(z))
        add(f"{e} · {name}²", lambda p, y, z: (p - y) * slope(z) ** 2)
        add(f"{e} · {slope_name(rule.output, top)}", lambda p, y, z: (p - y) * slope(p))
        add(name, lambda p, y, z: slope(z))
        add(f"{e}² · {name}", lambda p, y, z: (p - y) ** 2 * slope(z))
        add(f"{e}³ · {name}", lambda p, y, z: (p - y) ** 3 * slope(z))
        add(f"|{top} - y| · {name}", lambda p, y, z: np.abs(p - y) * slope(z))
        add(f"sign{e} · {name}", lambda p, y, z: np.sign(p - y) * slope(z))
        add(f"({z} - y) · {name}", lambda p, y, z: (z - y) * slope(z))
        add(f"({top} + y) · {name}", lambda p, y, z: (p + y) * slope(z))
        add(f"{top} · {name}", lambda p, y, z: p * slope(z))
        add(f"y · {name}", lambda p, y, z: y * slope(z))
        add(f"{e} · {top} · {name}", lambda p, y, z: (p - y) * p * slope(z))
    found += [_error(cases, replace(rule, loss=loss)) for loss in USUAL[rule.output] if loss != rule.loss]
    add(f"{e}²", lambda p, y, z: (p - y) ** 2)
    add(f"{e}³", lambda p, y, z: (p - y) ** 3)
    add(f"|{top} - y|", lambda p, y, z: np.abs(p - y))
    add(f"sign{e}", lambda p, y, z: np.sign(p - y))
    add(f"{e} · {top}", lambda p, y, z: (p - y) * p)
    add(f"{e} · (1 - {top})", lambda p, y, z: (p - y) * (1 - p))
    add(f"{e} · {z}", lambda p, y, z: (p - y) * z)
    add(f"{e} · y", lambda p, y, z: (p - y) * y)
    add(f"{e} · (1 - y)", lambda p, y, z: (p - y) * (1 - y))
    add(f"{e} / {top}", lambda p, y, z: (p - y) / p)
    add(f"{e} / ({top}(1 - {top}))", lambda p, y, z: (p - y) / (p * (1 - p)))
    add(f"({top} + y)", lambda p, y, z: p + y)
    add(f"({z} - y)", lambda p, y, z: z - y)
    add(top, lambda p, y, z: p)
    add("y", lambda p, y, z: y)
    add(f"y / {top}", lambda p, y, z: y / p)
    add(f"(ln {top} - y)", lambda p, y, z: np.log(p) - y)
    add(f"({top}² - y)", lambda p, y, z: p**2 - y)
    if cases[0].y.shape[1] > 1:
        add(f"({top} - y of the next class)", lambda p, y, z: p - np.roll(y, -1, axis=1))
        add(f"({top} - y of the class before)", lambda p, y, z: p - np.roll(y, 1, axis=1))
        add("(prediction - y)", lambda p, y, z: np.eye(p.shape[1])[p.argmax(axis=1)] - y)
    add(f"({top} - y of the next sample)", lambda p, y, z: p - np.roll(y, -1, axis=0))
    add(f"({top} - y of the sample before)", lambda p, y, z: p - np.roll(y, 1, axis=0))
    for activation in ("sigmoid", "tanh", "ReLU"):
        if activation != rule.output:
            of_other = [ACTIVATIONS[activation].slope(c.passed.Z[-1]) for c in cases]
            plain = [(c.passed.A[-1] - c.passed.rule.wanted(c.y)) * s for c, s in zip(cases, of_other, strict=True)]
            found.append((f"{e} · {slope_name(activation, z)}", plain))
    whole = found[0][1]
    found.append((f"{right} · {top}", [v * c.passed.A[-1] for v, c in zip(whole, cases, strict=True)]))
    return _distinct(found)


def _error(cases: Sequence[Case], rule: Rule) -> Term:
    """The error of a loss without its factor."""
    text, factor = unit_error(replace(rule, factor=1.0), len(cases[0].passed.layers))
    made = each(cases, lambda c: output_error(rule.output, rule.loss, c.passed.Z[-1], rule.wanted(c.y)))
    return text, [value / factor for value in made]


def matrices(cases: Sequence[Case], layer: int) -> list[tuple[str, list[Array]]]:
    """What may carry a delta back to a hidden layer (from 1): the right matrix first, (its outputs, its inputs)."""
    at = layer  # the next layer's place
    shape = cases[0].passed.layers[at][0].T.shape
    found = [(f"W{layer + 1}ᵀ", each(cases, lambda c: c.passed.layers[at][0].T))]
    if shape[0] == shape[1]:
        found.append((f"W{layer + 1}", each(cases, lambda c: c.passed.layers[at][0])))
        found.append(("", each(cases, lambda c: np.eye(shape[0]))))
    found.append((f"|W{layer + 1}|ᵀ", each(cases, lambda c: np.abs(c.passed.layers[at][0].T))))
    found.append((f"(W{layer + 1}²)ᵀ", each(cases, lambda c: c.passed.layers[at][0].T ** 2)))
    for other, (weights, _bias) in enumerate(cases[0].passed.layers):
        if other != at and weights.T.shape == shape:
            found.append((f"W{other + 1}ᵀ", [c.passed.layers[other][0].T for c in cases]))
        if other != at and weights.shape == shape:
            found.append((f"W{other + 1}", [c.passed.layers[other][0] for c in cases]))
    return found


def sources(cases: Sequence[Case], layer: int) -> list[Term]:
    """What may stand where the input of a layer (from 1) belongs, (n, in); the right one first."""
    width, own = _width(cases, layer - 1), a(layer - 1)
    found: list[Term] = [(own, each(cases, lambda c: c.passed.A[layer - 1]))]
    for other in range(len(cases[0].passed.layers) + 1):
        if _width(cases, other) == width:
            found.append((a(other), [c.passed.A[other] for c in cases]))
            if other:
                found.append((f"Z{other}", [c.passed.Z[other - 1] for c in cases]))
    if layer > 1:
        text = slope_name(cases[0].passed.rule.hidden[layer - 2], f"Z{layer - 1}")
        found.append((text, each(cases, lambda c: c.passed.slope(layer - 2))))
    values: Mapping[str, Callable[[Array], Array]] = {
        f"(1 - {own})": lambda v: 1 - v,
        f"{own}²": np.square,
        f"{own}³": lambda v: v**3,
        f"√{own}": lambda v: np.sqrt(np.abs(v)) if np.min(v) >= 0 else v * np.nan,
        f"|{own}|": np.abs,
        f"{own}(1 - {own})": lambda v: v * (1 - v),
        f"(1 - {own}²)": lambda v: 1 - v**2,
        "1": np.ones_like,
        f"[{own} > 0]": lambda v: (v > 0).astype(np.float64),
        f"({own} - 0.5)": lambda v: v - 0.5,
        f"σ({own})": ACTIVATIONS["sigmoid"].value,
        f"tanh({own})": np.tanh,
    }
    found += [(text, [np.asarray(change(c.passed.A[layer - 1])) for c in cases]) for text, change in values.items()]
    return [term for term in _distinct(found) if all(np.isfinite(value).all() for value in term[1])]
