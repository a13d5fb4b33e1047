"""Values carried over: from call to call, into the arguments, into the weights; and ignored weights."""

from collections.abc import Iterator

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import ANSWERS, LEARNING, Departure, of
from nnkata.katas.article.reading.observed import Observed, Pass, Probe, drawn, finite, held, sample
from nnkata.katas.article.reading.passes.forward import Model, near
from nnkata.language import _
from nnkata.subject import Raised

FORWARD = of("forward") | ANSWERS
SIZES = (7, 6, 5, 4)
#: Further passes of a sample: units that are left out one time in five may be the same ones in two or three.
AGAIN = 6


def forward(observed: Observed, model: Model | None) -> Iterator[Departure]:
    """The forward pass: its argument, the weights, a second call, weights that are replaced."""
    probe = observed.network(SIZES, 0.5, 500)
    if probe is None:
        return
    x, _y = sample(probe.rng, SIZES)
    try:
        first = probe.net.call("forward_pass", x)
        moved = held(probe.net, SIZES)
        again = [probe.net.call("forward_pass", x) for _time in range(AGAIN)]
    except Raised:
        return
    if text := say.argument(first, 0, "x"):
        yield Departure("forward", of("forward", 7) | LEARNING, text, "sample-changed-forward")
    if moved is not None and any(np.any(moved[k] != w) for k, w in probe.weights.items()):
        yield _weights(probe, moved)
        return
    found = [finite(outcome.value, (4,)) for outcome in (first, *again)]
    outputs = [output for output in found if output is not None]
    if len(outputs) < len(found):
        return
    if any(not np.array_equal(outputs[0], output) for output in outputs):
        settled = all(np.array_equal(outputs[1], output) for output in outputs[1:])
        yield _unsteady(probe, model, x, outputs[1], settled)
        return
    yield from _elsewhere(probe, x, outputs[0], model)
    if model is None:
        yield from _not_followed(probe, x, outputs[0])


def _weights(probe: Probe, moved: dict[str, Array]) -> Departure:
    changed = [key for key, w in probe.weights.items() if np.any(moved[key] != w)]
    normal = all(near(moved[k], w / np.linalg.norm(w), 1e-4) for k, w in probe.weights.items())
    parts = [f"{key} ← {say.relation(probe.weights[key], moved[key], key)}" for key in changed]
    text = say.weights_written("forward_pass", _("; ").join(parts))
    name = "weights-normalised-forward" if normal else "weights-changed-forward"
    clauses = FORWARD - of("forward", 7) - of("training", 9, 10, 14)
    return Departure("forward", clauses if normal else clauses - of("forward", *range(1, 6)), text, name)


def _unsteady(probe: Probe, model: Model | None, x: Array, second: Array, settled: bool) -> Departure:
    """The second output differs from the first: accumulation or noise."""
    if model is not None and _piled(probe, model, x, second):
        return Departure(
            "forward",
            FORWARD - of("forward", 1, 2, 3, 4, 7, 8),
            say.formula("Z1", "Z1 + W1·x", "W1·x"),
            "forward-piles-up",
        )
    noise = not settled and model is None and _sigmoid_is_right(probe)  # else a function may differ
    return Departure("forward", FORWARD, say.unsteady(), "noise-in-forward" if noise else None)


def _sigmoid_is_right(probe: Probe) -> bool:
    """Whether the sigmoid alone gives the right values on both sides of 0, twice."""
    z = np.linspace(-2.0, 2.0, 8)
    try:
        found = [finite(probe.net.call("sigmoid", z).value, z.shape) for _time in range(2)]
    except Raised:
        return False
    return all(value is not None and near(value, oracle.sigmoid(z), 1e-4) for value in found)


def _piled(probe: Probe, model: Model, x: Array, second: Array) -> bool:
    """Whether the output is that of twice the first pre-activation."""
    twice = {**probe.weights, "W1": 2 * probe.weights["W1"]}
    case = model.case(Pass(SIZES, probe.rate, twice, x, np.zeros(4), probe.dtype))
    return case is not None and near(second, case.a[3], 1e-4 if probe.dtype == "float32" else 1e-6)


def _elsewhere(probe: Probe, x: Array, before: Array, model: Model | None) -> Iterator[Departure]:
    """New arrays under the old names in params: whether the output is still the old one."""
    try:
        other = finite(probe.net.call("forward_pass", 1 - x).value, (4,))
        if other is None or np.array_equal(other, before):
            return  # it follows nothing, not even the sample
        probe.net.assign(drawn(probe.rng, SIZES), replace=True)
        output = finite(probe.net.call("forward_pass", x).value, (4,))
    except Raised:
        return
    if output is not None and np.array_equal(output, before):
        yield Departure("forward", of("forward", 5), say.kept_elsewhere(), "weights-kept-elsewhere")


def _not_followed(probe: Probe, x: Array, before: Array) -> Iterator[Departure]:
    """Another matrix in params, each of the three alone: whether the output is still the old one."""
    others, still = drawn(probe.rng, SIZES), []
    try:
        for key, other in others.items():
            probe.net.assign({**probe.weights, key: other})
            output = finite(probe.net.call("forward_pass", x).value, (4,))
            still += [key] if output is not None and np.array_equal(output, before) else []
    except Raised:
        return
    if not 0 < len(still) < len(others):
        return
    if still == ["W1"] and (whole := _of_whole_numbers(probe, x)) is not None:
        if whole:
            yield Departure("forward", FORWARD, say.formula("x", "⌊x⌋", "x"))
        return
    yield Departure("forward", FORWARD, say.not_followed(still))


def _of_whole_numbers(probe: Probe, x: Array) -> bool | None:
    """Whether an x from 1 to 2 is rounded down to 1; None if the output does not follow W1 there either."""
    outputs = []
    try:
        for weights in (probe.weights, drawn(probe.rng, SIZES)):
            probe.net.assign({**probe.weights, "W1": weights["W1"]})
            outputs += [
                finite(probe.net.call("forward_pass", sample).value, (4,)) for sample in (x + 1, np.ones(len(x)))
            ]
    except Raised:
        return None
    one, down, other, _rest = outputs
    if one is None or down is None or other is None or np.array_equal(one, other):
        return None
    return bool(np.array_equal(one, down))
