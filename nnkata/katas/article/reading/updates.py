"""Updates of networks for a reading of the step: the first, the same again, one with zero, one with large gradients."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading.observed import CLOSE, EPOCHS, Observed, Probe, drawn, matrices
from nnkata.subject import Outcome, Raised

#: Gradients of this standard deviation, and of this multiple: a clip shows in the second.
SPREAD, LARGE = 0.3, 100.0
#: A rate below those of the others, with large gradients, whose step float32 shows; one above, with small ones.
FAR = ((2.0**-11, 30 * SPREAD), (8.0, SPREAD / 16))


@dataclass
class Step:
    """One update: the rate, the weights before and after, the gradients, and the result of the call."""

    rate: float
    before: dict[str, Array]
    change: dict[str, Array]
    after: dict[str, Array] | None = None
    #: The keys of params after it.
    keys: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    raised: Raised | None = None
    close: float = CLOSE["float64"]
    epochs: int = EPOCHS

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths of the network."""
        return (self.before["W1"].shape[1], *(len(self.before[key]) for key in WEIGHTS))

    def moved(self, key: str) -> Array:
        """The change of a matrix."""
        return (self.after or self.before)[key] - self.before[key]


@dataclass
class Steps:
    """The updates of a reading, and each network's rate before and after them."""

    first: list[Step] = field(default_factory=list)
    large: list[Step] = field(default_factory=list)
    again: list[Step] = field(default_factory=list)
    zero: list[Step] = field(default_factory=list)
    far: list[Step] = field(default_factory=list)
    rates: list[tuple[float, object]] = field(default_factory=list)


def update(probe: Probe, change: dict[str, Array], before: Step | None = None) -> Step:
    """One call, from the weights that the network was given, or those after a step before."""
    weights = (before and before.after) or probe.weights
    done = Step(probe.rate, weights, change, close=CLOSE[probe.dtype], epochs=probe.epochs)
    try:
        done.outcome, params = probe.net.called("update_network_parameters", {k: v.copy() for k, v in change.items()})
        done.after, done.keys = matrices(params, probe.sizes), [str(key) for key in list(params)[:9]]
    except Raised as error:
        done.raised = error
    return done


def observe(observed: Observed) -> Steps | None:
    """Three networks of other widths and rates, each updated once, again, with zero, and with large gradients.

    Two more, with a far smaller and a far larger rate, are updated once.
    """
    found = Steps()
    for number, (sizes, rate, epochs) in enumerate(
        (((7, 6, 5, 4), 0.5, 10), ((5, 4, 6, 3), 0.125, 4), ((5, 5, 5, 5), 0.25, 7)), 200
    ):
        probe = observed.network(sizes, rate, number, epochs=epochs)
        if probe is None:
            return None
        change = drawn(probe.rng, sizes, SPREAD)
        found.first.append(update(probe, change))
        found.again.append(update(probe, change, found.first[-1]))
        none = {key: np.zeros_like(value) for key, value in change.items()}
        found.zero.append(update(probe, none, found.again[-1]))
        try:
            found.rates.append((rate, probe.net.get("l_rate")))
        except Raised:
            found.rates.append((rate, None))
        other = observed.network(sizes, rate, number, epochs=epochs)
        if other is not None:
            found.large.append(update(other, {key: LARGE * value for key, value in change.items()}))
    for number, (rate, spread) in enumerate(FAR, 210):
        probe = observed.network((7, 6, 5, 4), rate, number)
        if probe is not None:
            found.far.append(update(probe, drawn(probe.rng, probe.sizes, spread)))
    return found


def right(steps: Sequence[Step], key: str) -> bool:
    """Whether all these updates move a matrix by -rate · change."""
    return all(near(s.moved(key), -s.rate * s.change[key], s, key) for s in steps)


def near(one: Array, other: Array, step: Step, key: str) -> bool:
    """Whether two moves of a matrix are equal; rounding is relative to the weights."""
    top = float(np.max(np.abs(step.before[key] + other), initial=0.0)) or 1.0
    return bool(np.max(np.abs(one - other)) <= step.close * top)


def rounding(step: Step, key: str) -> float:
    """The rounding of a step, relative to its largest number: weights are compared, and they are larger."""
    whole = float(np.max(np.abs(step.before[key]), initial=0.0)) / (step.rate * float(np.max(np.abs(step.change[key]))))
    return step.close * max(1.0, whole)
