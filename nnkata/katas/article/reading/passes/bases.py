"""The candidates for the vector of a delta before its slopes: the error at Z3, and Wᵀ·δ of the layer above."""

from collections.abc import Mapping

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import finite
from nnkata.katas.article.reading.passes.values import DOT, Case

Vectors = Mapping[str, Array]


def error_bases(case: Case) -> dict[str, Array]:
    """The candidates for the error at Z3, the right one first."""
    p, y, z = case.p, case.y, case.z[3]
    e = p - y
    bases = {
        "(output - y)": e,
        "J·(output - y)": (np.diag(p) - np.outer(p, p)) @ e,
        "(output · y) (output - y)": (p @ y) * e,
        "output": p,
        "y": y,
        "(Z3 - y)": z - y,
        "(σ(Z3) - y)": 1 / (1 + np.exp(-z)) - y,
        "(softmax(output) - y)": np.exp(p) / np.exp(p).sum() - y,
        "(round(output) - y)": np.round(p) - y,
        "(output - softmax(y))": p - np.exp(y) / np.exp(y).sum(),
        "(output - y in reverse order)": p - y[::-1],
        "(output in reverse order - y)": p[::-1] - y,
        "(output - argmax(y))": p - float(np.argmax(y)),
        "sign(output - y)": np.sign(e),
        "|output - y|": np.abs(e),
        "(output - y - 1)": e - 1,
        "(output - y + 1)": e + 1,
        "(output + y)": p + y,
        "(output - [its largest])": p - (p == p.max()),
        "(output - (1 - y))": p - 1 + y,
        "(output - y, labels shifted by one)": p - np.roll(y, 1),
        "(output - y, labels shifted by one the other way)": p - np.roll(y, -1),
        "(output - round(output))": p - np.round(p),
        "1": np.ones_like(p),
    }
    with np.errstate(all="ignore"):
        bases |= {
            "y / output": y / p,
            "(output - y) / (output (1 - output))": e / (p * (1 - p)),
            "(output - y) / |output - y|": e / np.linalg.norm(e),
            "(output - y) / max output": e / p.max(),
            "(log(output) - y)": np.log(p) - y,
            f"y{DOT}log(output)": y * np.log(p),
            "log(output)": np.log(p),
        }
    return {name: value for name, value in bases.items() if np.isfinite(value).all()}


def back_bases(case: Case, layer: int, above: Vectors) -> dict[str, Array]:
    """The candidates for Wᵀ·δ, the right one first; `above` are the deltas of the next layer by name."""
    next_w, length = case.weight(layer + 1), len(case.z[layer])
    up = f"W{layer + 1}"
    above = {name: delta for name, delta in above.items() if " by " not in name}
    fitting = {name: delta for name, delta in above.items() if len(delta) == next_w.shape[0]}
    bases = {f"{up}ᵀ·{name}": next_w.T @ delta for name, delta in fitting.items()}
    moved = case.moved(layer + 1)
    for name, delta in fitting.items():
        if moved is not None:
            bases[f"{up}ᵀ·{name} ({up} already updated)"] = moved.T @ delta
        with np.errstate(all="ignore"):
            bases[f"1 / ({up}ᵀ·{name})"] = 1 / (next_w.T @ delta)
        bases[f"{up}ᵀ·({name} / |{name}|)"] = next_w.T @ delta / (np.linalg.norm(delta) or 1.0)
        bases[f"({up} ⊙ {up})ᵀ·{name}"] = (next_w * next_w).T @ delta
        if name != "δ3":  # that is output - y, which the vocabulary has
            bases[f"{up}ᵀ·({name}{DOT}{name})"] = next_w.T @ (delta * delta)
        bases[f"{up}ᵀ·sign({name})"] = next_w.T @ np.sign(delta)
        bases[f"{up}ᵀ·|{name}|"] = next_w.T @ np.abs(delta)
        if next_w.shape[0] != next_w.shape[1]:
            bases[f"({up} read off in another order (reshape))ᵀ·{name}"] = next_w.reshape(next_w.T.shape) @ delta
        bases[f"|{up}|ᵀ·{name}"] = np.abs(next_w).T @ delta
        bases[f"max(0, {up})ᵀ·{name}"] = np.maximum(next_w, 0).T @ delta
        bases[f"sign({up})ᵀ·{name}"] = np.sign(next_w).T @ delta
        if not name.endswith(" as meant"):  # else its square belongs to the gradient, as does the one above it
            bases[f"({up}ᵀ·{name})²"] = (next_w.T @ delta) ** 2
        bases[f"({up}ᵀ * {name}).sum(axis=0)"] = next_w.sum(axis=1) * delta
        bases[f"({up}ᵀ·{name}, its last term alone)"] = next_w[-1] * delta[-1]
        bases[f"({up}ᵀ·{name}, its first term alone)"] = next_w[0] * delta[0]
        for slope, value in case.vocabulary(layer + 1).items():
            if slope.startswith("1 / σ'"):
                continue  # δ without its slope is Wᵀ·δ of the layer above, which is said as that
            bases[f"{up}ᵀ·({name}{DOT}{slope})"] = next_w.T @ (delta * value)
        if len(delta) == len(case.p):
            twice = f"output{DOT}(1 - output)"
            bases[f"{up}ᵀ·({name}{DOT}{twice})"] = next_w.T @ (delta * case.p * (1 - case.p))
    for name, delta in above.items():
        for other in (1, 2, 3):
            rows, columns = case.weight(other).shape
            if other != layer + 1 and rows == len(delta):
                bases[f"W{other}ᵀ·{name}"] = case.weight(other).T @ delta
            if columns == len(delta):
                bases[f"W{other}·{name}"] = case.weight(other) @ delta
        bases[name] = delta
        if np.ptp(delta):  # else it is a constant, as "1" below is
            bases[f"Σ {name}"] = np.full(length, delta.sum())
    change = finite(case.seen.changes.get(up), next_w.shape)
    if change is not None:
        stepped = next_w - case.seen.rate * change
        for name, delta in fitting.items():
            bases[f"change[{up}]ᵀ·{name}"] = change.T @ delta
            bases[f"({up} - l_rate · change[{up}])ᵀ·{name}"] = stepped.T @ delta
    bases[f"Σ {up}"] = next_w.sum(axis=0)
    error = above.get("δ3", case.p - case.y)
    if layer == 1:
        bases["W2ᵀ·(W3ᵀ·δ3)"] = case.weight(2).T @ (case.weight(3).T @ error)
        bases["W2ᵀ·A2"] = next_w.T @ case.a[2]
    else:
        bases |= {"W3ᵀ·output": next_w.T @ case.p, "W3ᵀ·y": next_w.T @ case.y}
    bases["1"] = np.ones(length)
    return {name: value for name, value in bases.items() if len(value) == length}
