"""Small trainings at a tiny rate: the observations of the loop of train."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.departure import MOST, Departure, of
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.training import schedule
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import TINY, Counts, Trained
from nnkata.subject import Raised, SubjectError
from nnkata.subject.face import CALL_SECONDS
from nnkata.traces.trace import read as seen_in

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
    #: Whether the steps that train makes may be of nothing: backward_pass gives no gradient for exchanged arguments, or
    #: train calls update_network_parameters.
    still: bool = False
    #: Whether the passes and the update are right: one that remembers gradients is none of train's.
    clean: bool = True

    def near(self, values: Array | Sequence[float], target: float | Array) -> bool:
        """Whether shares are these, within the uncertainty of a tiny rate."""
        close = 3 * TINY[self.once.probe.dtype][1]
        return bool(np.max(np.abs(np.asarray(values) - target), initial=0.0) <= close)


def departure(name: str | None, text: str | None, *numbers: int, mnist: bool = True, raises: bool = False) -> Departure:
    """One of train: the clauses of the stage with these numbers, or all that look at weights."""
    clauses = of("training", *numbers) if numbers else WEIGHTS
    return Departure("training", clauses | (MNIST if mnist else frozenset()), text, name, raises)


def observe(observed: Observed, replay: Replay, counted: Counts) -> Loop | None:
    """Three small trainings at a tiny rate; None if one fails, or the submission's own steps do not differ."""
    rate = TINY[counted.trained[1, 1].probe.dtype][0]
    done = [schedule.train(observed, 301, (12, 6, 5, 4), rate, epochs, schedule.own_pixels) for epochs in (1, 1, 2)]
    runs = [one for one in done if one is not None and one.after is not None]
    if len(runs) < len(done):
        return None
    xs, ys, x_val, y_val = schedule.own_pixels(runs[0].probe)
    moves = replay.moves(runs[0].probe, np.concatenate([xs, x_val]), np.concatenate([ys, y_val]))
    if moves is None or not schedule.told_apart(moves, runs[0].probe.dtype):
        return None
    (one, whole), (again, _whole) = (schedule.shares(run, moves) for run in runs[:2])
    n = schedule.LEARNT
    still = not any(counted.steps.values()) and (_still(observed) or _updates(observed))
    return Loop(counted, runs[0], runs[2], one[:n], again[:n], one[n:], whole, still, replay.clean)


def _still(observed: Observed) -> bool:
    probe = observed.network((7, 6, 5, 4), 0.1, 302)
    seen = probe.there_and_back() if probe else None
    if probe is None or seen is None or seen.forward is None or seen.p is None:
        return False
    try:
        found = probe.net.call("backward_pass", seen.forward.value, seen.y).value
    except Raised:
        return False
    return isinstance(found, dict) and all(isinstance(one, np.ndarray) and not one.any() for one in found.values())


def _updates(observed: Observed) -> bool:
    """Whether train calls update_network_parameters."""
    probe = observed.network((7, 6, 5, 4), 0.1, 302)
    if probe is None:
        return False
    xs, ys, x_val, y_val = schedule.copies(1)(probe)
    try:
        args = ["call", [probe.net.number, "train", [xs, ys, x_val, y_val], False]]
        seen = seen_in(observed.subject.transport.ask("traced", args, CALL_SECONDS))
    except (Raised, SubjectError):
        return False
    return seen is not None and any(frame.name == "update_network_parameters" for frame in seen.frames)
