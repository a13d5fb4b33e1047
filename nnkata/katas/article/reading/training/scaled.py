"""Reads weights that train multiplies by a number beside its steps: in every epoch, for every sample, or once."""

import numpy as np

from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.training import say_train, schedule
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import CLOSE, Trained
from nnkata.katas.article.reading.training.small_trainings import departure
from nnkata.language import _

#: How far two products of a factor may be apart.
ALIKE = 1e-4


def read(observed: Observed, replay: Replay, done: Trained) -> Departure | None:
    """The factor of the weights after two epochs of two samples at a rate of 0, if the submission's steps have none."""
    both = _factor(done)
    if both is None or abs(both - 1) <= ALIKE:
        return None
    own = replay.trace(done.probe, done.xs[0], done.ys[0], 1)
    if any(np.any(now[key] != weight) for now in own[1:] for key, weight in done.probe.weights.items()):
        return None
    runs = [schedule.train(observed, 303, (7, 6, 5, 4), 0.0, 1, schedule.copies(n)) for n in (2, 1)]
    two, one = (None if run is None else _factor(run) for run in runs)
    if two is None or one is None:
        return None
    if abs(two - both) <= ALIKE and abs(one - both) <= ALIKE:
        return departure(None, say_train.shrunk(number_text(round(both, 6)), _("once")))
    if abs(two * two - both) > ALIKE:
        return None
    if abs(one - two) <= ALIKE:
        return departure(None, say_train.shrunk(number_text(round(one, 6)), _("in every epoch")))
    return (
        departure(None, say_train.shrunk(number_text(round(one, 6)), _("for each sample")))
        if abs(one * one - two) <= ALIKE
        else None
    )


def _factor(done: Trained) -> float | None:
    """The number that makes all weights after a training from those before; None if there is none."""
    if done.after is None:
        return None
    found = []
    for key, before in done.probe.weights.items():
        factor = float(np.vdot(done.after[key], before) / np.vdot(before, before))
        if np.max(np.abs(done.after[key] - factor * before)) > 10 * CLOSE[done.probe.dtype] * np.max(np.abs(before)):
            return None
        found.append(factor)
    return found[0] if np.ptp(found) <= ALIKE else None
