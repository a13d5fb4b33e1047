"""Reads a factor or an offset of any size in the forward pass, from the output back to its layer.

In a network that grows from layer to layer the output determines everything before it: its logarithms are W3·A2 up to a
number, with more equations than unknowns, and so on down. Biases are the rest under zero weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.fit import Factor, number_text
from nnkata.katas.article.reading.observed import Observed, Probe, finite, sample
from nnkata.subject import Raised

#: Each layer is so much wider than the one before that an offset is determined too.
GROWING = ((3, 5, 8, 12), (3, 5, 9, 14))


@dataclass(frozen=True)
class Affine:
    """A quantity that is factor · itself + offset: x, Z1, A1, Z2, A2, Z3 or output; within bounds, if it has any."""

    place: str
    factor: float = 1.0
    offset: float = 0.0
    least: float | None = None
    most: float | None = None

    def of(self, value: Array) -> Array:
        """The quantity, of that which was meant."""
        found = self.factor * value + self.offset
        return found if self.least is None and self.most is None else np.clip(found, self.least, self.most)

    @property
    def turned_back(self) -> "Affine | None":
        """The change from the quantity to the one that was meant; None if that cannot be known."""
        if not self.factor or self.least is not None or self.most is not None:
            return None
        return Affine(self.place, 1 / self.factor, -self.offset / self.factor)

    def __str__(self) -> str:
        """As it is written."""
        if not self.factor:
            return number_text(self.offset)
        usual = {"x": "x", "Z1": "W1·x", "Z2": "W2·A1", "Z3": "W3·A2", "A1": "σ(Z1)", "A2": "σ(Z2)"}
        text = f"{Factor(self.factor)}{usual.get(self.place, 'softmax(Z3)')}"
        for name, bound in (("min", self.most), ("max", self.least)):
            text = text if bound is None else f"{name}({number_text(bound)}, {text})"
        if abs(self.offset) < 1e-9:
            return text
        return f"{text} {'-' if self.offset < 0 else '+'} {number_text(abs(self.offset))}"

    @property
    def alike(self) -> "list[Affine]":
        """Itself, and the same factor one value before, which gives the same outputs: Z2 or A1, say."""
        before = {"Z1": "x", "Z2": "A1", "Z3": "A2"}.get(self.place)
        return [self, *([Affine(before, self.factor)] if before and not self.offset else [])]

    @property
    def meant(self) -> str:
        """The same as it was meant."""
        return str(Affine(self.place, 1.0, 0.0))


@dataclass
class Pair:
    """A network, a sample, the submission's output, and the oracle's."""

    probe: Probe
    x: Array
    output: Array
    right: oracle.Trace


#: Elements at a bound from which it is read: by chance no two are alike to six digits.
AT_A_BOUND = 3


def cut(seen: Sequence[Array], right: Sequence[Array], close: float) -> Affine | None:
    """Right outputs clipped to a bound; or one number in place of all, as a softmax of single numbers gives 1."""
    low, high = min(float(v.min()) for v in seen), max(float(v.max()) for v in seen)
    if high - low <= close * abs(high):
        return Affine("output", 0.0, high)
    for found in (Affine("output", least=low), Affine("output", most=high), Affine("output", least=low, most=high)):
        meant = [found.of(r) for r in right]
        beyond = sum(int(np.sum(np.abs(m - r) > close)) for m, r in zip(meant, right, strict=True))
        if beyond >= AT_A_BOUND and all(np.max(np.abs(v - m)) <= close for v, m in zip(seen, meant, strict=True)):
            return found
    return None


def _pairs(observed: Observed) -> list[Pair]:
    found = []
    for number, sizes in enumerate(GROWING, 330):
        probe = observed.network(sizes, 0.5, number)
        if probe is None:
            return []
        x, _y = sample(probe.rng, sizes)
        try:
            output = finite(probe.net.call("forward_pass", x).value, (sizes[3],))
        except Raised:
            return []
        if output is None:
            return []
        found.append(Pair(probe, x, output, oracle.forward(probe.weights, x)))
    return found


def read(observed: Observed) -> Affine | None:
    """The place of a factor or an offset that explains the outputs of both networks."""
    pairs = _pairs(observed)
    if not pairs:
        return None
    close = 1e-4 if any(pair.probe.dtype == "float32" for pair in pairs) else 1e-6
    if found := _at("output", [p.output for p in pairs], [p.right.output for p in pairs], close):
        return found
    if any((pair.output <= 0).any() for pair in pairs):
        return None
    a2 = _below("W3", pairs, [np.log(pair.output) for pair in pairs], close, constant=True)
    if a2 is None:
        return None
    if found := _at("A2", a2, [p.right.a2 for p in pairs], close):
        return Affine("Z3", found.factor, 0.0) if abs(found.offset) < 1e-6 else found
    z2 = _logit(a2)
    if z2 is None:
        return None
    if found := _at("Z2", z2, [p.right.z2 for p in pairs], close):
        return found
    a1 = _below("W2", pairs, z2, close)
    if a1 is None:
        return None
    if found := _at("A1", a1, [p.right.a1 for p in pairs], close):
        return found
    z1 = _logit(a1)
    if z1 is None:
        return None
    if found := _at("Z1", z1, [p.right.z1 for p in pairs], close):
        return found
    x = _below("W1", pairs, z1, close)
    return None if x is None else _at("x", x, [p.x for p in pairs], close)


def _at(place: str, seen: Sequence[Array], right: Sequence[Array], close: float) -> Affine | None:
    both = fit.combination(seen, right, [np.ones_like(r) for r in right], 10 * close)
    laws = both and (fit.law(both[0], {}, 100 * close), both[1])
    if not laws or laws[0] is None or np.ptp(laws[1]) > 100 * close * max(1.0, abs(laws[1][0])):
        return None
    offset = float(np.mean(laws[1]))
    offset = 0.0 if abs(offset) < 100 * close else offset
    return None if laws[0].one and not offset else Affine(place, laws[0].value, offset)


def _below(
    key: str, pairs: Sequence[Pair], seen: Sequence[Array], close: float, constant: bool = False
) -> list[Array] | None:
    """The factor of W that gives these, if there is one."""
    found = []
    for pair, value in zip(pairs, seen, strict=True):
        table = pair.probe.weights[key]
        table = np.column_stack([table, np.ones(len(table))]) if constant else table
        solved = np.linalg.lstsq(table, value, rcond=None)[0]
        if np.max(np.abs(table @ solved - value)) > 10 * close * np.max(np.abs(value)):
            return None
        found.append(np.asarray(solved[:-1] if constant else solved, np.float64))
    return found


def _logit(activations: Sequence[Array]) -> list[Array] | None:
    if any((a <= 0).any() or (a >= 1).any() for a in activations):
        return None
    return [np.log(a / (1 - a)) for a in activations]


def biases(observed: Observed) -> dict[str, Array] | None:
    """Vectors that are added to Z1, Z2 and Z3, if they explain the output; None if there are none."""
    probe = observed.network(GROWING[0], 0.5, 332)
    if probe is None:
        return None
    x, _y = sample(probe.rng, probe.sizes)
    w, none = probe.weights, {key: np.zeros_like(value) for key, value in probe.weights.items()}
    outputs = []
    try:
        for weights in (none, {**none, "W3": w["W3"]}, {**w, "W1": none["W1"]}, w):
            probe.net.assign(weights)
            output = finite(probe.net.call("forward_pass", x).value, (probe.sizes[3],))
            if output is None or (output <= 0).any():
                return None
            outputs.append(np.log(output))
    except Raised:
        return None
    b3 = outputs[0] - outputs[0].mean()
    a2 = _solved(w["W3"], outputs[1] - b3)
    if a2 is None:
        return None
    b2 = np.log(a2 / (1 - a2))
    second = _solved(w["W3"], outputs[2] - b3)
    if second is None:
        return None
    a1 = np.linalg.lstsq(w["W2"], np.log(second / (1 - second)) - b2, rcond=None)[0]
    if (a1 <= 0).any() or (a1 >= 1).any():
        return None
    b1 = np.log(a1 / (1 - a1))
    z3 = w["W3"] @ oracle.sigmoid(w["W2"] @ oracle.sigmoid(w["W1"] @ x + b1) + b2) + b3
    if np.max(np.abs(np.exp(outputs[3]) - oracle.softmax(z3))) > (1e-3 if probe.dtype == "float32" else 1e-6):
        return None
    found = {f"Z{n}": b for n, b in enumerate((b1, b2, b3), 1) if np.max(np.abs(b)) > 1e-4}
    return found or None


def _solved(table: Array, value: Array) -> Array | None:
    both = np.linalg.lstsq(np.column_stack([table, np.ones(len(table))]), value, rcond=None)[0]
    solved = np.asarray(both[:-1], np.float64)
    return None if (solved <= 0).any() or (solved >= 1).any() else solved
