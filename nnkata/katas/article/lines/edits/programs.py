"""The calls that tell whether a piece is right, with their values in a right network: for edits that may mend it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.tracer import EPOCHS, RATE, SIZES
from nnkata.katas.article.lines.pieces.all_pieces import SMALL, Pieces
from nnkata.katas.article.lines.pieces.functions import MATRIX
from nnkata.katas.article.lines.pieces.whole_training import MEASURED
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.trace import Array

#: Large numbers whose sums and differences are large, too.
LARGE = np.array([-300.0, 20.0, 1200.0])
#: The tolerance of a value: the rounding of float32 through a training; and of the sum of small steps, which is exact
#: to the first order of the rate and to the rounding of a weight.
CLOSE, SUM = 1e-4, 1e-2

Steps = list[list[Any]]


@dataclass
class Program:
    """Calls, the values that they give in a right network, and the calls that are right already."""

    steps: Steps
    right: list[object]
    #: Calls whose functions are likely to be right.
    fine: Steps = field(default_factory=list)
    #: The tolerance of the values, or of each.
    close: float | list[float] = CLOSE

    @property
    def meant(self) -> list[list[object]]:
        """The values, each with its tolerance."""
        closes = self.close if isinstance(self.close, list) else [self.close] * len(self.right)
        return [[value, close] for value, close in zip(self.right, closes, strict=True)]


@dataclass
class Known:
    """Calls that are right already, with their values."""

    steps: Steps
    right: list[object]

    def after(self, steps: Steps, right: list[object], closes: Sequence[float] = ()) -> Program:
        """A program of these steps that ends with the known calls, which an edit has to leave right."""
        closes = closes or [CLOSE] * len(right)
        return Program([*steps, *self.steps], [*right, *self.right], self.steps, [*closes, *[CLOSE] * len(self.right)])


def _activation(name: str) -> Callable[[Pieces], Program]:
    def make(pieces: Pieces) -> Program:
        z = pieces.rng().normal(0.0, 1.5, 21)
        function = oracle.softmax if name == "softmax" else oracle.sigmoid
        given: list[Array] = [z, LARGE] + ([] if name == "softmax" else [MATRIX])
        return Program([_new(), *(["call", name, [one]] for one in given)], [[function(one), [one]] for one in given])

    return make


def _slope(pieces: Pieces) -> Program:
    given: list[Array] = [pieces.rng().normal(0.0, 1.5, 21), LARGE, MATRIX]
    steps: Steps = [["call", "sigmoid", [one, True]] for one in given]
    right: list[object] = [[oracle.sigmoid_derivative(one), [one, True]] for one in given]
    z = given[0]
    return Program([_new(), *steps, ["call", "sigmoid", [z]]], [*right, [oracle.sigmoid(z), [z]]])


def _forward(pieces: Pieces) -> Program:
    xs, fine = pieces.samples[0][:2], _known(pieces, ("sigmoid", "slope", "softmax"))
    steps: Steps = [["call", "forward_pass", [x]] for x in xs]
    right: list[object] = [[oracle.forward(pieces.weights, x).output, [x]] for x in xs]
    return fine.after([*_ready(pieces), *steps, ["weights"]], [*right, pieces.weights])


def _backward(pieces: Pieces) -> Program:
    steps, right = list[list[Any]](), list[object]()
    for x, y in zip(*(part[:2] for part in pieces.samples), strict=True):
        output = oracle.forward(pieces.weights, x).output
        steps += [["call", "forward_pass", [x]], ["call", "backward_pass", [y, output]]]
        right += [[output, [x]], [oracle.gradients(pieces.weights, x, y), [y, output]]]
    fine = _known(pieces, ("sigmoid", "slope", "softmax"))
    return fine.after([*_ready(pieces), *steps, ["weights"]], [*right, pieces.weights])


def _update(pieces: Pieces) -> Program:
    steps, right, now = list[list[Any]](), list[object](), pieces.weights
    for factor in (1.0, 100.0):
        rng = pieces.rng(1)
        given = {key: factor * rng.normal(size=W.shape) for key, W in pieces.weights.items()}
        now = oracle.step(now, given, RATE)
        steps += [["call", "update_network_parameters", [given]], ["weights"]]
        right += [[None, [given]], now]
    small = oracle.step(pieces.weights, given, SMALL)
    return Program(
        [*_ready(pieces), *steps, *_ready(pieces, l_rate=SMALL), steps[2], ["moved", 1 / SMALL]],
        [*right, [None, [given]], _moved(small, pieces.weights, 1 / SMALL)],
        close=[CLOSE] * 5 + [SUM],
    )


def _accuracy(pieces: Pieces) -> Program:
    xs, weights, rng = pieces.rng().random((MEASURED, SIZES[0])), pieces.various, pieces.rng(2)
    answers = np.array([np.argmax(oracle.forward(weights, x).output) for x in xs])
    steps, right = list[list[Any]](), list[object]()
    for wrong in (0, 3, 7):
        ys = np.eye(SIZES[3])[
            (answers + rng.integers(1, SIZES[3], MEASURED) * (np.arange(MEASURED) < wrong)) % SIZES[3]
        ]
        n = MEASURED - wrong // 3  # so that no other number stands for that of the samples
        steps.append(["call", "compute_accuracy", [xs[:n], ys[:n]]])
        right.append([(n - wrong) / n, [xs[:n], ys[:n]]])
    ready = [_new(l_rate=RATE), ["assign", weights]]
    return _known(pieces, ("forward",)).after([*ready, *steps, ["weights"], *_ready(pieces)], [*right, weights])


def _train(pieces: Pieces) -> Program:
    """The copies of a sample, whose order is free; and, with a rate at which the steps add up, different samples."""
    (xs, ys), steps, right = pieces.samples, list[list[Any]](), list[object]()
    alike = np.repeat(xs[:1], 3, axis=0), np.repeat(ys[:1], 3, axis=0)
    for given, epochs, rate in ((alike, EPOCHS, RATE), (alike, EPOCHS + 1, RATE), ((xs[:3], ys[:3]), EPOCHS, SMALL)):
        train = [*given, xs[3:], ys[3:]]
        after = oracle.train(pieces.weights, *given, epochs, rate)
        steps += [*_ready(pieces, epochs=epochs, l_rate=rate), ["call", "train", train], ["moved", 1 / rate]]
        right += [[None, train], _moved(after, pieces.weights, 1 / rate)]
    fine = _known(pieces, ("forward", "backward", "update", "accuracy"))
    return fine.after(steps, right, [CLOSE] * 4 + [SUM] * 2)


def _preprocess(pieces: Pieces) -> Program:
    images = pieces.rng().integers(0, 250, (3, 28, 28)).astype(np.uint8)
    given = np.array([3, 0, 7]), np.array([9, 2, 5])
    right = [[[oracle.pixels(images), oracle.one_hot(labels)], None] for labels in given]
    asked = (given[0], given[1].astype(str))
    return Program([["module", "preprocess", [images, labels]] for labels in asked], [*right])


def _new(**options: Any) -> list[Any]:
    return ["new", list(SIZES), options]


def _ready(pieces: Pieces, **options: Any) -> Steps:
    return [_new(**({"l_rate": RATE} | options)), ["assign", pieces.weights]]


def _moved(after: Mapping[str, Array], before: Mapping[str, Array], factor: float) -> dict[str, Array]:
    return {key: (after[key] - before[key]) * factor for key in WEIGHTS}


def _known(pieces: Pieces, names: tuple[str, ...]) -> Known:
    """The calls of these pieces without a line at fault, which an edit must leave right."""
    x, y = (part[0] for part in pieces.samples)
    trace, z = oracle.forward(pieces.weights, x), np.linspace(-2.0, 2.0, 6)
    changes = oracle.gradients(pieces.weights, x, y)
    hit = [x[np.newaxis], np.eye(SIZES[3])[[np.argmax(trace.output)]]]
    calls: dict[str, tuple[list[Any], object]] = {
        "sigmoid": (["call", "sigmoid", [z]], oracle.sigmoid(z)),
        "slope": (["call", "sigmoid", [z, True]], oracle.sigmoid_derivative(z)),
        "softmax": (["call", "softmax", [z]], oracle.softmax(z)),
        "forward": (["call", "forward_pass", [x]], trace.output),
        "backward": (["call", "backward_pass", [y, trace.output]], changes),
        "accuracy": (["call", "compute_accuracy", hit], 1.0),
        "update": (["call", "update_network_parameters", [changes]], None),
    }
    known = [calls[name] for name in names if pieces.of(name) is None]
    return Known([*_ready(pieces), *(step for step, _value in known)], [[value, None] for _step, value in known])


PROGRAMS: Mapping[str, Callable[[Pieces], Program]] = {
    "sigmoid": _activation("sigmoid"),
    "slope": _slope,
    "softmax": _activation("softmax"),
    "forward": _forward,
    "backward": _backward,
    "update": _update,
    "accuracy": _accuracy,
    "train": _train,
    "pixels": _preprocess,
    "labels": _preprocess,
}
