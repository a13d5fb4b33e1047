"""A watched submission: the same small network and samples for each call, and the traces of the calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnkata.katas.article.lines.calls.wrappers import unwrapped
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.subject import NetworkFace, Subject
from nnkata.subject.face import CALL_SECONDS
from nnkata.traces.known import near
from nnkata.traces.trace import Array, Seen, read

SIZES, RATE, SAMPLES, EPOCHS = (7, 6, 5, 4), 0.375, 4, 2


@dataclass
class Tracer:
    """Asks for traces of calls."""

    subject: Subject
    seed: int
    sources: Mapping[str, str]
    #: Where the traced calls raised.
    raised: set[str] = field(default_factory=set)

    def rng(self, number: int = 0) -> np.random.Generator:
        """The generator of the inputs; another number gives others."""
        return np.random.default_rng([self.seed, 0x11E5 + number])

    @cached_property
    def weights(self) -> dict[str, Array]:
        """Random weights, exact in float32."""
        rng, shapes = self.rng(), {f"W{i}": (SIZES[i], SIZES[i - 1]) for i in (1, 2, 3)}
        return {k: rng.normal(0.0, 0.7, shape).astype(np.float32).astype(np.float64) for k, shape in shapes.items()}

    @cached_property
    def samples(self) -> tuple[Array, Array]:
        """Random samples, and labels that are not all alike."""
        rng = self.rng()
        xs = rng.random((SAMPLES, SIZES[0])).astype(np.float32).astype(np.float64)
        return xs, np.eye(SIZES[3])[rng.permutation(SIZES[3])[:SAMPLES]]

    def network(self, **options: Any) -> NetworkFace:
        """A network with these weights."""
        net, _params = self.subject.started(SIZES, self.weights, l_rate=RATE, **options)
        return net

    def ask(self, op: str, *args: Any) -> Seen:
        """A trace; ValueError if the reply is none."""
        seen = read(self.subject.transport.ask("traced", [op, list(args)], CALL_SECONDS))
        if seen is None:
            raise ValueError("no trace")
        if seen.raised:
            self.raised.add(seen.raised[2])
        return unwrapped(seen, self.sources)

    def call(self, net: NetworkFace | None, name: str, *args: Any) -> Seen:
        """The trace of a call."""
        return self.ask("call", None if net is None else net.number, name, list(args), False)

    def held(self, net: NetworkFace) -> dict[str, Array]:
        """The weights as they are."""
        weights = net.weights()
        return {key: np.asarray(weights[key], np.float64) for key in WEIGHTS}

    def moved(self, net: NetworkFace) -> bool:
        """Whether the weights are not those that were set."""
        return not all(near(now, self.weights[key], 1e-6) for key, now in self.held(net).items())
