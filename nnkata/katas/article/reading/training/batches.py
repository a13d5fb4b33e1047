"""Reads the size of a batch that is larger than the small sets, where a step for 32 samples is one with the whole."""

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Probe
from nnkata.katas.article.reading.training import schedule
from nnkata.katas.article.reading.training.replay import Replay

#: Samples with a pixel each: more than in the batches that people take, and no multiple of these; and those whose steps
#: are compared. In float32 a step's rounding is 1e-2 of a part of 1/128; the median of 60 is within a tenth of that.
SAMPLES, COMPARED = 600, 60
LARGEST = {"float64": SAMPLES - 1, "float32": 128}
#: How far size times share may be from one.
CLOSE = 0.02


def read(observed: Observed, replay: Replay, dtype: str) -> tuple[int, bool] | None:
    """The size of a batch whose gradients' mean makes a step, and whether a last incomplete one makes none.

    The size is SAMPLES if a step is made with all of them; None if it is neither that nor a whole number.
    """
    done = schedule.train(observed, 309, (SAMPLES, 5, 5, 4), schedule.TINY[dtype][0], 1, _own_pixels)
    if done is None or done.moved is None:
        return None
    chosen = np.linspace(0, SAMPLES - 1, COMPARED).astype(int)
    moves = replay.moves(done.probe, done.xs[chosen], done.ys[chosen])
    if moves is None:
        return None
    moved = done.moved["W1"]
    pairs = [(moved[:, i], move["W1"][:, i]) for i, move in zip(chosen, moves, strict=True)]
    shares = [float(came @ step / (step @ step)) for came, step in pairs if np.any(step)]
    share = float(np.median(shares)) if shares else 0.0
    if share * SAMPLES < 1.5:
        return SAMPLES, False
    size = round(1 / share)
    if not 1 < size <= LARGEST[dtype] or abs(size * share - 1) > CLOSE:
        return None
    return size, bool((~moved.any(axis=0)).any())


def _own_pixels(probe: Probe) -> tuple[Array, Array, Array, Array]:
    xs = np.eye(SAMPLES)
    ys = oracle.one_hot(np.arange(SAMPLES) % probe.sizes[3], probe.sizes[3]).astype(np.float64)
    return xs, ys, xs[:2], ys[:2]
