"""Whether an epoch moved the weights of each sample's own pixel towards that sample's own label."""

from dataclasses import dataclass

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.oracle import Pass

#: The share of samples whose weights have to move towards their own label. By chance, p = 1 in `classes` do, with a
#: standard deviation of √(p(1-p)/n); six of these above p rule out chance (1e-9). In between, long steps may have
#: reversed many gradients: right networks go down to 0.22, mixed pairs up to 0.15 (benchmarks/pairs.py).
PAIRED, SIGMAS = 0.8, 6.0
#: The least median cosine of the samples' errors at the first layer before and after an epoch whose pairs are judged:
#: of 317 right networks of up to six hidden layers, 14 had a share by chance, all with 0.15 or less.
STEADY = 0.25
#: A larger share never counts as chance, however few the samples are: with 20 samples of seven classes, right networks
#: had 0.45.
CHANCE = 0.4
#: Steps in the opposite direction have a mean cosine below minus this; those of other labels are near 0.
OPPOSITE = 0.5
#: The least median cosine of the samples' moves to the nearest label's step where the labels alone are wrong: such
#: moves had 0.53 to 1 in seven networks of three styles; weights that are clipped at zero had -0.13 to 0.37. Of 150
#: networks with mixed pairs (benchmarks/pairs.py) 19 had less, with long steps.
NEAREST = 0.5


def unpaired(classes: int, n: int) -> float:
    """A share of n samples that chance alone does not reach: six standard deviations above 1/classes, at most 0.4."""
    p = 1.0 / classes
    return min(CHANCE, float(p + SIGMAS * np.sqrt(p * (1.0 - p) / max(n, 1))))


def across(moves: Array, weights: Array) -> Array:
    """The part of each row of `moves` (…, n, width) at right angles to that of `weights` (n, width)."""
    along = weights / (np.linalg.norm(weights, axis=1, keepdims=True) + 1e-300)
    return np.asarray(moves - (moves * along).sum(axis=-1, keepdims=True) * along)


@dataclass(frozen=True)
class Pairing:
    """The moves of the used samples' weights, compared with the steps of all labels: one value per sample."""

    #: Whether the nearest step is that of the sample's own label.
    own: Array
    #: The cosine to that step.
    to_own: Array
    #: The cosine to the nearest step.
    to_nearest: Array

    @property
    def share(self) -> float:
        """The share of samples that moved towards their own label; 0 without samples."""
        return float(self.own.mean()) if len(self.own) else 0.0

    def and_those(self, other: "Pairing") -> "Pairing":
        """The samples of both."""
        return Pairing(
            np.concatenate([self.own, other.own]),
            np.concatenate([self.to_own, other.to_own]),
            np.concatenate([self.to_nearest, other.to_nearest]),
        )

    def name(self, classes: int) -> str:
        """The name for moves away from their own labels, or for labels that were shuffled apart from the images."""
        if not len(self.own):
            return ""
        if self.to_own.mean() < -OPPOSITE:
            return "steps-up"
        shuffled = self.share < 2 / classes and np.median(self.to_nearest) >= NEAREST
        return "shuffled-without-labels" if shuffled else ""


def pairing(passed: Pass, moves: Array, y: Array, decayed: Array | None = None) -> Pairing:
    """Whether the weights of each used sample's pixel moved towards its own label.

    `moves` (n, width) are compared with the steps of all labels; y is (n, k). Weights `decayed` (n, width) also move
    towards zero, so only moves across them count. The steps of some optimizers have one length in all weights, so the
    signs of the steps are compared as well.
    """
    labels = np.eye(y.shape[1])
    deltas = np.stack([-passed.deltas(np.tile(label, (len(y), 1)))[0] for label in labels])
    if decayed is not None:
        moves, deltas = across(moves, decayed), across(deltas, decayed)
    return max((_paired(steps, moves, y) for steps in (deltas, np.sign(deltas))), key=lambda one: one.share)


def _paired(steps: Array, moves: Array, y: Array) -> Pairing:
    """The same for known steps of all labels (k, n, width)."""
    norms = np.linalg.norm(steps, axis=2) * np.linalg.norm(moves, axis=1) + 1e-300
    likeness = (steps * moves).sum(axis=2) / norms
    used = np.linalg.norm(moves, axis=1) > 0
    own = likeness.argmax(axis=0) == y.argmax(axis=1)
    return Pairing(own[used], (likeness.T * y).sum(axis=1)[used], likeness.max(axis=0)[used])


def steady(before: Pass, after: Pass, y: Array) -> bool:
    """Whether an epoch left the direction of most samples' errors at the first layer; else its steps were too long."""
    one, other = before.deltas(y)[0], after.deltas(y)[0]
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-300
    return bool(np.median((one * other).sum(axis=1) / norms) >= STEADY)
