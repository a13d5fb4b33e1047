"""Reads a step of train with another sample, label, output or rate than its own, by trying the submission's passes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit, say
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.observed import RECTANGULAR, Observed, finite, held
from nnkata.katas.article.reading.training import schedule, single
from nnkata.katas.article.reading.training.replay import Replay, flat
from nnkata.katas.article.reading.training.schedule import Trained
from nnkata.katas.article.reading.training.single import CLAUSES
from nnkata.subject import Raised

Change = Callable[[Array], Array]
#: How far two rates that are one may be apart: float32 keeps four digits of a step.
RATE_CLOSE = 1e-3
#: By how it is written; {x} is the value that is meant.
ANY: Mapping[str, Change] = {
    "2 · {x}": lambda v: 2 * v,
    "{x} / 2": lambda v: v / 2,
    "-{x}": lambda v: -v,
    "1 - {x}": lambda v: 1 - v,
    "{x} in reverse order": lambda v: v[::-1].copy(),
    "{x}²": lambda v: v * v,
}
OF_X: Mapping[str, Change] = {
    **ANY,
    "{x} / 255": lambda v: v / 255,
    "{x} / 256": lambda v: v / 256,
    "255 · {x}": lambda v: 255 * v,
    "2 · {x} - 1": lambda v: 2 * v - 1,
    "{x} - 0.5": lambda v: v - 0.5,
    "{x} - mean": lambda v: v - v.mean(),
    "{x} / max": lambda v: v / (v.max() or 1.0),
    "{x} / |{x}|": lambda v: v / (np.linalg.norm(v) or 1.0),
    "round({x})": np.round,
    "[{x} > 0.5]": lambda v: (v > 0.5).astype(np.float64),
    "[{x} > 0]": lambda v: (v > 0).astype(np.float64),
}
OF_Y: Mapping[str, Change] = {
    **ANY,
    "0.9 · {x} + 0.01": lambda v: 0.9 * v + 0.01,
    "0.9 · {x} + 0.1 / n": lambda v: 0.9 * v + 0.1 / len(v),
    "0.99 · {x} + 0.01": lambda v: np.where(v > 0, 1.0, 0.01),
    "0.98 · {x} + 0.01": lambda v: 0.98 * v + 0.01,
    "{x} / n": lambda v: v / len(v),
    "2 · {x} - 1": lambda v: 2 * v - 1,
}
OF_OUTPUT: Mapping[str, Change] = {
    **ANY,
    "[{x} = max]": lambda v: (v == v.max()).astype(np.float64),
    "round({x})": np.round,
    "softmax({x})": oracle.softmax,
    "log({x})": np.log,
}
#: By the text before the changes.
OF_CHANGES: Mapping[str, Change] = {"-": lambda g: -g, "2 · ": lambda g: 2 * g, "1/2 · ": lambda g: g / 2}
#: The call of a step for each of the three, and the value in it.
CALLS: Mapping[str, tuple[str, str, Mapping[str, Change]]] = {
    "x": ("forward_pass({x})", "x_train[i]", OF_X),
    "y": ("backward_pass({x}, output)", "y_train[i]", OF_Y),
    "p": ("backward_pass(y_train[i], {x})", "output", OF_OUTPUT),
}


def read(observed: Observed, replay: Replay) -> Departure | None:
    """The step of train in two networks: at a rate of its own, with another formula, or of a changed value."""
    trained = _trained(observed)
    if trained and (rate := _rate(replay, trained)):
        return Departure("training", CLAUSES, say.formula("l_rate", fit.number_text(rate), "l_rate"))
    if own := single.read(observed):
        return own
    found = [text for text, kind, change in _changes() if all(_is(replay, one, kind, change) for one in trained)]
    return Departure("training", CLAUSES, say.either(found)) if found and trained else None


def _trained(observed: Observed) -> list[Trained]:
    """One step in each of two networks; none if one raises."""
    done = [
        schedule.train(observed, number, sizes, rate, 1, schedule.copies(1))
        for number, (sizes, rate) in enumerate(RECTANGULAR[:2], 320)
    ]
    trained = [one for one in done if one is not None and one.after is not None]
    return trained if len(trained) == len(done) else []


def _rate(replay: Replay, trained: Sequence[Trained]) -> float:
    """The rate of the steps that train makes, if it is the same for networks of different rates; 0 if it is not."""
    rates = []
    for done in trained:
        moves = replay.moves(done.probe, done.xs, done.ys)
        if moves is None or done.moved is None:
            return 0.0
        own, came = flat(moves[0]), flat(done.moved)
        factor = fit.multiple(came, own, 1e3 * schedule.CLOSE[done.probe.dtype])
        rates.append(done.probe.rate * (factor or 0.0))
    same = rates[0] and abs(rates[0] - rates[-1]) <= RATE_CLOSE * abs(rates[0])
    return float(np.mean(rates)) if same else 0.0


def _changes() -> Iterator[tuple[str, str, Change]]:
    turned = say.formula("train", "backward_pass(output, y_train[i])", "backward_pass(y_train[i], output)")
    yield turned, "swap", np.copy
    call = "update_network_parameters({front}changes)"
    for text, change in OF_CHANGES.items():
        yield say.formula("train", call.format(front=text), call.format(front="")), "g", change
    for kind, (call, name, changes) in CALLS.items():
        for written, change in changes.items():
            other = written.format(x=name)
            yield say.formula("train", call.format(x=other), call.format(x=name)), kind, change


def _is(replay: Replay, done: Trained, kind: str, change: Change) -> bool:
    """Whether a step with one value changed gives the weights after train."""
    x, y, probe = done.xs[0], done.ys[0], done.probe
    try:
        net = replay.fresh(probe)
        with np.errstate(all="ignore"):
            came = net.call("forward_pass", change(x) if kind == "x" else x).value
            output = finite(came, y.shape)
            if output is None:
                return False
            given = change(output).astype(came.dtype) if kind == "p" else came
            pair = (given, y) if kind == "swap" else (change(y) if kind == "y" else y, given)
            gradients = net.call("backward_pass", *pair).value
            if kind == "g" and isinstance(gradients, dict):
                gradients = {key: change(value) for key, value in gradients.items()}
            net.call("update_network_parameters", gradients)
        now = held(net, probe.sizes)
    except Raised:
        return False
    if now is None or done.after is None:
        return False
    return schedule.place([now], done.after, probe.dtype) is not None
