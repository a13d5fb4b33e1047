"""The pieces on which clauses rest: each is traced once, on demand, and has the line at fault or none."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import (
    activations,
    back,
    birth,
    epochs,
    kept,
    loop,
    measuring,
    passes,
    pieces,
    statements,
    steps,
    throws,
    way,
)
from nnkata.katas.article.lines.beginnings import Beginnings
from nnkata.katas.article.lines.rests import ONLY, STAGE
from nnkata.katas.article.lines.tracer import EPOCHS, RATE, SIZES
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.seen import Array, Place, Seen, near
from nnkata.steps.compare import Mismatch
from nnkata.subject import NetworkFace, Raised, SubjectError

MATRIX = np.linspace(-1.0, 1.0, 12).reshape(3, 4)
#: Samples for the accuracy: more than there are classes, and a number unlike any width.
MEASURED = 11
#: Epochs of a training on one sample, and samples of a large set: beyond the numbers at which people stop.
MANY, LARGE = 12, 1512
#: A factor of W3 with which answers are clear.
SHARP = 8.0
#: A rate below usual bounds, above the rounding of a step in float32.
SMALL = 2.0**-11


@dataclass
class Pieces(Beginnings):
    """The traces, made on demand; a failure without a trace has no line."""

    #: Functions known to be wrong, with the line.
    _wrong: dict[tuple[Place, str], Place] = field(default_factory=dict)
    #: Functions that ran in calls with right results.
    _right: set[tuple[Place, str]] = field(default_factory=set)
    _calls: steps.Calls | None = None
    _found: dict[str, Place | None] = field(default_factory=dict)

    def place(self, clause: str) -> Place | None:
        """The line of the first departure on which a clause rests."""
        rests = ONLY.get(clause) or STAGE.get(clause.rpartition("-")[0], ())
        if rests and "pixels" not in rests and (place := self.of("unmade")):
            return place
        return next((place for piece in rests if (place := self.of(piece))), None)

    def of(self, piece: str) -> Place | None:
        """The place of a piece, asked for once."""
        if piece not in self._found:
            try:
                self._found[piece] = getattr(self, f"_{piece}")()
            except (Raised, SubjectError, Mismatch, KeyError, TypeError, ValueError, IndexError):
                self._found[piece] = None
        return self._found[piece]

    # the pieces, in the order in which they come about

    def _activation(self, name: str, right: Array, *args: Any) -> Place | None:
        seen = self.call(self.network(), name, *args)
        if not seen.raised and isinstance(seen.value, np.ndarray) and near(seen.value, right, 1e-6):
            self._right |= seen.codes()
            return pieces.written(seen, self.sources) or self._at_the_edge(name, *args[1:])
        place = pieces.unreturned(seen, self.sources)
        place = place or activations.activation(seen, args[0], "slope" if len(args) > 1 else name)
        if seen.raised:
            return place or statements.raised(seen.raised[2])
        if place:
            self._wrong |= dict.fromkeys(seen.codes(), place)
        return place

    def _at_the_edge(self, name: str, *more: Any) -> Place | None:
        """The line of a function that is right for a vector of moderate numbers."""
        large = self.call(self.network(), name, np.array([-1000.0, 0.0, 1000.0]), *more)
        if place := activations.at_large(large):
            return place
        reshaped = None
        if name != "softmax":
            reshaped = activations.reshaped(self.call(self.network(), name, MATRIX, *more), (3, 4))
        if reshaped or not any(self._overflows(name, dtype, *more) for dtype in ("float64", "float32")):
            return reshaped
        return activations.exponential(large, self.sources)

    def _overflows(self, name: str, dtype: str, *more: Any) -> bool:
        x = np.array([-1000.0, 0.0, 1000.0]).astype(dtype)
        return any("overflow" in text for text in self.network().call(name, x, *more).warnings)

    @property
    def _functions(self) -> tuple[dict[tuple[Place, str], Place], set[tuple[Place, str]]]:
        return self._wrong, self._right - self._wrong.keys()

    @cached_property
    def _z(self) -> Array:
        return self.rng().normal(0.0, 1.5, 21)

    def _sigmoid(self) -> Place | None:
        return self._activation("sigmoid", oracle.sigmoid(self._z), self._z)

    def _slope(self) -> Place | None:
        return self._activation("sigmoid", oracle.sigmoid_derivative(self._z), self._z, True)

    def _softmax(self) -> Place | None:
        return self._activation("softmax", oracle.softmax(self._z), self._z)

    def _forward(self) -> Place | None:
        place = self._forward_pass()
        return place and (statements.shared(self.sources) or place)

    def _forward_pass(self) -> Place | None:
        self.bent()
        net, (xs, _ys) = self.network(), self.samples
        first: Seen | None = None
        for before, x in ((None, xs[0]), (xs[0], xs[1])):
            seen = self.call(net, "forward_pass", x)
            if first and (
                place := kept.first_sample(first, seen, xs[0], oracle.forward(self.weights, xs[0]), self.sources)
            ):
                return place
            first = seen
            if seen.raised:
                known = way.forward(self.weights, x)
                there = birth.beyond(seen, self.sources, first=(0, 1)) or throws.thrown(seen, known, self.sources)
                return passes.forward(seen, self.weights, x, self._functions, self.sources, before) or there
            if not self.moved(net) and (place := pieces.written(seen, self.sources)):
                return place
            right = oracle.forward(self.weights, x).output
            if isinstance(seen.value, np.ndarray) and near(seen.value, right) and seen.value.shape != right.shape:
                return pieces.returned(seen)
            if not (isinstance(seen.value, np.ndarray) and near(seen.value, right)) or self.moved(net):
                place = pieces.unreturned(seen, self.sources)
                place = place or passes.forward(seen, self.weights, x, self._functions, self.sources, before)
                return place or pieces.returned(seen)
        return None

    def bent(self) -> None:
        """Examine the three functions first."""
        for name in ("sigmoid", "slope", "softmax"):
            self.of(name)

    def _backward(self) -> Place | None:
        place = self._backward_pass()
        return place and (statements.shared(self.sources) or place)

    def _backward_pass(self) -> Place | None:
        self.bent()
        net, (xs, ys) = self.network(), self.samples
        other = oracle.softmax(self.rng().normal(size=SIZES[3]))
        first: Seen | None = None
        for x, y, given in ((xs[0], ys[0], None), (xs[1], ys[1], None), (xs[1], ys[2], other)):
            forward = self.call(net, "forward_pass", x)
            first = first or forward
            output = forward.value if given is None else given
            seen = self.call(net, "backward_pass", y, output)
            if place := pieces.unreturned(seen, self.sources):
                return place
            given_ = np.asarray(output, np.float64)
            if first is not forward and back.differs(seen, self.weights, x, y, output):
                traces = oracle.forward(self.weights, xs[0]), oracle.forward(self.weights, x)
                if place := kept.stale(first, forward, seen, traces, self.sources):
                    return place
            place = back.backward(seen, self.weights, x, y, given_, self._functions, self.sources)
            if (seen.raised or back.differs(seen, self.weights, x, y, output)) and (
                stored := kept.kept(forward, seen, self.weights, x, y, given_)
            ):
                return stored
            if seen.raised:
                known = way.backward(self.weights, x, y, given_)
                delta3 = oracle.deltas(self.weights, oracle.forward(self.weights, x), y, given_)[2]
                place = place or back.first_round(seen, delta3, self.weights["W3"], self.sources)
                return place or birth.beyond(seen, self.sources) or throws.thrown(seen, known, self.sources)
            if place and (back.differs(seen, self.weights, x, y, output) or self.moved(net)):
                return place
            if place := pieces.written(seen, self.sources):
                return place
        return None

    def _update(self) -> Place | None:
        net, rng = self.network(), self.rng()
        changes = {key: rng.normal(size=W.shape) for key, W in self.weights.items()}
        now = self.weights
        for factor in (1.0, 1.0, 100.0):
            given = {key: factor * change for key, change in changes.items()}
            seen = self.call(net, "update_network_parameters", given)
            if seen.raised:
                return statements.raised(seen.raised[2])
            right, came = oracle.step(now, given, RATE), self.held(net)
            if not all(near(came[key], right[key], 1e-5) for key in WEIGHTS):
                return pieces.update(seen, now, came, given, RATE, self.sources)
            if place := pieces.written(seen, self.sources):
                return place
            now = right
        return self._at_a_small_rate(changes)

    def _at_a_small_rate(self, changes: dict[str, Array]) -> Place | None:
        """The line of a step that is right but for a bound of the rate."""
        net = self.subject.network(SIZES, l_rate=SMALL)
        net.assign(self.weights)
        seen = self.call(net, "update_network_parameters", changes)
        came, right = self.held(net), oracle.step(self.weights, changes, SMALL)
        if seen.raised or all(near(came[key] - W, right[key] - W, 1e-2) for key, W in self.weights.items()):
            return None
        return pieces.update(seen, self.weights, came, changes, SMALL, self.sources)

    def _accuracy(self) -> Place | None:
        net, rng = self.network(), self.rng()
        usual = np.mean([oracle.forward(self.weights, x).a2 for x in self.rng().random((MEASURED, SIZES[0]))], axis=0)
        W3 = self.weights["W3"] - np.outer(self.weights["W3"] @ usual, usual) / (usual @ usual)
        net.assign({**self.weights, "W3": SHARP * W3})  # without the common part of all answers, which then differ
        return self._measured(net, rng)

    def _stored(self) -> Place | None:
        """The line of an accuracy that is another one after a training."""
        net, (xs, ys) = self.network(epochs=1), self.samples
        net.call("train", xs[:2], ys[:2], xs[2:], ys[2:])
        return self._measured(net, self.rng(1))

    def _measuring(self) -> Place | None:
        """The line of compute_accuracy that moves the weights."""
        net, (xs, ys) = self.network(), self.samples
        for x in xs:
            net.call("forward_pass", x)
        if self.moved(net):
            return None
        seen = self.call(net, "compute_accuracy", xs, ys)
        return measuring.moving(seen, self.weights) if self.moved(net) and not seen.raised else None

    def _measured(self, net: NetworkFace, rng: np.random.Generator) -> Place | None:
        xs = rng.random((MEASURED, SIZES[0]))
        outputs = np.array([net.call("forward_pass", x).value for x in xs])
        wrong = rng.integers(1, SIZES[3], MEASURED) * (np.arange(MEASURED) % 3 == 1)  # two of three are right
        labels = (np.argmax(outputs, axis=1) + wrong) % SIZES[3]
        labels[1:5:3] = np.argmin(outputs[1:5:3], axis=1)  # so that the smallest output is right for some, too
        ys = np.eye(SIZES[3])[labels]
        seen = self.call(net, "compute_accuracy", xs, ys)
        right = oracle.hits(outputs, ys)
        if isinstance(seen.value, float | np.ndarray) and np.ndim(seen.value) == 0 and float(seen.value) == right:
            return None
        codes = self.call(net, "forward_pass", xs[0]).codes()
        forward = seen.within(codes) | measuring.passes(seen, outputs)
        return measuring.accuracy(seen, xs, outputs, ys, forward, self.sources)

    def _train(self) -> Place | None:
        net, (xs, ys) = self.network(epochs=EPOCHS), self.samples
        forward = self.call(net, "forward_pass", xs[0])
        backward = self.call(net, "backward_pass", ys[0], forward.value)
        update = self.call(net, "update_network_parameters", backward.value)
        accuracy = self.call(net, "compute_accuracy", xs[2:], ys[2:])
        self._calls = calls = self._step(forward, backward, update, accuracy)
        for _again in range(2):  # a random order of three samples may be the one that hides the mistake
            net = self.network(epochs=EPOCHS)  # a new one: nothing of these calls is kept
            seen = self.call(net, "train", xs[:3], ys[:3], xs[3:], ys[3:])
            task = steps.Task(xs[:3], ys[:3], xs[3:], ys[3:], EPOCHS, RATE, self.weights, self.held(net))
            if place := loop.train(seen, task, calls, self.sources):
                return place
        return None

    def _step(self, forward: Seen, backward: Seen, update: Seen, accuracy: Seen) -> steps.Calls:
        """The functions of a step."""
        shared = (forward.codes() & backward.codes()) | (forward.codes() & update.codes())
        return steps.Calls(
            forward.codes() - shared,
            backward.codes() - shared,
            update.codes() - shared,
            accuracy.codes(),
            shared,
            forward.frames[0].code,
            backward.frames[0].code,
            accuracy.frames[0].code,
        )

    def _many(self) -> Place | None:
        """The line of a training that ends too early: on one sample, which it recognises in the end."""
        net, (xs, ys) = self.network(epochs=MANY), (self.samples[0][:1], self.samples[1][:1])
        seen = self.call(net, "train", xs, ys, xs, ys)
        if self._calls is None or seen.raised:
            return None
        task = steps.Task(xs, ys, xs, ys, MANY, RATE, self.weights, self.held(net))
        return loop.train(seen, task, self._calls, self.sources)

    def _large(self) -> Place | None:
        """The line of a training that leaves out the end of a large set."""
        net = self.subject.network((2, 2, 2, 2), l_rate=RATE, epochs=1)
        xs, ys = np.zeros((LARGE, 2)), np.eye(2)[self.rng().integers(0, 2, LARGE)]
        xs[-1, 0] = 1.0  # the only one that moves its column of W1
        before = self.held(net)["W1"][:, 0]
        seen = self.call(net, "train", xs, ys, xs[:2], ys[:2])
        return epochs.cut(seen, xs, self.sources) if np.array_equal(before, self.held(net)["W1"][:, 0]) else None
