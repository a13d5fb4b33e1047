"""The rule of the loop of train, by its steps in small trainings."""

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.training import say_train
from nnkata.katas.article.reading.training.schedule import COUNTED
from nnkata.katas.article.reading.training.shares import rate, shares, step_of_all
from nnkata.katas.article.reading.training.small_trainings import MEANT, Loop, departure
from nnkata.language import _


def read(loop: Loop) -> Departure | None:
    """The first rule that explains the steps; None without one."""
    readers = (_validation, _counted, shares, step_of_all, rate, _other_counts)
    return next((one for reader in readers if (one := reader(loop))), None)


def _validation(loop: Loop) -> Departure | None:
    if not loop.whole or not loop.near(loop.validated, 1.0):
        return None
    if loop.near(loop.learnt, 1.0):
        return departure("validation-learnt", say_train.validation(True), *range(1, 7), 15, 16, mnist=False)
    if loop.near(loop.learnt, 0.0):
        return departure("validation-learnt-instead", say_train.validation(False), 4, 5, 6, 16)
    return None


def _counted(loop: Loop) -> Departure | None:
    """A rule for the number of steps on n copies in some epochs."""
    steps = {key: value for key, value in loop.counts.steps.items() if value is not None}
    if len(steps) < len(COUNTED) or all(steps[n, e] == n * e for n, e in steps):
        return None
    if all(count == 0 for count in steps.values()) and loop.near(loop.learnt, 0.0):
        return departure(None if loop.still else "never-updates", say_train.steps("0", MEANT))
    for more in (-1, 1, -2, 2, -3, 3, 4, 5):
        if all(steps[n, e] == n * max(e + more, 0) for n, e in steps):
            name = {-1: "one-epoch-too-few", 1: "one-epoch-too-many"}.get(more)
            return departure(name, say_train.steps(f"(epochs {'+' if more > 0 else '-'} {abs(more)}) · n", MEANT))
    for more in (-1, 1, -2, 2):
        if all(steps[n, e] == max(n * e + more, 0) for n, e in steps):
            return departure(None, say_train.steps(f"epochs · n {'+' if more > 0 else '-'} {abs(more)}", MEANT))
    return None


def _other_counts(loop: Loop) -> Departure | None:
    """Whole numbers of steps, too few and without a rule: the validation decides the end."""
    steps = {key: value for key, value in loop.counts.steps.items() if value is not None}
    if len(steps) < len(COUNTED) or all(steps[n, e] == n * e for n, e in steps):
        return None
    wrong = {key: value for key, value in steps.items() if value != key[0] * key[1]}
    listed = _("; ").join(f"n = {n}, epochs = {e}: {value}" for (n, e), value in wrong.items())
    if all(value < n * e and value % n == 0 for (n, e), value in wrong.items()) and loop.near(loop.learnt, 1.0):
        if (2, 3) in wrong:
            return departure("stops-when-all-right", say_train.stops(listed), 3, 8, 15, 16, mnist=False)
        name = "epochs-capped" if wrong.get((1, 12)) == 10 else "stops-early"
        return departure(name, say_train.stops(listed), 8, 15, 16, mnist=False)
    return departure(None, say_train.steps(listed, MEANT))


def rate_changed(loop: Loop) -> Departure | None:
    """All steps are right, and the network's rate changes afterwards."""
    rate, was = loop.twice.rate, loop.twice.probe.rate
    if not isinstance(rate, int | float) or rate == was:
        return None
    return departure(None, say.formula("l_rate", f"{number_text(rate / was)} · l_rate", "l_rate"), 12, mnist=False)
