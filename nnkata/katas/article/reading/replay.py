"""Steps on samples with the submission's own forward, backward and update, to compare its `train` with.

If all three are right the oracle makes them, which takes a tenth of the time and is the same to rounding.
"""

from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Probe, held
from nnkata.subject import NetworkFace, Raised

Weights = dict[str, Array]


@dataclass
class Replay:
    """`clean`: forward, backward and update are right, so that nobody has to be asked. `writes`: one of them writes
    into what it is given. `moves_forward`: that moves the weights, so that a step of train is more than one of update.
    """

    observed: Observed
    clean: bool
    writes: bool = False
    moves_forward: bool = False

    def fresh(self, probe: Probe) -> NetworkFace:
        """A network of its own with the weights of another."""
        net = self.observed.subject.network(probe.sizes, l_rate=probe.rate, epochs=probe.epochs)
        net.assign(probe.weights)
        return net

    def trace(self, probe: Probe, x: Array, y: Array, most: int) -> list[Weights]:
        """The weights before a step on one sample, after it, after two, and so on, up to `most`; fewer if it raises."""
        found = [probe.weights]
        try:
            net = None if self.clean else self.fresh(probe)
            for _step in range(most):
                now = self.step(probe, found[-1], x, y, net)
                if now is None:
                    break
                found.append(now)
        except Raised:
            pass
        return found

    def step(self, probe: Probe, now: Weights, x: Array, y: Array, net: NetworkFace | None) -> Weights | None:
        """One step on a sample; `net` goes on from its own weights."""
        if self.clean:
            return oracle.step(now, oracle.gradients(now, x, y), probe.rate)
        if net is None:
            net = self.fresh(probe)
        output = net.call("forward_pass", x).value
        net.call("update_network_parameters", net.call("backward_pass", y, output).value)
        return held(net, probe.sizes)

    def moves(self, probe: Probe, xs: Array, ys: Array) -> list[Weights] | None:
        """How far the weights would move for each sample alone, from where they are; None if a step raises."""
        found = []
        try:
            for x, y in zip(xs, ys, strict=True):
                now = self.step(probe, probe.weights, x, y, None)
                if now is None:
                    return None
                found.append({key: now[key] - probe.weights[key] for key in now})
        except Raised:
            return None
        return found


def flat(weights: Weights) -> Array:
    """All weights in one vector."""
    return np.concatenate([weights[key].ravel() for key in sorted(weights)])
