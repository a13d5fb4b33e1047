"""Trainings on large sets and of many epochs: samples that are left out, and epochs."""

import numpy as np

from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.training import (
    say_train,
    schedule,
)
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import PLACES
from nnkata.katas.article.reading.training.small_trainings import departure

#: A rate at which a large set hardly moves the weights.
SMALL_RATE = 5e-4


def large(observed: Observed) -> Departure | None:
    """A set of 1,512 samples: whether the last of those with a pixel has moved W1."""
    done = schedule.train(observed, 305, (12, 6, 5, 4), 0.05, 1, schedule.large)
    if done is None or done.moved is None:
        return None
    columns = np.linalg.norm(done.moved["W1"], axis=0)
    still = [place for place, length in zip(PLACES, columns, strict=True) if length == 0]
    if len(still) == len(PLACES):
        return None
    if still:  # at this rate a wrong gradient may saturate the network: its later samples move nothing
        small = schedule.train(observed, 305, (12, 6, 5, 4), SMALL_RATE, 1, schedule.large)
        moved = small.moved["W1"] if small and small.moved else None
        if moved is None or np.any(moved[:, [PLACES.index(place) for place in still]]):
            return None
    if still == [place for place in PLACES if place % 2]:
        return departure(None, say_train.every_other(), 8, 17, mnist=False)
    if not still or still != [place for place in PLACES if place >= still[0]]:
        return departure(None, None, 17, mnist=False) if still else None
    seen = [place for place in PLACES if place < still[0]]
    thousand = still[0] == 1000
    count = 1000 if thousand else _count(observed, seen[-1] + 1 if seen else 1, still[0])
    text = say_train.visits(f"x_train[:{count}]") if count else say_train.cut(seen[-1] + 1 if seen else 0, still[0])
    clauses = (4, 5, 8, 17) if 0 < count < ELEVEN else (17,)
    return departure("first-thousand-samples" if thousand else None, text, *clauses, mnist=False)


#: The samples of the clauses on each sample's steps, training-4 and -5.
ELEVEN = 11

#: The most samples between two of PLACES that a training looks at one by one.
ONE_BY_ONE = 40


def _count(observed: Observed, least: int, most: int) -> int:
    """The number of samples at the beginning of a large set that make steps; 0 if it is not known."""
    if least == most:
        return least
    if most - least > ONE_BY_ONE:
        return 0
    places = range(least, most)
    done = schedule.train(observed, 305, (len(places), 6, 5, 4), SMALL_RATE, 1, schedule.placed(places))
    if done is None or done.moved is None:
        return 0
    moved = np.any(done.moved["W1"], axis=0)
    count = int(moved.sum())
    return least + count if moved[:count].all() else 0


def late(observed: Observed, replay: Replay) -> Departure | None:
    """A hundred epochs validated against another label: whether one of them is left out."""
    done = schedule.train(observed, 306, (7, 6, 5, 4), 0.05, 100, schedule.copies(1, label=schedule.FIRST))
    if done is None or done.after is None:
        return None
    # one epoch over a hundred copies makes the same steps, and one call asks for them
    same = schedule.train(observed, 306, (7, 6, 5, 4), 0.05, 1, schedule.copies(100, label=schedule.FIRST))
    if same and same.after and schedule.place([same.after], done.after, done.probe.dtype) == 0:
        return None
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 100)
    count = schedule.place(trace, done.after, done.probe.dtype)
    if count is None or count == 100:
        return departure(None, None, 16, mnist=False) if count is None else None
    listed = f"n = 1, epochs = 100: {count}"
    if _goes_on(observed, replay, count):
        return departure(None, say_train.skips(listed), 8, 15, 16, mnist=False)
    return departure("stops-early", say_train.stops(listed), 8, 15, 16, mnist=False)


def _goes_on(observed: Observed, replay: Replay, count: int) -> bool:
    """Whether more epochs make more steps than the `count` of a hundred: then it has not ended before."""
    done = schedule.train(observed, 306, (7, 6, 5, 4), 0.05, 150, schedule.copies(1, label=schedule.FIRST))
    if done is None or done.after is None:
        return False
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 150)
    more = schedule.place(trace, done.after, done.probe.dtype)
    return more is not None and more > count
