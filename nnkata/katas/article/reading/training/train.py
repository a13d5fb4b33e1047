"""Reads train from its changes of the weights and arguments, with the submission's own steps as the measure."""

import numpy as np

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import MOST, Departure, of
from nnkata.katas.article.reading.observed import Observed, held
from nnkata.katas.article.reading.training import (
    biases,
    confirm,
    ending,
    labels,
    loop,
    order,
    passed_on,
    rates,
    say_train,
    scaled,
    schedule,
)
from nnkata.katas.article.reading.training.large_sets import large, late
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import COUNTED, Trained
from nnkata.katas.article.reading.training.small_trainings import MNIST, WEIGHTS, departure, observe
from nnkata.subject import Raised

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
        return [*found, *_by_epoch(observed, replay, counted), departure(None, None, raises=True)]
    if layers := biases.learnt(counted.trained[1, 1]):
        return [*found, departure(None, say_train.biases_learnt(layers))]
    if _measuring_moves(observed):
        text = say_train.measuring()
        more = Departure("training", WEIGHTS | of("mnist", 3), text, "trains-as-it-measures")
        return [*found, more]
    anew = _drawn_anew(observed, replay)
    if anew:
        return [*found, anew]
    seen = observe(observed, replay, counted)
    if seen is None:
        return [*found, departure(None, None)]
    if all(steps == n for (n, _e), steps in counted.steps.items()):
        return [*found, ending.one_epoch(observed, replay)]
    if one := loop.read(seen):
        one = confirm.confirmed(observed, replay, seen.once, one)
        return [*found, one, *_labels_too(observed, replay, seen.once, one)]
    if not seen.whole or not seen.near(seen.learnt, 1.0):
        paired = labels.read(observed, seen.once, replay, seen.twice)
        odd_step = paired is None and counted.steps[1, 1] != 1 and not replay.moves_forward
        own = passed_on.read(observed, replay) if odd_step else None
        return [*found, paired or own or departure(None, None)]
    if odd := [key for key, steps in counted.steps.items() if steps != key[0] * key[1]]:
        if (1, 1) in odd:
            own = None if replay.moves_forward else passed_on.read(observed, replay)
            return [*found, own or departure(None, None)]
        if later := rates.read(observed, seen.once):
            return [*found, later]
        numbers = [COUNTED[key] for key in odd]
        return [*found, departure(None, None, *numbers, 4, 5, 6, 8, 12, 15, 16, 17)]
    last = (large(observed) if failed & FAR else None) or (late(observed, replay) if failed & LATE else None)
    last = last or loop.rate_changed(seen) or (_sorted(observed) if replay.clean and failed & LEARNT else None)
    return [*found, last] if last else found


#: The number of epochs that train makes beside those that are asked for.
BESIDE = {"one-epoch-too-few": -1, "one-epoch-too-many": 1}


def _labels_too(observed: Observed, replay: Replay, once: Trained, one: Departure) -> list[Departure]:
    """Labels of other samples, beside a wrong number of epochs: in a training that makes one epoch in all."""
    if one.name not in BESIDE:
        return []
    epochs, probe = 1 - BESIDE[one.name], once.probe
    first, second = (
        schedule.train(observed, 301, probe.sizes, probe.rate, number, schedule.own_pixels)
        for number in (epochs, epochs + 1)
    )
    if first is None or second is None or first.moved is None:
        return []
    paired = labels.read(observed, first, replay, second)
    return [paired] if paired and paired.reading else []


def _by_epoch(observed: Observed, replay: Replay, counted: schedule.Counts) -> list[Departure]:
    """Whether the number of the epoch stands for that of the sample, where there are fewer samples than epochs."""
    first = counted.trained[1, 1]
    seen = None if first.raised or first.after is None else observe(observed, replay, counted)
    if seen is None or seen.once.moved is None or seen.twice.moved is None:
        return []
    columns = [np.flatnonzero(np.any(done.moved["W1"], axis=0)) for done in (seen.once, seen.twice) if done.moved]
    if [list(one) for one in columns] == [[0], [0, 1]]:
        number = order.number_of_steps(observed) if replay.clean else ""
        text = say.formula("train", f"forward_pass(x_train[{number}])", "forward_pass(x_train[i])")
        return [] if not number else [Departure("training", labels.CLAUSES | of("training", 17), text)]
    paired = labels.read(observed, seen.once, replay, seen.twice)
    return [paired] if paired else []


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


def _drawn_anew(observed: Observed, replay: Replay) -> Departure | None:
    """Weights that change at a rate of 0: drawn again, in every epoch or at the start of train.

    Those that the submission's own step changes at that rate are not.
    """
    done = schedule.train(observed, 303, (7, 6, 5, 4), 0.0, 2, schedule.copies(2))
    if done is None or not (keys := _others(done)):
        return scaled.read(observed, replay, done) if done else None
    own = replay.trace(done.probe, done.xs[0], done.ys[0], 1)
    if any(np.any(now[key] != weight) for now in own[1:] for key, weight in done.probe.weights.items()):
        return None
    none = schedule.train(observed, 304, (7, 6, 5, 4), 0.0, 0, schedule.copies(2))
    once = none is not None and bool(_others(none))
    clauses = (*range(1, 9), 14, *range(15, MOST))
    if len(keys) < len(done.probe.weights):
        return departure(None, say_train.drawn_anew(once, keys), *clauses)
    return departure(
        "reinitialised-in-train" if once else "reinitialised-each-epoch", say_train.drawn_anew(once), *clauses
    )


def _others(done: Trained) -> list[str]:
    """The weights unlike those before.

    By chance, matrices of 42 elements correlate at 0.7 once in 10^7, those of 20 once in 10^3.
    """
    found = []
    for key, before in done.probe.weights.items():
        after = before if done.after is None else done.after[key]
        if np.any(before != after) and np.std(after) > 0:
            found += [key] if np.corrcoef(before.ravel(), after.ravel())[0, 1] < 0.7 else []
    return found


def _sorted(observed: Observed) -> Departure | None:
    """All steps are right, and come in the order of their labels."""
    return departure(None, say_train.sorted_by_label(), 8) if order.by_label(observed) else None
