"""Reads the rule of compute_accuracy from its results on sets with known outputs."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.observed import Observed, Probe, matrices, shape_of
from nnkata.katas.article.reading.training import rules, say_train, schedule, second_pass
from nnkata.katas.article.reading.training.rules import Asked
from nnkata.subject import Raised

ACCURACY = of("training", 9, 10, 14, 19) | of("mnist", 3)
MEANT = "mean(argmax(output) = argmax(y))"
#: Sizes of the sets: odd and even, one sample, more samples than classes and fewer.
SIZES = (9, 4, 1, 30)
#: How far the label of each sample in turn is from the right class: chosen so that either end is right in one set and
#: wrong in another, and no half and no ten samples have the share of all.
BESIDE = np.array([1, 0, 3, 0, 0, 0, 1])
#: The length of a row of W3: some outputs are near 1 and some are not, so that rounding them shows.
SHARP = 20.0
#: Shares of at most 30 samples differ by far more than this.
CLOSE = 1e-6


def read(observed: Observed) -> list[Departure]:
    """The deviations of compute_accuracy."""
    asked = _ask(observed)
    if asked is None:
        return []
    if asked == "raised":
        return [Departure("training", ACCURACY, None, raises=True)]
    assert not isinstance(asked, str)
    if any(_is_nan(one.said) for one in asked if len(one.ys) == 1) and not all(_is_nan(one.said) for one in asked):
        asked = [one for one in asked if len(one.ys) > 1]  # the mean of nothing: no sample is left of one
    odd = [one.said for one in asked if not _number(one.said)]
    if odd:
        return [Departure("training", ACCURACY, say.no_number("compute_accuracy", odd[0]))]
    said = [float(one.said) for one in asked]
    right = [_hits(one) for one in asked]
    if np.max(np.abs(np.array(said) - right)) <= CLOSE:
        return _after_training(observed)
    if all(abs(one - oracle.hits(each.meant, each.ys)) <= CLOSE for one, each in zip(said, asked, strict=True)):
        return []  # right by another way than its wrong forward pass: by the logits, for example
    more = _with_many_classes(observed) if np.max(np.abs(np.array(said) - 1.0)) <= CLOSE else None
    if more is not None and np.isnan(float(more.said)):
        return [Departure("training", ACCURACY, say.formula("compute_accuracy", "right / right", MEANT))]
    if more is not None:
        asked, said, right = [*asked, more], [*said, float(more.said)], [*right, _hits(more)]
    fitting = [one for one in rules.formulas(asked, right) if np.max(np.abs(np.array(said) - one[2])) <= CLOSE]
    fitting = _of_any_labels(observed, fitting) if fitting else []
    if fitting and np.ptp(said) <= CLOSE:
        fitting.insert(0, (f"{said[0]:.4g}", "accuracy-constant" if said[0] else None, np.array(said)))
    if fitting:
        texts = list(dict.fromkeys(text for text, _name, _values in fitting))
        names = {name for _text, name, _values in fitting}
        name = names.pop() if len(names) == 1 else None
        clauses = ACCURACY - (of("training", 10) if name in FEW else frozenset())
        return [Departure("training", clauses, say.formula("compute_accuracy", say.either(texts), MEANT), name)]
    if np.ptp(said) <= CLOSE:
        text = say.formula("compute_accuracy", f"{said[0]:.4g}", MEANT)
        return [Departure("training", ACCURACY, text, "accuracy-constant" if said[0] else None)]  # 0 may mean much
    ratios = [s / r for s, r in zip(said, right, strict=True) if r > 0]
    if (
        len(ratios) > 1
        and np.ptp(ratios) <= CLOSE * abs(ratios[0])
        and all(s == 0 for s, r in zip(said, right, strict=True) if r == 0)
    ):
        text = say.formula("compute_accuracy", f"{ratios[0]:.4g} · {MEANT}", MEANT)
        return [Departure("training", ACCURACY, text)]
    counts = [s / (r * len(one.ys)) for s, r, one in zip(said, right, asked, strict=True) if r > 0]
    if len(counts) > 1 and np.ptp(counts) <= CLOSE * abs(counts[0]):
        text = say.formula("compute_accuracy", f"right / {1 / counts[0]:.4g}", MEANT)
        return [Departure("training", ACCURACY, text)]
    return [Departure("training", ACCURACY, None)]


def _of_any_labels(observed: Observed, fitting: list[rules.Rule]) -> list[rules.Rule]:
    """Those rules that also hold for other widths, with labels in no order and with all right; all if not asked."""
    probe = observed.network((8, 6, 5, 3), 0.5, 403)
    if probe is None:
        return fitting
    try:
        probe = _telling(probe)
        xs = probe.rng.normal(0.0, 2.0, (23, 8))
        outputs = np.asarray(probe.net.call("forward_pass", xs, rows=True).value, np.float64)
        if outputs.shape != (len(xs), 3):
            return fitting
        labels = [probe.rng.integers(3, size=len(xs)), np.argmax(outputs, axis=1)]
        sets = [np.eye(3)[each] for each in labels]
        others = second_pass.answers(probe.weights, xs)
        said = [probe.net.call("compute_accuracy", xs, ys).value for ys in sets]
    except (Raised, ValueError, TypeError):
        return fitting
    if not all(_number(one) for one in said):
        return fitting
    asked = [Asked(outputs, ys, one, outputs, xs, others) for ys, one in zip(sets, said, strict=True)]
    rest = rules.formulas(asked, [_hits(one) for one in asked])
    texts = [text for text, _name, values in rest if np.max(np.abs(values - np.array(said, np.float64))) <= CLOSE]
    return [one for one in fitting if one[0] in texts]


def _with_many_classes(observed: Observed) -> Asked | None:
    """A set of many classes without a right sample, for a rule that gives 1 for all others; None without one.

    Of four classes each label is among the five largest outputs, and any share above a half is rounded to 1.
    """
    probe = observed.network((7, 6, 5, CLASSES), 0.5, 402)
    if probe is None:
        return None
    try:
        probe = _telling(probe)
        xs = probe.rng.normal(0.0, 2.0, (MANY, 7))
        outputs = np.array(probe.net.call("forward_pass", xs, rows=True).value, np.float64)
        if outputs.shape != (MANY, CLASSES):
            return None
        labels = np.argsort(-outputs, axis=1)[np.arange(MANY), 1 + np.arange(MANY) % (CLASSES - 1)]
        ys = oracle.one_hot(labels, CLASSES).astype(np.float64)
        meant = oracle.outputs(probe.weights, xs)
        said = probe.net.call("compute_accuracy", xs, ys).value
    except Raised as error:  # 1 for all others, and a division by 0 without a right one
        return (
            Asked(outputs, ys, np.nan, meant, xs, second_pass.answers(probe.weights, xs))
            if error.kind == "ZeroDivisionError"
            else None
        )
    if not _number(said):
        return None
    return Asked(outputs, ys, said, meant, xs, second_pass.answers(probe.weights, xs))


#: Its classes and samples: ten samples have their label in each place but the first.
CLASSES, MANY = 12, 110
#: Mistakes that a network with constant answers does not show.
FEW = ("accuracy-by-argmin", "accuracy-on-wrong-set")


def _number(value: Any) -> bool:
    fine = isinstance(value, int | float | np.ndarray) and not isinstance(value, bool)
    return fine and np.shape(value) == () and bool(np.isfinite(np.asarray(value, np.float64)))


def _is_nan(value: Any) -> bool:
    return isinstance(value, float | np.floating | np.ndarray) and np.shape(value) == () and bool(np.isnan(value))


def _hits(one: Asked) -> float:
    return oracle.hits(one.outputs, one.ys)


def _ask(observed: Observed) -> list[Asked] | str | None:
    probe = observed.network((7, 6, 5, 4), 0.5, 400)
    if probe is None:
        return None
    try:
        probe = _telling(probe)
    except Raised:
        return None
    found = []
    for size in SIZES:
        xs, ys = _set(probe, size)
        try:
            outputs = probe.net.call("forward_pass", xs, rows=True).value
        except Raised:
            return None
        if not isinstance(outputs, list | np.ndarray) or any(shape_of(o) != (4,) for o in outputs):
            return None
        try:
            said = probe.net.call("compute_accuracy", xs, ys).value
        except Raised as error:
            if size > 1 or error.kind != "ZeroDivisionError":
                return "raised"
            said = np.nan  # a division by what is left of one sample
        meant = oracle.outputs(probe.weights, xs)
        found.append(Asked(np.array(outputs, np.float64), ys, said, meant, xs, second_pass.answers(probe.weights, xs)))
        probe.net.assign(probe.weights)
    return found


def _telling(probe: Probe) -> Probe:
    """The network with another W3, without the common part of all answers, so that answers differ by sample.

    A network with constant answers cannot show which of two rules compute_accuracy follows.

    Raises:
        Raised: its weights cannot be set.
    """
    xs = probe.rng.normal(0.0, 2.0, (200, probe.sizes[0]))
    usual = np.mean([oracle.forward(probe.weights, x).a2 for x in xs], axis=0)
    w3 = probe.weights["W3"]
    w3 = w3 - np.outer(w3 @ usual, usual) / (usual @ usual)
    w3 = SHARP * w3 / np.linalg.norm(w3, axis=1, keepdims=True)  # so that each class is the largest often enough
    now = matrices(probe.net.assigned({**probe.weights, "W3": w3.astype(np.float32).astype(np.float64)}), probe.sizes)
    return probe if now is None else replace(probe, weights=now)


def _set(probe: Probe, size: int) -> tuple[Array, Array]:
    """Samples of which four in seven are right: labels of the oracle's answers, or of the class beside it.

    Of many samples, it selects those whose answers go through the classes in turn, if the network has them.
    """
    many = probe.rng.normal(0.0, 2.0, (40 + 10 * size, 7))
    given = oracle.outputs(probe.weights, many).argmax(axis=1)
    first = int(probe.rng.integers(4))
    taken: list[int] = []
    for place in range(size):
        left = [i for i in range(len(many)) if i not in taken]
        taken.append(next((i for i in left if given[i] == (first + place) % 4), left[0]))
    xs, answers = many[taken], given[taken]
    xs[0, 2] = xs.max() + 1.0  # the largest number of all is where a class could be, if somebody looks there
    answers[0] = np.argmax(oracle.forward(probe.weights, xs[0]).output)
    labels = (answers + BESIDE[(np.arange(size) + size) % len(BESIDE)]) % 4
    return xs, oracle.one_hot(labels, 4).astype(np.float64)


def _after_training(observed: Observed) -> list[Departure]:
    """For a right rule: whether it still uses its arguments after train has stored a set."""

    def data(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs, ys = _set(probe, 4)
        return xs, ys, *_set(probe, 3)

    done = schedule.train(observed, 401, (7, 6, 5, 4), 0.0, 1, data)
    if done is None or done.raised or done.after is None:
        return []
    probe = done.probe
    probe.net.assign(probe.weights)
    xs, ys = _set(probe, 30)
    try:
        said = probe.net.call("compute_accuracy", xs, ys).value
        outputs = probe.net.call("forward_pass", xs, rows=True).value
        own = probe.net.call("forward_pass", done.xs, rows=True).value
    except Raised:
        return []
    if not _number(said) or abs(float(said) - oracle.hits(np.array(outputs), ys)) <= CLOSE:
        return []
    stored = abs(float(said) - oracle.hits(np.array(own), done.ys)) <= CLOSE
    text = say.formula("compute_accuracy", say_train.stored(), MEANT) if stored else None
    return [Departure("training", of("training", 14), text, "accuracy-on-training-set" if stored else None)]
