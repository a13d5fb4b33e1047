"""Whether an epoch moved the weights of each sample's own pixel towards that sample's own label."""

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


def unpaired(classes: int, n: int) -> float:
    """A share of n samples that chance alone does not reach: six standard deviations above 1/classes, at most 0.4."""
    p = 1.0 / classes
    return min(CHANCE, float(p + SIGMAS * np.sqrt(p * (1.0 - p) / max(n, 1))))


def across(moves: Array, weights: Array) -> Array:
    """The part of each row of `moves` (…, n, width) at right angles to that of `weights` (n, width)."""
    along = weights / (np.linalg.norm(weights, axis=1, keepdims=True) + 1e-300)
    return np.asarray(moves - (moves * along).sum(axis=-1, keepdims=True) * along)


def pairing(passed: Pass, moves: Array, y: Array, decayed: Array | None = None) -> tuple[Array, float]:
    """Whether the weights of each used sample's pixel moved towards its own label, and the mean cosine to that step.

    `moves` (n, width) are compared with the steps of all labels; y is (n, k). Weights `decayed` (n, width) also move
    towards zero, so only moves across them count. The steps of some optimizers have one length in all weights, so the
    signs of the steps are compared as well. The first result has one bool per used sample.
    """
    labels = np.eye(y.shape[1])
    deltas = np.stack([-passed.deltas(np.tile(label, (len(y), 1)))[0] for label in labels])
    if decayed is not None:
        moves, deltas = across(moves, decayed), across(deltas, decayed)
    return max(
        (_paired(steps, moves, y) for steps in (deltas, np.sign(deltas))),
        key=lambda one: float(np.mean(one[0])) if len(one[0]) else 0.0,
    )


def _paired(steps: Array, moves: Array, y: Array) -> tuple[Array, float]:
    """The same for known steps of all labels (k, n, width)."""
    norms = np.linalg.norm(steps, axis=2) * np.linalg.norm(moves, axis=1) + 1e-300
    likeness = (steps * moves).sum(axis=2) / norms
    used = np.linalg.norm(moves, axis=1) > 0
    own = (likeness.argmax(axis=0) == y.argmax(axis=1))[used]
    return own, float((likeness.T * y).sum(axis=1)[used].mean()) if len(own) else 0.0


def steady(before: Pass, after: Pass, y: Array) -> bool:
    """Whether an epoch left the direction of most samples' errors at the first layer; else its steps were too long."""
    one, other = before.deltas(y)[0], after.deltas(y)[0]
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-300
    return bool(np.median((one * other).sum(axis=1) / norms) >= STEADY)
