"""The lines of compute_accuracy and of train: all values after a step."""

from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.tracer import EPOCHS, RATE, SIZES
from nnkata.katas.article.lines.pieces.new_network import NewNetworkPieces
from nnkata.katas.article.lines.training import counting, epochs, loop, measuring, steps, taken_samples
from nnkata.subject import NetworkFace
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

#: Samples for the accuracy: more than there are classes, and a number unlike any width.
MEASURED = 11
#: Epochs of a training on one sample, and samples of a large set: beyond the numbers at which people stop.
MANY, LARGE = 12, 1512
#: A factor of W3 with which answers are clear.
SHARP = 8.0


@dataclass
class TrainingPieces(NewNetworkPieces):
    """The pieces of a network with right passes."""

    _calls: steps.Calls | None = None
    #: The pieces whose line no edit can tell better: right numbers in another shape, samples apart from their labels.
    sure: set[str] = field(default_factory=set)

    def _accuracy(self) -> Place | None:
        net, rng = self.network(), self.rng()
        net.assign(self.various)
        return self._measured(net, rng)

    @property
    def various(self) -> dict[str, Array]:
        """Weights whose answers differ: W3 is without the common part of all answers."""
        usual = np.mean([oracle.forward(self.weights, x).a2 for x in self.rng().random((MEASURED, SIZES[0]))], axis=0)
        W3 = self.weights["W3"] - np.outer(self.weights["W3"] @ usual, usual) / (usual @ usual)
        return {**self.weights, "W3": SHARP * W3}

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
        functions = self.call(net, "sigmoid", xs[0]).codes() | self.call(net, "softmax", xs[0]).codes()
        own = forward <= seen.within(functions) and not seen.raised  # it does not call forward_pass
        if own and (place := measuring.second_pass(seen, self.held(net), xs, seen.within(functions))):
            return place
        each = np.array([oracle.hits(output, y) for output, y in zip(outputs[:, None], ys[:, None], strict=True)])
        if not seen.raised and (place := counting.after(seen, each, forward)):
            self.sure.add("accuracy")
            return place
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
                if place == taken_samples.unpaired(
                    seen, task, self.sources
                ):  # an edit that leaves the order out helps as well
                    self.sure.add("train")
                return place
        return None

    def _step(self, forward: Seen, backward: Seen, update: Seen, accuracy: Seen) -> steps.Calls:
        """The functions of a step."""
        ran = [one.codes() for one in (forward, backward, update)]
        shared = (ran[0] & ran[1]) | (ran[0] & ran[2]) | (ran[1] & ran[2])
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
