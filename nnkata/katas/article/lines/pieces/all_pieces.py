"""The pieces on which clauses rest: each is traced once, on demand, and has the line at fault or none."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls import exceptions, results
from nnkata.katas.article.lines.calls.tracer import RATE, SIZES
from nnkata.katas.article.lines.passes import (
    activations,
    backward_pass,
    forward_pass,
    gradient_keys,
    kept_values,
    right_values,
)
from nnkata.katas.article.lines.pieces.dependencies import ALONE, ONLY, STAGE
from nnkata.katas.article.lines.pieces.whole_training import TrainingPieces
from nnkata.katas.article.lines.setup import construction
from nnkata.katas.article.lines.sources import layer_tables, statements
from nnkata.katas.article.lines.sources.trees import function_at
from nnkata.katas.article.lines.training import parameter_update
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, SubjectError
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import spans

MATRIX = np.linspace(-1.0, 1.0, 12).reshape(3, 4)
#: A rate below usual bounds, above the rounding of a step in float32.
SMALL = 2.0**-11


@dataclass
class Pieces(TrainingPieces):
    """The traces, made on demand; a failure without a trace has no line."""

    #: Functions known to be wrong, with the line.
    _wrong: dict[tuple[Place, str], Place] = field(default_factory=dict)
    #: Functions that ran in calls with right results.
    _right: set[tuple[Place, str]] = field(default_factory=set)
    _found: dict[str, Place | None] = field(default_factory=dict)
    #: Whether an output or a gradient has another shape than a right one, so that arrays further down do not fit.
    misshapen: bool = False
    #: Whether a pass gave back nothing, or gradients that are in no dict, so that the code after it raises.
    nothing: bool = False

    @staticmethod
    def rests(clause: str) -> tuple[str, ...]:
        """The pieces on which a clause rests, in the order of computation."""
        return ONLY.get(clause) or STAGE.get(clause.rpartition("-")[0], ())

    def place(self, clause: str) -> Place | None:
        """The line of the first departure on which a clause rests."""
        rests = self.rests(clause)
        if rests and "pixels" not in rests and (place := self.of("unmade")):
            return place
        return next((place for piece in rests if (place := self.of(piece))), None)

    def alone(self, clause: str, stage: str) -> Place | None:
        """The line of the first departure in the pieces of a stage, which pieces before it do not decide."""
        return next(
            (p for piece in self.rests(clause) if piece in ALONE.get(stage, ()) and (p := self.of(piece))), None
        )

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
            return results.written(seen, self.sources) or self._at_the_edge(name, *args[1:])
        helpers = (self._wrong.get(code) for code in seen.codes() - {seen.frames[0].code} if self._at_fault(code))
        place = results.unreturned(seen, self.sources) or next(helpers, None)
        place = place or activations.unasked(seen, args[0], self.sources) if len(args) > 1 else place
        place = place or activations.activation(seen, args[0], "slope" if len(args) > 1 else name)
        if seen.raised:
            return place or Place.stated(seen.raised[2])
        if place:
            self._wrong = dict.fromkeys(seen.codes(), place) | self._wrong
        return place

    def _at_fault(self, code: tuple[Place, str]) -> bool:
        """Whether a function known to be wrong has the line at fault itself."""
        node, place = function_at(code[0], self.sources), self._wrong.get(code)
        return bool(node and place and place.file == code[0].file and spans(node, place.line))

    def _at_the_edge(self, name: str, *more: Any) -> Place | None:
        """The line of a function that is right for a vector of moderate numbers."""
        vectors = [np.array([-1000.0, 0.0, 1000.0]), *([np.array([-1000.0, -1000.0])] if name == "softmax" else [])]
        for vector in vectors:
            large = self.call(self.network(), name, vector, *more)
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
        return place and (statements.shared(self.sources) or layer_tables.doubled(self.sources) or place)

    def _forward_pass(self) -> Place | None:
        self.bent()
        net, (xs, _ys) = self.network(), self.samples
        first: Seen | None = None
        for before, x in ((None, xs[0]), (xs[0], xs[1])):
            seen = self.call(net, "forward_pass", x)
            if first and (
                place := kept_values.first_sample(first, seen, xs[0], oracle.forward(self.weights, xs[0]), self.sources)
            ):
                return place
            first = seen
            if seen.raised:
                self.misshapen = True
                known = right_values.forward(self.weights, x)
                there = construction.beyond(seen, self.sources, first=(0, 1)) or exceptions.thrown(
                    seen, known, self.sources
                )
                return forward_pass.forward(seen, self.weights, x, self._functions, self.sources, before) or there
            if not self.moved(net) and (place := results.written(seen, self.sources)):
                return place
            right = oracle.forward(self.weights, x).output
            self.misshapen |= np.shape(seen.value) != right.shape
            if isinstance(seen.value, np.ndarray) and near(seen.value, right) and seen.value.shape != right.shape:
                self.sure.add("forward")
                return results.returned(seen)
            if not (isinstance(seen.value, np.ndarray) and near(seen.value, right)) or self.moved(net):
                place = results.unreturned(seen, self.sources)
                self.nothing |= place is not None
                place = place or forward_pass.forward(seen, self.weights, x, self._functions, self.sources, before)
                return place or results.returned(seen)
        return None

    def bent(self) -> None:
        """Examine the three functions first."""
        for name in ("sigmoid", "slope", "softmax"):
            self.of(name)

    def _backward(self) -> Place | None:
        place = self._backward_pass()
        return place and (statements.shared(self.sources) or layer_tables.doubled(self.sources) or place)

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
            if place := results.unreturned(seen, self.sources):
                self.nothing = True
                return place
            given_ = np.asarray(output, np.float64)
            self.misshapen |= gradient_keys.misshapen(seen.value, self.weights)
            came = seen.value.values() if isinstance(seen.value, dict) else [None]
            self.nothing |= not seen.raised and any(value is None for value in came)
            if first is not forward and backward_pass.differs(seen, self.weights, x, y, output):
                traces = oracle.forward(self.weights, xs[0]), oracle.forward(self.weights, x)
                if place := kept_values.stale(first, forward, seen, traces, self.sources):
                    return place
            place = backward_pass.backward(seen, self.weights, x, y, given_, self._functions, self.sources)
            if (seen.raised or backward_pass.differs(seen, self.weights, x, y, output)) and (
                stored := kept_values.kept(forward, seen, self.weights, x, y, given_)
            ):
                return stored
            if seen.raised:
                known = right_values.backward(self.weights, x, y, given_)
                delta3 = oracle.deltas(self.weights, oracle.forward(self.weights, x), y, given_)[2]
                place = place or exceptions.first_round(seen, delta3, self.weights["W3"], self.sources)
                return place or construction.beyond(seen, self.sources) or exceptions.thrown(seen, known, self.sources)
            if place and (backward_pass.differs(seen, self.weights, x, y, output) or self.moved(net)):
                return place
            if place := results.written(seen, self.sources):
                return place
        return None

    def _update(self) -> Place | None:
        place = self._step_of_all()
        return place and (layer_tables.doubled(self.sources) or place)

    def _step_of_all(self) -> Place | None:
        net, rng = self.network(), self.rng()
        changes = {key: rng.normal(size=W.shape) for key, W in self.weights.items()}
        now = self.weights
        for factor in (1.0, 1.0, 100.0):
            given = {key: factor * change for key, change in changes.items()}
            seen = self.call(net, "update_network_parameters", given)
            if seen.raised:
                return exceptions.caller(seen, self.sources)
            try:
                right, came = oracle.step(now, given, RATE), self.held(net)
            except KeyError:  # the step has lost a matrix
                return next((e.place for e in reversed(seen.events) if not e.frame and e.place.line), None)
            if not all(near(came[key], right[key], 1e-5) for key in WEIGHTS):
                return parameter_update.update(seen, now, came, given, RATE, self.sources)
            if place := results.written(seen, self.sources):
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
        return parameter_update.update(seen, self.weights, came, changes, SMALL, self.sources)
