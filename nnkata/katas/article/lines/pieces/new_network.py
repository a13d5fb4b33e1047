"""The lines of a new network and of preprocess: all values before a forward pass."""

from functools import cached_property

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls import results
from nnkata.katas.article.lines.calls.tracer import EPOCHS, RATE, SIZES, Tracer
from nnkata.katas.article.lines.setup import construction, preprocessing
from nnkata.katas.article.lines.sources import origin
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.subject import NetworkFace
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen

OPTIONS = {"epochs": EPOCHS + 5, "l_rate": RATE}
#: Widths of the network whose initialization is traced: large, for statistics, and traced whole.
NEW = (89, 45, 31, 12)


class NewNetworkPieces(Tracer):
    """The pieces of a network without samples."""

    def _unmade(self) -> Place | None:
        return construction.unmade(self._new, SIZES, OPTIONS, self.sources)

    def _settings(self) -> Place | None:
        return construction.settings(self._new, SIZES, OPTIONS)

    @cached_property
    def _new(self) -> Seen:
        return self.ask("new", list(SIZES), OPTIONS)

    def _followed(self) -> Place | None:
        """The line that keeps the matrices beside params, if new ones there change no output."""
        net, x = self.network(), self.samples[0][0]
        before = net.call("forward_pass", x).value
        net.assign({key: 2 * W for key, W in self.weights.items()}, replace=True)
        return self._beside(before, net.call("forward_pass", x).value)

    def keeps_the_first(self) -> Place | None:
        """The line that keeps the first matrices beside params, if the outputs are theirs after others came there."""
        net, x = self.subject.network(SIZES, l_rate=RATE), self.samples[0][0]
        first = self.held(net)
        net.assign(self.weights)
        output = net.call("forward_pass", x).value
        if not isinstance(output, np.ndarray) or not near(output, oracle.forward(first, x).output):
            return None
        seen = self.ask("new", list(SIZES), OPTIONS)
        return construction.beside(seen, NetworkFace(self.subject, int(seen.value)).weights())

    def _renewed(self) -> Place | None:
        """The same, if an update changes no output."""
        net, x = self.network(), self.samples[0][0]
        before = net.call("forward_pass", x).value
        net.call("update_network_parameters", dict(self.weights))
        return self._beside(before, net.call("forward_pass", x).value)

    def _beside(self, before: object, after: object) -> Place | None:
        if not np.array_equal(np.asarray(before), np.asarray(after)):
            return None
        seen = self.ask("new", list(SIZES), OPTIONS)  # of the networks before it, the worker keeps a few alone
        return construction.beside(seen, NetworkFace(self.subject, int(seen.value)).weights())

    def _defaults(self) -> Place | None:
        return construction.defaults(self.ask("new", list(SIZES), {}), SIZES, self.sources)

    def _handed_back(self) -> Place | None:
        seen = self.call(self.network(), "initialization")
        last = [e.place for e in seen.events if e.frame == 0 and e.place.line]
        return last[-1] if seen.value is None and last else None

    def _again(self) -> Place | None:
        """Of a second network of the same widths: the line that first has its weights, which may be the first one's."""
        if place := construction.seeding(self.sources) or construction.fixed(self.sources):
            return place
        self.ask("new", list(NEW), {})
        seen = self.ask("new", list(NEW), {})
        weights = NetworkFace(self.subject, int(seen.value)).weights()
        if any(np.shape(weights[key]) != NEW[n : n + 2][::-1] for n, key in enumerate(WEIGHTS)):
            return self._initialization()
        return results.made(seen, np.asarray(weights["W1"], np.float64))

    def _images(self) -> Place | None:
        images = self.rng().random((2, 28, 28)) * 200 + 1
        return results.written(self.call(None, "preprocess", images, np.array([3, 0])), self.sources)

    def _pixels(self) -> Place | None:
        return origin.constant(self._preprocessed[0], self.sources)

    def _labels(self) -> Place | None:
        place = self._preprocessed[1]
        return origin.constant(place and origin.made_once(place, self.sources), self.sources)

    @cached_property
    def _preprocessed(self) -> tuple[Place | None, Place | None]:
        rng = self.rng()
        images = rng.integers(0, [[[250]], [[190]], [[220]]], (3, 28, 28)).astype(np.uint8)  # none is white anywhere
        labels = np.array([3, 0, 7])  # there is no 9
        seen = self.call(None, "preprocess", images, labels)
        if seen.raised:
            return (place := Place.stated(seen.raised[2])), place
        found = preprocessing.preprocess(seen, images.astype(np.float64), labels, self.sources)
        found = preprocessing.undivided(seen, images.astype(np.float64), self.sources) or found[0], found[1]
        if found[1]:
            return found
        labels = np.array([9, 2, 5])
        texts = self.call(None, "preprocess", images, labels.astype(str))  # as OpenML has them
        if texts.raised:
            return found[0], Place.stated(texts.raised[2])
        return found[0], preprocessing.preprocess(texts, images.astype(np.float64), labels, self.sources)[1]

    def _initialization(self) -> Place | None:
        seen = self.ask("new", list(NEW), {})
        if seen.raised:
            return construction.unmade(seen, NEW, {}, self.sources)
        if place := construction.seeding(self.sources):
            return place
        held = NetworkFace(self.subject, int(seen.value)).weights()
        place = construction.weights(seen, {key: held[key] for key in WEIGHTS if key in held}, NEW, self.sources)
        return origin.constant(place, self.sources)
