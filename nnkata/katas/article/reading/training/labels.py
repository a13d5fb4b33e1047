"""Reads the label of each sample's step, if the sample has a column of W1 to itself."""

from collections.abc import Sequence

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.observed import Observed, Probe
from nnkata.katas.article.reading.training import order, say_train, schedule
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import ROUNDED, TINY, Trained
from nnkata.subject import Raised

#: By how many times another label has to fit worse.
CLEARLY = 20.0
CLAUSES = of("training", 4, 5, 8, 18) | of("mnist", 2, 4)


def read(observed: Observed, once: Trained, replay: Replay, twice: Trained) -> Departure | None:
    """The pairing rule of samples and labels; None if the columns are no steps of any label.

    `once` and `twice` are the same training with one epoch and with two.
    """
    moved = once.moved
    steps = _steps(once, replay)
    if moved is None or steps is None:
        return None
    n, own = len(once.xs), [int(np.argmax(y)) for y in once.ys]
    close = 3 * TINY[once.probe.dtype][1]
    if one := _one_sample(moved["W1"], steps, own, close):
        number = order.number_of_steps(observed) if _others_later(once, twice) else one
        text = number and say.formula("train", f"forward_pass(x_train[{number}])", "forward_pass(x_train[i])")
        return Departure("training", CLAUSES | of("training", 17), text or None)
    found = [_label(steps[i], moved["W1"][:, i]) for i in range(n)]
    if text := _of_validation(once, found, moved["W1"], close):
        clauses = CLAUSES | of("training", 16, 17)
        return Departure("training", clauses, say.formula("x_train[i]", text, "y_train[i]"))
    if any(rest > close or abs(factor - 1) > close for _label_found, factor, rest in found):
        return None
    for each, column, (label, _factor, rest) in zip(steps, moved["W1"].T, found, strict=False):
        other = _label([step for number, step in enumerate(each) if number != label], column)[2]
        if other <= min(close, CLEARLY * max(rest, ROUNDED[once.probe.dtype])):
            return None  # the step hardly depends on the label, so the label is unknown
    labels = [label for label, _factor, _rest in found]
    if labels == own:
        return None
    orders: Sequence[tuple[str, Array]] = (
        ("y_train[i - 1]", np.roll(own, 1)),
        ("y_train[i + 1]", np.roll(own, -1)),
        ("y_train[n - 1 - i]", np.array(own)[::-1]),
        ("y_train[-i]", np.roll(np.array(own)[::-1], 1)),
        ("y_train[0]", np.full(n, own[0])),
    )
    for text, rolled in orders:
        if list(rolled) == labels and (text != "y_train[0]" or _of_the_first(observed, once, replay)):
            text = "y_train[epoch]" if text == "y_train[0]" and _of_the_second(once, twice, steps) else text
            return Departure("training", CLAUSES, say.formula("x_train[i]", text, "y_train[i]"))
    targets = _answers(once, replay, labels)
    if targets and (len(set(labels)) > 1 or _of_answers(observed, once, replay)):
        texts = [f"backward_pass({one}, output)" for one in targets]
        text = say.formula("train", say.either(texts), "backward_pass(y_train[i], output)")
        return Departure("training", CLAUSES, text)
    text = say.formula("x_train[i]", say_train.other_label(), "y_train[i]")
    return Departure("training", CLAUSES, text, "shuffled-without-labels" if sorted(labels) == sorted(own) else None)


def _one_sample(moved: Array, steps: Sequence[Sequence[Array]], own: Sequence[int], close: float) -> str:
    """The number of the one sample that goes forward in every step, with the label of each in turn; '' without one."""
    columns = np.flatnonzero(np.any(moved, axis=0))
    if len(columns) != 1 or columns[0] not in (0, len(own) - 1):
        return ""
    place = int(columns[0])
    whole = np.sum([steps[place][label] for label in own], axis=0)
    if not np.max(np.abs(moved[:, place] - whole)) <= close * np.max(np.abs(whole)):
        return ""
    return str(-1 if place else 0)


def _of_validation(once: Trained, found: Sequence[tuple[int, float, float]], moved: Array, close: float) -> str:
    """The labels of the validation set, once or again and again; '' if they are others."""
    labels = np.argmax(schedule.own_pixels(once.probe)[3], axis=1)
    fits = [
        label == labels[i % len(labels)] and rest <= close and abs(factor - 1) <= close
        for i, (label, factor, rest) in enumerate(found)
    ]
    if all(fits):
        return "y_val[i % len(y_val)]"
    ends = all(fits[: len(labels)]) and not np.any(moved[:, len(labels) : len(found)])
    return "y_val[i]" if ends else ""


def _others_later(once: Trained, twice: Trained) -> bool:
    """Whether a second epoch goes over samples that the first one does not."""
    return bool(once.moved and twice.moved and np.any(twice.moved["W1"][:, ~np.any(once.moved["W1"], axis=0)]))


def _answers(once: Trained, replay: Replay, labels: Sequence[int]) -> list[str]:
    """What can stand for the labels, if they are the network's own answers."""
    try:
        outputs = np.asarray(replay.fresh(once.probe).call("forward_pass", once.xs, rows=True).value, np.float64)
    except (Raised, ValueError):
        return []
    eye = np.eye(once.ys.shape[1])[list(labels)]
    if outputs.shape != eye.shape:
        return []
    made = {"[output = max]": outputs == outputs.max(axis=1, keepdims=True), "round(output)": np.round(outputs)}
    return [text for text, values in made.items() if np.array_equal(values, eye)]


#: A pixel so bright that the answers of a network differ from sample to sample.
BRIGHT = 20.0


def _of_answers(observed: Observed, once: Trained, replay: Replay) -> bool:
    """Whether labels are the answers also of a network that does not give all samples the same one."""

    def bright(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs, ys, x_val, y_val = schedule.own_pixels(probe)
        return BRIGHT * xs, ys, x_val, y_val

    for number in (323, 324, 325):
        done = schedule.train(observed, number, once.probe.sizes, once.probe.rate / BRIGHT, 1, bright)
        steps = None if done is None or done.moved is None else _steps(done, replay)
        if done is None or done.moved is None or steps is None:
            return False
        labels = [_label(each, done.moved["W1"][:, i])[0] for i, each in enumerate(steps)]
        if len(set(labels)) > 1:
            return bool(_answers(done, replay, labels))
    return False


def _of_the_second(once: Trained, twice: Trained, steps: Sequence[Sequence[Array]]) -> bool:
    """Whether it is the label of the second sample in the second epoch."""
    if once.moved is None or twice.moved is None:
        return False
    second = twice.moved["W1"] - once.moved["W1"]
    return all(_label(each, second[:, i])[0] == np.argmax(once.ys[1]) for i, each in enumerate(steps))


def _of_the_first(observed: Observed, once: Trained, replay: Replay) -> bool:
    """Whether it is the label of the first sample also where no other sample has that label."""

    def data(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs, _ys, x_val, y_val = schedule.own_pixels(probe)
        labels = np.r_[0, 1 + np.arange(len(xs) - 1) % (probe.sizes[3] - 1)]
        return xs, np.eye(probe.sizes[3])[labels], x_val, y_val

    done = schedule.train(observed, 303, once.probe.sizes, once.probe.rate, 1, data)
    steps = None if done is None or done.moved is None else _steps(done, replay)
    if done is None or done.moved is None or steps is None:
        return False
    moved = done.moved["W1"]
    return all(_label(each, moved[:, i])[0] == 0 for i, each in enumerate(steps))


def _steps(once: Trained, replay: Replay) -> list[list[Array]] | None:
    """The move of each sample's column of W1 for each label."""
    classes = once.ys.shape[1]
    xs, ys = np.repeat(once.xs, classes, axis=0), np.tile(np.eye(classes), (len(once.xs), 1))
    moves = replay.moves(once.probe, xs, ys)
    if moves is None:
        return None
    columns = [move["W1"][:, number // classes] for number, move in enumerate(moves)]
    return [columns[i * classes : (i + 1) * classes] for i in range(len(once.xs))]


def _label(steps: Sequence[Array], moved: Array) -> tuple[int, float, float]:
    """The label whose step a column is, the multiple of it, and the rest."""
    best = (0, 0.0, np.inf)
    for label, step in enumerate(steps):
        length = float(step @ step)
        if length < 1e-30:
            continue
        factor = float(step @ moved / length)
        rest = float(np.max(np.abs(moved - factor * step)) / np.max(np.abs(step)))
        if rest < best[2]:
            best = (label, factor, rest)
    return best
