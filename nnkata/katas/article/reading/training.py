"""Reads the loop of train from its change of the weights, with the submission's own steps as the measure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import biases, confirm, labels, order, rates, say, say_train, schedule, single
from nnkata.katas.article.reading.departure import MOST, Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed, held
from nnkata.katas.article.reading.replay import Replay
from nnkata.katas.article.reading.schedule import COUNTED, PLACES, TINY, Counts, Trained
from nnkata.subject import Raised

#: Clauses about the weights after training; those about accuracy are -9, -10 and -14.
WEIGHTS = of("training", *range(1, 9), *range(11, 14), *range(15, MOST))
MNIST = of("mnist", 2, 4)
MEANT = "epochs · n"


@dataclass
class Loop:
    """Observations of train: steps on copies, shares of samples' steps in one epoch, again, and in two."""

    counts: Counts
    once: Trained
    twice: Trained
    learnt: Array
    again: Array
    validated: Array
    whole: bool

    def near(self, values: Array | Sequence[float], target: float | Array) -> bool:
        """Whether shares are these, within the uncertainty of a tiny rate."""
        close = 3 * TINY[self.once.probe.dtype][1]
        return bool(np.max(np.abs(np.asarray(values) - target), initial=0.0) <= close)


def departure(name: str | None, text: str | None, *numbers: int, mnist: bool = True, raises: bool = False) -> Departure:
    """One of train: the clauses of the stage with these numbers, or all that look at weights."""
    clauses = of("training", *numbers) if numbers else WEIGHTS
    return Departure("training", clauses | (MNIST if mnist else frozenset()), text, name, raises)


#: Clauses for mistakes that only a large set, or only many epochs, show: unless one of them failed, neither training
#: runs, since these two take as long as all others.
FAR, LATE = of("training", 17) | MNIST, of("training", 8, 16) | MNIST
#: Clauses about how much is learnt: these alone show in which order the samples come.
LEARNT = of("training", 8) | MNIST


def read(observed: Observed, replay: Replay, failed: frozenset[str]) -> list[Departure]:
    """The departures of train; nothing if the submission's own steps raise or do not move.

    `failed` are the clauses to explain.

    If its own passes or its update depart, an unreadable loop is no departure: state carried from sample to sample may
    be the cause.
    """
    found = _read(observed, replay, failed)
    return found if replay.clean else [one for one in found if one.reading is not None]


def _read(observed: Observed, replay: Replay, failed: frozenset[str]) -> list[Departure]:
    found = _sets(observed) if not replay.writes else []
    if found and len(found[0].clauses) > 1:
        return found
    counted = schedule.counts(observed, replay)
    if counted is None or not schedule.apart(counted.trace):
        return found
    if any(done.raised or done.after is None for done in counted.trained.values()):
        return [*found, departure(None, None, raises=True)]
    if layers := biases.learnt(counted.trained[1, 1]):
        return [*found, departure(None, say_train.biases_learnt(layers))]
    if _measuring_moves(observed):
        text = say_train.measuring()
        more = Departure("training", WEIGHTS | of("mnist", 3), text, "trains-as-it-measures")
        return [*found, more]
    anew = _drawn_anew(observed)
    if anew:
        return [*found, anew]
    loop = _loop(observed, replay, counted)
    if loop is None:
        return [*found, departure(None, None)]
    if all(steps == n for (n, _e), steps in counted.steps.items()):
        return [*found, _one_epoch(observed, replay)]
    for reader in (_validation, _counted, _shares, _step, _rate, _other_counts):
        if one := reader(loop):
            return [*found, confirm.confirmed(observed, replay, loop.once, one)]
    if not loop.whole or not loop.near(loop.learnt, 1.0):
        paired = labels.read(observed, loop.once, replay)
        odd_step = paired is None and counted.steps[1, 1] != 1 and not replay.moves_forward
        own = single.read(observed) if odd_step else None
        return [*found, paired or own or departure(None, None)]
    if odd := [key for key, steps in counted.steps.items() if steps != key[0] * key[1]]:
        if (1, 1) in odd:
            own = None if replay.moves_forward else single.read(observed)
            return [*found, own or departure(None, None)]
        if later := rates.read(observed, loop.once):
            return [*found, later]
        numbers = [COUNTED[key] for key in odd]
        return [*found, departure(None, None, *numbers, 4, 5, 6, 8, 12, 15, 16, 17)]
    last = (_large(observed) if failed & FAR else None) or (_late(observed, replay) if failed & LATE else None)
    last = last or _rate_changed(loop) or (_sorted(observed) if replay.clean and failed & LEARNT else None)
    return [*found, last] if last else found


def _loop(observed: Observed, replay: Replay, counted: Counts) -> Loop | None:
    rate = TINY[counted.trained[1, 1].probe.dtype][0]
    done = [schedule.train(observed, 301, (12, 6, 5, 4), rate, epochs, schedule.own_pixels) for epochs in (1, 1, 2)]
    runs = [one for one in done if one is not None and one.after is not None]
    if len(runs) < len(done):
        return None
    xs, ys, x_val, y_val = schedule.own_pixels(runs[0].probe)
    moves = replay.moves(runs[0].probe, np.concatenate([xs, x_val]), np.concatenate([ys, y_val]))
    if moves is None:
        return None
    (one, whole), (again, _whole) = (schedule.shares(run, moves) for run in runs[:2])
    n = schedule.LEARNT
    return Loop(counted, runs[0], runs[2], one[:n], again[:n], one[n:], whole)


def _sets(observed: Observed) -> list[Departure]:
    """Whether train writes into its arguments."""
    done = schedule.train(observed, 302, (12, 6, 5, 4), 0.0005, 2, schedule.own_pixels)
    if done is None or done.outcome is None:
        return []
    for index, name in enumerate(("x_train", "y_train", "x_val", "y_val")):
        before, after = done.outcome.given[index], done.outcome.after[index]
        if not isinstance(after, np.ndarray) or after.shape != before.shape or np.array_equal(before, after):
            continue
        old, new = {row.tobytes() for row in before}, {row.tobytes() for row in after.astype(before.dtype)}
        if name == "x_train" and new < old:
            return [departure(None, say_train.rows_lost(name))]
        text = say.written(name, say_train.reordered(name) if new == old else say.relation(before, after, name))
        return [departure(None if new == old else "training-set-changed", text, 13, mnist=False)]
    return []


def _measuring_moves(observed: Observed) -> bool:
    """Whether compute_accuracy moves the weights."""
    probe = observed.network((7, 6, 5, 4), 0.5, 307)
    if probe is None:
        return False
    try:
        before = held(probe.net, probe.sizes)
        for x in (xs := probe.rng.random((3, 7))):
            probe.net.call("forward_pass", x)
        between = held(probe.net, probe.sizes)
        probe.net.call("compute_accuracy", xs, np.eye(4)[:3])
    except Raised:
        return False
    now = held(probe.net, probe.sizes)
    if before is None or between is None or now is None or any(np.any(between[k] != before[k]) for k in before):
        return False  # the forward pass moves them already
    return any(np.any(now[key] != between[key]) for key in now)


def _drawn_anew(observed: Observed) -> Departure | None:
    """Weights that change at a rate of 0: drawn again, in every epoch or at the start of train."""
    done = schedule.train(observed, 303, (7, 6, 5, 4), 0.0, 2, schedule.copies(2))
    if done is None or not _others(done):
        return None
    none = schedule.train(observed, 304, (7, 6, 5, 4), 0.0, 0, schedule.copies(2))
    once = none is not None and _others(none)
    name = "reinitialised-in-train" if once else "reinitialised-each-epoch"
    return departure(name, say_train.drawn_anew(once), *range(1, 9), 14, *range(15, MOST))


def _others(done: Trained) -> bool:
    """Whether the weights are unlike those before: by chance matrices of 42 elements correlate at 0.7 once in 10^7."""
    if done.after is None:
        return False
    before, after = done.probe.weights["W1"].ravel(), done.after["W1"].ravel()
    return bool(np.any(before != after) and np.std(after) > 0 and np.corrcoef(before, after)[0, 1] < 0.7)


def _validation(loop: Loop) -> Departure | None:
    if not loop.whole or not loop.near(loop.validated, 1.0):
        return None
    if loop.near(loop.learnt, 1.0):
        return departure("validation-learnt", say_train.validation(True), *range(1, 7), 15, 16, mnist=False)
    if loop.near(loop.learnt, 0.0):
        return departure("validation-learnt-instead", say_train.validation(False), 4, 5, 6, 16)
    return None


def _counted(loop: Loop) -> Departure | None:
    """A rule for the number of steps on n copies in so many epochs."""
    steps = {key: value for key, value in loop.counts.steps.items() if value is not None}
    if len(steps) < len(COUNTED) or all(steps[n, e] == n * e for n, e in steps):
        return None
    if all(count == 0 for count in steps.values()) and loop.near(loop.learnt, 0.0):
        return departure("never-updates", say_train.steps("0", MEANT))
    for more in (-1, 1, -2, 2, -3, 3, 4, 5):
        if all(steps[n, e] == n * max(e + more, 0) for n, e in steps):
            name = {-1: "one-epoch-too-few", 1: "one-epoch-too-many"}.get(more)
            return departure(name, say_train.steps(f"(epochs {'+' if more > 0 else '-'} {abs(more)}) · n", MEANT))
    return None


def _one_epoch(observed: Observed, replay: Replay) -> Departure:
    """Whether it is always one epoch, or one because the sample is right then: a wrong validation label decides."""
    done = schedule.train(observed, 306, (7, 6, 5, 4), 0.05, 100, schedule.copies(1, label=schedule.NEVER))
    if done is not None and done.after is not None:
        trace = replay.trace(done.probe, done.xs[0], done.ys[0], 100)
        if (schedule.place(trace, done.after, done.probe.dtype) or 0) > 1:
            return departure("stops-when-all-right", say_train.stops("n = 2, epochs = 3: 2"), 3, 8, 15, 16, mnist=False)
    return departure("epochs-ignored", say_train.steps("n", MEANT), 3, 8, 15, 16)


def _shares(loop: Loop) -> Departure | None:
    """The reading of the shares of the samples' steps in one epoch."""
    learnt, n = loop.learnt, len(loop.learnt)
    if not loop.whole or loop.near(learnt, 1.0):
        return None
    some = (2, 3, 4, 5, 8, 17)
    alike = np.ptp(learnt) <= 3 * TINY[loop.once.probe.dtype][1] and not loop.near(learnt, 0.0)
    if alike and loop.counts.steps[4, 1] is None:  # of a batch, four copies make whole steps
        return departure(None, say_train.share(_share(float(learnt.mean()), n)))
    if loop.near(learnt, 1 / n):
        return departure("one-step-an-epoch", say_train.mean_step(), *some)
    if loop.near(learnt[1:], 0.0) and loop.near(learnt[:1], 1.0):
        return departure("only-first-sample", say_train.visits("x_train[0]"), *some)
    if loop.near(learnt[:-1], 1.0) and loop.near(learnt[-1:], 0.0):
        return departure("all-but-last-sample", say_train.visits("x_train[: n - 1]"))
    if loop.near(learnt[1:], 1.0) and loop.near(learnt[:1], 0.0):
        return departure(None, say_train.visits("x_train[1:]"))
    if loop.near(learnt[::2], 1.0) and loop.near(learnt[1::2], 0.0):
        return departure(None, say_train.visits("x_train[::2]"))
    if loop.near(np.sort(learnt), np.eye(n)[-1]):
        return departure(None, say_train.one_step())
    for size in range(2, n):
        rest = n % size
        shares = [1 / size] * (n - rest)
        last = {
            say_train.batches(size, rest > 0): [0.0] * rest,
            say_train.batches(size, False): [1 / (rest or 1)] * rest,
        }
        for text, values in last.items():
            if loop.near(np.sort(learnt), np.sort(shares + values)):
                return departure(None, text)
    if not set(np.round(learnt / (np.max(np.abs(learnt)) or 1.0), 2)) <= {0.0, 0.33, 0.5, 0.67, 1.0}:
        return None
    rounded = np.round(learnt)
    listed = ", ".join(number_text(float(np.round(c, 3)) + 0.0) for c in learnt)
    if loop.near(learnt, rounded) and (rounded >= 0).all():
        drawn = rounded.sum() == n and not loop.near(loop.again, rounded)
        if drawn:
            return departure("drawn-with-repetition", say_train.times(listed), 4, 5, 17, mnist=False)
        return departure(None, say_train.times(listed))
    if np.ptp(learnt) <= 3 * TINY[loop.once.probe.dtype][1]:
        return departure(None, say_train.share(_share(float(learnt.mean()), 0)))
    return departure(None, say_train.times(listed))


def _share(share: float, samples: int) -> str:
    """A part of a step: one in n, one in so many, or a decimal."""
    whole = round(1 / share) if share else 0
    if not whole or abs(share * whole - 1) >= 0.01:
        return number_text(float(np.round(share, 3)))
    return "1/n" if whole == samples else f"1/{whole}"


def _step(loop: Loop) -> Departure | None:
    """Copies of a sample whose steps are one sum: all gradients are those of the weights before."""
    counts = loop.counts
    if counts.steps[4, 1] is not None or counts.steps[1, 1] != 1:
        return None
    done = counts.trained[4, 1]
    one = {key: counts.trace[1][key] - weight for key, weight in done.probe.weights.items()}
    moved = done.moved
    if moved and all(np.max(np.abs(moved[k] - 4 * one[k])) <= 1e-4 * np.max(np.abs(moved[k])) for k in one):
        return departure(None, say_train.sum_step(), 2, 3, 4, 5, 8, 17)
    return None


def _rate(loop: Loop) -> Departure | None:
    """The rate of the second epoch, from the sum of both at a tiny rate."""
    steps, first, both = loop.counts.steps, loop.once.moved, loop.twice.moved
    if steps[1, 1] != 1 or steps[4, 1] != 4 or steps[2, 3] is not None or first is None or both is None:
        return None
    ratios = [float(np.vdot(both[k], first[k]) / (np.vdot(first[k], first[k]) or 1.0)) - 1 for k in first]
    if np.ptp(ratios) > 3 * TINY[loop.once.probe.dtype][1] or abs(ratios[0] - 1) < 1e-3:
        return None
    text = say.formula("l_rate", f"{number_text(float(np.round(ratios[0], 3)))} · l_rate", "l_rate")
    return departure("rate-decayed-by-epoch" if 0 < ratios[0] < 1 else None, text, 3, 4, 5, 8, 12, 15, 16)


def _sorted(observed: Observed) -> Departure | None:
    """All steps are right, and come in the order of their labels."""
    return departure(None, say_train.sorted_by_label(), 8) if order.by_label(observed) else None


def _rate_changed(loop: Loop) -> Departure | None:
    """All steps are right, and the network's rate changes afterwards."""
    rate, was = loop.twice.rate, loop.twice.probe.rate
    if not isinstance(rate, int | float) or rate == was:
        return None
    return departure(None, say.formula("l_rate", f"{number_text(rate / was)} · l_rate", "l_rate"), 12, mnist=False)


def _other_counts(loop: Loop) -> Departure | None:
    """Whole numbers of steps, too few and without a rule: the validation decides the end."""
    steps = {key: value for key, value in loop.counts.steps.items() if value is not None}
    if len(steps) < len(COUNTED) or all(steps[n, e] == n * e for n, e in steps):
        return None
    wrong = {key: value for key, value in steps.items() if value != key[0] * key[1]}
    listed = "; ".join(f"n = {n}, epochs = {e}: {value}" for (n, e), value in wrong.items())
    if all(value < n * e and value % n == 0 for (n, e), value in wrong.items()) and loop.near(loop.learnt, 1.0):
        if (2, 3) in wrong:
            return departure("stops-when-all-right", say_train.stops(listed), 3, 8, 15, 16, mnist=False)
        name = "epochs-capped" if wrong.get((1, 12)) == 10 else "stops-early"
        return departure(name, say_train.stops(listed), 8, 15, 16, mnist=False)
    return departure(None, say_train.steps(listed, MEANT))


def _large(observed: Observed) -> Departure | None:
    """A set of 1,512 samples: whether the last of those with a pixel has moved W1."""
    done = schedule.train(observed, 305, (12, 6, 5, 4), 0.05, 1, schedule.large)
    if done is None or done.moved is None:
        return None
    columns = np.linalg.norm(done.moved["W1"], axis=0)
    still = [place for place, length in zip(PLACES, columns, strict=True) if length == 0]
    if len(still) == len(PLACES):
        return None
    if not still or still != [place for place in PLACES if place >= still[0]]:
        return departure(None, None, 17, mnist=False) if still else None
    seen = [place for place in PLACES if place < still[0]]
    thousand = still[0] == 1000
    text = say_train.visits("x_train[:1000]") if thousand else say_train.cut(seen[-1] + 1 if seen else 0, still[0])
    return departure("first-thousand-samples" if thousand else None, text, 17, mnist=False)


def _late(observed: Observed, replay: Replay) -> Departure | None:
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
    return departure("stops-early", say_train.stops(f"n = 1, epochs = 100: {count}"), 8, 15, 16, mnist=False)
