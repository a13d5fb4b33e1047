"""The questions about `train`: the samples of steps, their numbers and lengths, and the number of epochs.

At a tiny learning rate the steps of an epoch add up, in any order: the sum tells how much of each sample's step is in
it. At a large one they do not: copies of one sample show the number of consecutive steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Probe, held, sample
from nnkata.katas.article.reading.training.replay import Replay, Weights, flat
from nnkata.subject import Outcome, Raised

#: A rate at which the steps of an epoch hardly know of one another, and how far from whole a count may be then: in
#: float64 they differ by the rate times the curvature, 1e-5; in float32 the weights' own rounding is 1e-2 of a step.
TINY = {"float64": (1e-6, 1e-3), "float32": (1e-3, 3e-2)}
#: How far weights on the same place of a training may be apart, relative to the largest.
CLOSE = {"float64": 1e-8, "float32": 1e-4}
#: The rounding of a step at the rate TINY, relative to its largest element: that of weights is 1e-16 or 6e-8.
ROUNDED = {"float64": 1e-7, "float32": 1e-3}
#: Samples to learn, and to validate on, that have a pixel each.
LEARNT, VALIDATED = 7, 3
#: Where in a large set the samples with a pixel stand: around the sizes that people cut a set at.
LARGE, PLACES = 1512, (0, 31, 32, 63, 99, 100, 255, 499, 999, 1000, 1199, 1511)


@dataclass
class Trained:
    """One call of train on a network with known weights."""

    probe: Probe
    xs: Array
    ys: Array
    epochs: int
    outcome: Outcome | None = None
    after: Weights | None = None
    rate: Any = None
    raised: Raised | None = None

    @property
    def moved(self) -> Weights | None:
        """The move of the weights."""
        return self.after and {key: self.after[key] - self.probe.weights[key] for key in self.after}


def train(observed: Observed, number: int, sizes: Sequence[int], rate: float, epochs: int, data: Any) -> Trained | None:
    """A fresh network, trained; `data` makes xs, ys and the validation set from its probe."""
    probe = observed.network(sizes, rate, number, epochs=epochs)
    if probe is None:
        return None
    xs, ys, x_val, y_val = data(probe)
    done = Trained(probe, xs, ys, epochs)
    try:
        limit = 10 + 0.01 * len(xs) * max(1, epochs)
        done.outcome = probe.net.call("train", xs.copy(), ys.copy(), x_val.copy(), y_val.copy(), seconds=limit)
        done.after = held(probe.net, probe.sizes)
        done.rate = probe.net.get("l_rate")
    except Raised as error:
        done.raised = error
    return done


#: Labels of the validation set: the sample's own, that of the network's first guess (or the next class if the guess is
#: right), and one that is neither.
OWN, FIRST, NEVER = "own", "first", "never"


def copies(count: int, label: str = OWN) -> Any:
    """This number of copies of one sample, validated on itself under one of these labels."""

    def data(probe: Probe) -> tuple[Array, Array, Array, Array]:
        x, y = sample(probe.rng, probe.sizes)
        own, guess = int(np.argmax(y)), int(np.argmax(oracle.forward(probe.weights, x).output))
        others = [c for c in range(probe.sizes[3]) if c != own]
        wrong = guess if label == FIRST and guess != own else next(c for c in others if c != guess)
        y_val = y if label == OWN else oracle.one_hot([wrong], probe.sizes[3])[0].astype(np.float64)
        xs = np.tile(x, (count, 1))
        return xs, np.tile(y, (count, 1)), xs, np.tile(y_val, (count, 1))

    return data


def wrong_at_first(probe: Probe) -> tuple[Array, Array, Array, Array]:
    """One sample whose label the network does not guess before it learns."""
    xs, _ys, x_val, _y_val = copies(1)(probe)
    guess = int(np.argmax(oracle.forward(probe.weights, xs[0]).output))
    ys = oracle.one_hot([(guess + 1) % probe.sizes[3]], probe.sizes[3]).astype(np.float64)
    return xs, ys, x_val, ys


def nearly_right(probe: Probe) -> tuple[Array, Array, Array, Array]:
    """One sample, validated on 39 of its kind and one with another label: a share of 0.975 is right, and never all."""
    xs, ys, x_val, y_val = copies(1)(probe)
    wrong = np.roll(y_val, 1, axis=1)
    return xs, ys, np.tile(x_val, (40, 1)), np.concatenate([np.tile(y_val, (39, 1)), wrong])


def own_pixels(probe: Probe) -> tuple[Array, Array, Array, Array]:
    """Samples that have a pixel each, and others to validate on; labels differ from one to the next."""
    eye = np.eye(probe.sizes[0])
    classes = probe.sizes[3]
    labels = (np.arange(LEARNT + VALIDATED) * 2 + np.arange(LEARNT + VALIDATED) // 2) % classes
    ys = oracle.one_hot(labels, classes).astype(np.float64)
    return eye[:LEARNT], ys[:LEARNT], eye[LEARNT : LEARNT + VALIDATED], ys[LEARNT:]


def placed(places: Sequence[int]) -> Any:
    """A large set of blank samples, with a pixel in each of those at these places."""

    def data(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs = np.zeros((LARGE, probe.sizes[0]))
        xs[list(places), range(len(places))] = 1.0
        ys = oracle.one_hot(np.arange(LARGE) % probe.sizes[3], probe.sizes[3]).astype(np.float64)
        return xs, ys, xs[:2], ys[:2]

    return data


large = placed(PLACES)


@dataclass
class Counts:
    """The number of steps of a training on one sample; None if it is no whole number."""

    trained: dict[tuple[int, int], Trained] = field(default_factory=dict)
    steps: dict[tuple[int, int], int | None] = field(default_factory=dict)
    trace: list[Weights] = field(default_factory=list)


#: Copies and epochs of the trainings whose steps are counted, as the clauses have them: training-1, -2, -3, -15.
COUNTED = {(1, 1): 1, (4, 1): 2, (2, 3): 3, (1, 12): 15}
#: Steps up to which they are looked for: twice as many as are meant, and two epochs more.
MOST_STEPS = 28


def counts(observed: Observed, replay: Replay) -> Counts | None:
    """Train on copies of one sample; None if even that fails."""
    found = Counts()
    for count, epochs in COUNTED:
        done = train(observed, 300, (7, 6, 5, 4), 0.5, epochs, copies(count))
        if done is None:
            return None
        found.trained[count, epochs] = done
    one = found.trained[1, 1]
    found.trace = replay.trace(one.probe, one.xs[0], one.ys[0], MOST_STEPS)
    for key, done in found.trained.items():
        found.steps[key] = None if done.after is None else place(found.trace, done.after, one.probe.dtype)
    return found


def apart(trace: Sequence[Weights]) -> bool:
    """Whether the whole trace is there and no step stands still, so that a place on it says how many there were."""
    return len(trace) > MOST_STEPS and all(
        np.max(np.abs(flat(one) - flat(two))) > 1e-4 * np.max(np.abs(flat(one))) for one, two in pairwise(trace[:13])
    )


def place(trace: Sequence[Weights], after: Weights, dtype: str) -> int | None:
    """The position of these weights on the way; None if they are not on it."""
    close = CLOSE[dtype]
    for number, weights in enumerate(trace):
        if all(np.max(np.abs(weights[key] - after[key])) <= close * np.max(np.abs(weights[key])) for key in after):
            return number
    return None


def told_apart(moves: Sequence[Weights], dtype: str) -> bool:
    """Whether no sum of some samples' steps is one of others: else their shares in a training cannot be known."""
    table = np.stack([flat(move) for move in moves], axis=1)
    sizes = np.linalg.svd(table, compute_uv=False)
    return bool(sizes[-1] > ROUNDED[dtype] * sizes[0])


def shares(done: Trained, moves: Sequence[Weights]) -> tuple[Array, bool]:
    """The share of each sample's step in the change of the weights, and whether that is all of it."""
    moved = done.moved
    assert moved is not None
    table = np.stack([flat(move) for move in moves], axis=1)
    seen = flat(moved)
    found = np.asarray(np.linalg.lstsq(table, seen, rcond=None)[0], np.float64)
    scale = float(np.max(np.abs(table), initial=0.0)) or 1.0
    tolerance = TINY[done.probe.dtype][1]
    return found, bool(np.max(np.abs(table @ found - seen)) <= 3 * tolerance * scale)
