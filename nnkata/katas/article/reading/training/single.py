"""A step of train outside its own passes: its gradient is read like that of backward_pass."""

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.observed import RECTANGULAR, Observed, Pass
from nnkata.katas.article.reading.passes import backward, kinds
from nnkata.katas.article.reading.passes.own import Own
from nnkata.katas.article.reading.passes.values import Case
from nnkata.katas.article.reading.training import say_train, schedule
from nnkata.katas.article.reading.training.replay import flat
from nnkata.language import _
from nnkata.subject import Outcome

CLAUSES = of("training", *range(1, 9), 15, 16, 17) | of("mnist", 2, 4)


def read(observed: Observed) -> Departure | None:
    """One sample, one epoch, in three networks: by the change of the weights."""
    cases = []
    for number, (sizes, rate) in enumerate(RECTANGULAR, 310):
        done = schedule.train(observed, number, sizes, rate, 1, schedule.copies(1))
        if done is None or done.moved is None or done.after is None:
            return None
        probe, x, y = done.probe, done.xs[0], done.ys[0]
        changes = {key: -move / rate for key, move in done.moved.items()}
        trace = oracle.forward(probe.weights, x)
        seen = Pass(probe.sizes, rate, probe.weights, x, y, probe.dtype, Outcome(trace.output), Outcome(changes))
        seen.held["backward"] = done.after
        zs, activations = (
            {1: trace.z1, 2: trace.z2, 3: trace.z3},
            {0: trace.a0, 1: trace.a1, 2: trace.a2, 3: trace.output},
        )
        cases.append(Case(seen, Own(), zs, activations))
    if not _the_same_each_time(observed):
        return None
    if not all(np.isfinite(change).all() for case in cases for change in case.seen.changes.values()):
        return None
    moves = [change for case in cases for change in case.seen.changes.values()]
    if all(np.ptp(move) <= 1e-3 * np.max(np.abs(move), initial=0.0) for move in moves):
        return Departure("training", CLAUSES, say_train.in_train(say_train.one_number()))
    layers = backward.read(cases)
    still = [layer for layer in layers if not any(case.seen.changes[f"W{layer.number}"].any() for case in cases)]
    found = kinds.departures([layer for layer in layers if layer not in still], cases, False)
    texts = [departure.reading for departure in found]
    if still:  # the step leaves it out, or its gradient is 0
        texts.append(say.not_moved(sorted(f"W{layer.number}" for layer in still)))
    if not texts or None in texts:
        return None
    return Departure("training", CLAUSES, say_train.in_train(_("; ").join(filter(None, texts))))


def _the_same_each_time(observed: Observed) -> bool:
    """Whether the second epoch and the second sample make the step of the first, at a rate that hardly moves W."""
    sizes, (rate, close) = RECTANGULAR[0][0], schedule.TINY["float32"]
    moves = []
    for count, epochs in ((1, 1), (1, 2), (2, 1)):
        done = schedule.train(observed, 313, sizes, rate, epochs, schedule.copies(count))
        if done is None or done.moved is None:
            return False
        moves.append(flat(done.moved))
    top = float(np.max(np.abs(moves[0]), initial=0.0))
    return all(float(np.max(np.abs(move - 2 * moves[0]))) <= 3 * close * top for move in moves[1:])
