"""The shares of the samples' steps in one epoch."""

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.training import carried, say_train
from nnkata.katas.article.reading.training.replay import flat
from nnkata.katas.article.reading.training.schedule import TINY, Trained
from nnkata.katas.article.reading.training.small_trainings import MEANT, Loop, departure
from nnkata.language import _

#: Clauses of training that see how much of each sample is learnt.
SOME = (2, 3, 4, 5, 8, 17)
#: Shares that are this near to 1 may be whole steps, of another rate than the one by which they are counted.
ROUNDING = 0.02


def shares(loop: Loop) -> Departure | None:
    """The reading of the shares of the samples' steps in one epoch."""
    learnt, n = loop.learnt, len(loop.learnt)
    if not loop.whole or loop.near(learnt, 1.0):
        return None
    close = 3 * TINY[loop.once.probe.dtype][1]
    part = np.ptp(learnt) <= close and close < float(learnt.mean()) < 1 - close
    if part and (text := _rate_sums(loop, float(learnt.mean()))):
        return departure(None, text)
    if part and loop.counts.steps[4, 1] is None:  # of a batch, four copies make whole steps
        return departure(None, say_train.share(_share(float(learnt.mean()), n)))
    if loop.near(learnt, 1 / n):
        return departure("one-step-an-epoch", say_train.mean_step(), *SOME)
    if found := _some_samples(loop):
        return found
    if text := _batches(loop):
        return departure(None, text)
    if text := carried.rising(learnt, close) or (carried.remembered(learnt, close) if loop.clean else ""):
        return departure(None, text, *range(2, 6), 8, 12, 15, 16, 17)
    if text := _falling(loop):
        return departure(None, say.formula("l_rate", text, "l_rate"), *range(2, 6), 8, 12, 15, 16, 17)
    if not set(np.round(learnt / (np.max(np.abs(learnt)) or 1.0), 2)) <= {0.0, 0.33, 0.5, 0.67, 1.0}:
        return None
    rounded = np.round(learnt)
    if np.max(np.abs(learnt - 1)) <= ROUNDING:
        return None
    listed = ", ".join(number_text(float(np.round(c, 3)) + 0.0) for c in learnt)
    if loop.near(learnt, rounded) and (rounded >= 0).all():
        drawn = rounded.sum() == n and not loop.near(loop.again, rounded) and rounded.max() < n - 1  # hardly by chance
        if drawn:
            return departure("drawn-with-repetition", say_train.times(listed), 4, 5, 17, mnist=False)
        return departure(None, say_train.times(listed))
    if np.ptp(learnt) <= 3 * TINY[loop.once.probe.dtype][1]:
        return departure(None, say_train.share(_share(float(learnt.mean()), 0)))
    return departure(None, say_train.times(listed))


def _some_samples(loop: Loop) -> Departure | None:
    """A training that learns some samples and not the others."""
    learnt = loop.learnt
    if loop.near(learnt[1:], 0.0) and loop.near(learnt[:1], 1.0):
        if loop.twice.moved and np.any(loop.twice.moved["W1"][:, 1]):  # the second epoch goes on to the second sample
            return departure(None, say_train.steps("epochs", MEANT), *SOME)
        return departure("only-first-sample", say_train.visits("x_train[0]"), *SOME)
    if loop.near(learnt[:-1], 1.0) and loop.near(learnt[-1:], 0.0):
        return departure("all-but-last-sample", say_train.visits("x_train[: n - 1]"))
    if loop.near(learnt[1:], 1.0) and loop.near(learnt[:1], 0.0):
        return departure(None, say_train.visits("x_train[1:]"))
    if loop.near(learnt[::2], 1.0) and loop.near(learnt[1::2], 0.0):
        return departure(None, say_train.visits("x_train[::2]"))
    if loop.near(np.sort(learnt), np.eye(len(learnt))[-1]):
        return departure(None, say_train.one_step())
    return None


def _batches(loop: Loop) -> str:
    """The text of steps with the mean of a batch; '' if they are none."""
    learnt, n = loop.learnt, len(loop.learnt)
    for size in range(2, n):
        rest = n % size
        whole = [1 / size] * (n - rest)
        last = {
            say_train.batches(size, rest > 0): [0.0] * rest,
            say_train.batches(size, False): [1 / (rest or 1)] * rest,
        }
        for text, values in last.items():
            if loop.near(np.sort(learnt), np.sort(whole + values)):
                return text
    return ""


def _falling(loop: Loop) -> str:
    """A rate that changes after each sample, by a factor or as a hyperbola; both if they fit equally, '' if neither."""
    rates, times = np.sort(loop.learnt)[::-1], np.arange(len(loop.learnt))
    if abs(rates[-1] - 1) <= 3 * TINY[loop.once.probe.dtype][1] or rates[-1] <= 0:
        return ""
    factor, decay = float(rates[-1]) ** (1 / times[-1]), float(1 / rates[-1] - 1) / int(times[-1])
    ways = {
        say_train.after_each_sample(number_text(round(factor, 3))): factor**times,
        say_train.after_samples(f"l_rate / (1 + {number_text(round(decay, 3))} t)"): 1 / (1 + decay * times),
    }
    apart = {text: float(np.max(np.abs(rates - law))) for text, law in ways.items() if loop.near(rates, law)}
    least = min(apart.values(), default=0.0)
    return say.either([text for text, error in apart.items() if error <= 3 * least]) if apart else ""


def _rate_sums(loop: Loop, share: float) -> str:
    """The rates of one epoch and of two, if the second is another one; '' if they are alike."""
    first, both = loop.once.moved, loop.twice.moved
    if first is None or both is None:
        return ""
    ratio = float(np.vdot(flat(both), flat(first)) / (np.vdot(flat(first), flat(first)) or 1.0))
    if abs(ratio - 2) <= 6 * TINY[loop.once.probe.dtype][1]:
        return ""
    sums = [number_text(float(np.round(s, 3))) for s in (share, ratio * share)]
    parts = [say.in_part(f"{total} · l_rate", f"epochs = {epochs}") for epochs, total in enumerate(sums, 1)]
    return say.formula("Σ l_rate", _("; ").join(parts), "epochs · l_rate")


def _share(share: float, samples: int) -> str:
    """A part of a step: one in n, one in another number, or a decimal."""
    whole = round(1 / share) if share else 0
    if not whole or abs(share * whole - 1) >= 0.01:
        return number_text(float(np.round(share, 3)))
    return "1/n" if whole == samples else f"1/{whole}"


def step_of_all(loop: Loop) -> Departure | None:
    """Copies of a sample whose steps are one sum: all gradients, of an epoch or of all, are of the weights before."""
    counts = loop.counts
    if counts.steps[4, 1] is not None or counts.steps[1, 1] != 1:
        return None
    done = counts.trained[4, 1]
    one = {key: counts.trace[1][key] - weight for key, weight in done.probe.weights.items()}
    if not _are_steps(done, one, 4):
        return None
    if _are_steps(counts.trained[2, 3], one, 6):
        return departure(None, say_train.first_weights(), *range(2, 6), 8, 15, 16, 17)
    return departure(None, say_train.sum_step(), 2, 3, 4, 5, 8, 17)


def _are_steps(done: Trained, one: dict[str, Array], count: int) -> bool:
    """Whether a training moves the weights by so many times one step."""
    moved = done.moved
    return moved is not None and all(
        np.max(np.abs(moved[k] - count * one[k])) <= 1e-4 * np.max(np.abs(moved[k])) for k in one
    )


def rate(loop: Loop) -> Departure | None:
    """The rate of the second epoch, from the sum of both at a tiny rate."""
    steps, first, both = loop.counts.steps, loop.once.moved, loop.twice.moved
    if steps[1, 1] != 1 or steps[4, 1] != 4 or steps[2, 3] is not None or first is None or both is None:
        return None
    ratios = [float(np.vdot(both[k], first[k]) / (np.vdot(first[k], first[k]) or 1.0)) - 1 for k in first]
    if np.ptp(ratios) > 3 * TINY[loop.once.probe.dtype][1] or abs(ratios[0] - 1) < 1e-3:
        return None
    text = say.formula("l_rate", f"{number_text(float(np.round(ratios[0], 3)))} · l_rate", "l_rate")
    return departure("rate-decayed-by-epoch" if 0 < ratios[0] < 1 else None, text, 3, 4, 5, 8, 12, 15, 16)
