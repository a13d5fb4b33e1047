"""The pieces on which clauses rest: each is traced once, on demand, and has the line at fault or none."""

from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls import exceptions, results
from nnkata.katas.article.lines.calls.tracer import RATE, SIZES
from nnkata.katas.article.lines.passes import (
    backward_pass,
    emptied_gradients,
    forward_pass,
    gradient_keys,
    growing_lists,
    kept_values,
    right_values,
    turned_arguments,
)
from nnkata.katas.article.lines.pieces.dependencies import ALONE, ONLY, STAGE
from nnkata.katas.article.lines.pieces.functions import FunctionPieces
from nnkata.katas.article.lines.setup import construction
from nnkata.katas.article.lines.sources import layer_tables, statements
from nnkata.katas.article.lines.training import parameter_update
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

#: A rate below usual bounds, above the rounding of a step in float32.
SMALL = 2.0**-11


@dataclass
class Pieces(FunctionPieces):
    """The traces, made on demand; a failure without a trace has no line."""

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
        found = next((place for piece in rests if (place := self.of(piece))), None)
        return found or (self.bound if "forward" in rests else None)  # no small network shows that one

    def alone(self, clause: str, stage: str) -> Place | None:
        """The line of the first departure in the pieces of a stage, which pieces before it do not decide."""
        return next(
            (p for piece in self.rests(clause) if piece in ALONE.get(stage, ()) and (p := self.of(piece))), None
        )

    # the pieces, in the order in which they come about

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
                if first is seen and (place := self.keeps_the_first()):
                    self.sure.add("forward")
                    return place
                place = results.unreturned(seen, self.sources)
                self.nothing |= place is not None
                if place is None and (place := results.only_return(seen, self.sources)):
                    self.sure.add("forward")
                place = place or forward_pass.forward(seen, self.weights, x, self._functions, self.sources, before)
                return place or results.returned(seen)
        return None

    def _backward(self) -> Place | None:
        place = self._backward_pass()
        return place and (statements.shared(self.sources) or layer_tables.doubled(self.sources) or place)

    def _backward_pass(self) -> Place | None:
        self.bent()
        net, (xs, ys) = self.network(), self.samples
        other = oracle.softmax(self.rng().normal(size=SIZES[3]))
        first: Seen | None = None
        gradients: object = None
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
            if backward_pass.differs(seen, self.weights, x, y, output) and (
                place := turned_arguments.turned(seen, y, given_)
            ):
                self.sure.add("backward")
                return place
            right = oracle.gradients(self.weights, x, y, given_)
            if place := emptied_gradients.begun(seen, right):
                self.sure.add("backward")
                return place
            came = seen.value.values() if isinstance(seen.value, dict) else [None]
            self.nothing |= not seen.raised and any(value is None for value in came)
            if seen.raised and gradients and (place := growing_lists.grown(forward, self.sources)):
                self.sure.add("backward")
                return place
            if first is not forward and backward_pass.differs(seen, self.weights, x, y, output):
                traces = oracle.forward(self.weights, xs[0]), oracle.forward(self.weights, x)
                if place := kept_values.stale(first, forward, seen, traces, self.sources):
                    return place
                old = oracle.gradients(self.weights, xs[0], y, given_)
                if not backward_pass.departs(seen.value, old) and (place := kept_values.once(forward, self.sources)):
                    self.sure.add("backward")
                    return place
                if place := emptied_gradients.left_over(seen, gradients, right, self.sources):
                    self.sure.add("backward")
                    return place
            gradients = gradients or seen.value
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
                if all(near(came[key], now[key]) and parameter_update.made(seen, right[key]) for key in WEIGHTS):
                    self.sure.add("update")  # a helper made them, and nothing kept them
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
