"""Steps on samples with the submission's own forward, backward and update, to compare its `train` with.

If all three are right the oracle makes them, which takes a tenth of the time and is the same to rounding.
"""

from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Probe, matrices
from nnkata.subject import NetworkFace, Raised, RoundCall

Weights = dict[str, Array]


@dataclass
class Replay:
    """`clean`: forward, backward and update are right, so that none of them has to be asked. `writes`: one of them
    writes into its arguments. `moves_forward`: that moves the weights, so that a step of train is more than one of
    update.
    """

    observed: Observed
    clean: bool
    writes: bool = False
    moves_forward: bool = False

    def fresh(self, probe: Probe) -> NetworkFace:
        """A network of its own with the weights of another."""
        net, _params = self.observed.subject.started(probe.sizes, probe.weights, l_rate=probe.rate, epochs=probe.epochs)
        return net

    def trace(self, probe: Probe, x: Array, y: Array, most: int) -> list[Weights]:
        """The weights before a step on one sample, after it, after two, and so on, up to `most`; fewer if it raises."""
        if not self.clean:
            return [probe.weights, *self._own(probe, x, y, most)]
        found = [probe.weights]
        for _step in range(most):
            found.append(oracle.step(found[-1], oracle.gradients(found[-1], x, y), probe.rate))
        return found

    def _own(self, probe: Probe, x: Array, y: Array, most: int) -> list[Weights]:
        """The weights after each of the submission's own steps: one question, as a hundred steps would be 400."""
        try:
            params = self.fresh(probe).rounds(step(x, y), "params", most)
        except Raised:
            return []
        found = []
        for one in params:
            now = matrices(one, probe.sizes)
            if now is None:
                break
            found.append(now)
        return found

    def moves(self, probe: Probe, xs: Array, ys: Array) -> list[Weights] | None:
        """How far the weights would move for each sample alone, from where they are; None if a step raises."""
        found = []
        for x, y in zip(xs, ys, strict=True):
            trace = self.trace(probe, x, y, 1)
            if len(trace) < 2:
                return None
            found.append({key: trace[1][key] - probe.weights[key] for key in trace[1]})
        return found


def step(x: Array, y: Array) -> list[RoundCall]:
    """The calls of one step on a sample."""
    return [
        ("forward_pass", [x], []),
        ("backward_pass", [y, None], [(1, 0)]),
        ("update_network_parameters", [None], [(0, 1)]),
    ]


def flat(weights: Weights) -> Array:
    """All weights in one vector."""
    return np.concatenate([weights[key].ravel() for key in sorted(weights)])
