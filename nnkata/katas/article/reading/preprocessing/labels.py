"""The labels of preprocess, as a formula of the label."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.preprocessing.results import CLOSE, LABELS, ask, numeric, part
from nnkata.subject import Outcome, Raised

ONE_HOT = "y[label] = 1"


def wrong_labels(observed: Observed, asked: list[Outcome | Raised], rng: np.random.Generator) -> Iterator[Departure]:
    """The labels: 5, 0, 9, 3 with 10 classes of which not all occur; then as texts; then 1, 3, 1."""
    first, few = part(asked[0], 1), part(asked[2], 1)
    if isinstance(asked[0], Raised) or first is None:
        return
    eye = np.eye(10)
    images = rng.integers(0, 256, (4, 784)).astype(np.uint8)
    texts = ask(observed, images, np.array(["5", "0", "9", "3"]))
    y, y_few = numeric(first), numeric(few)
    if y is None:
        yield Departure("preprocessing", LABELS, say.no_array("y", first))
        return
    labels = np.array([5, 0, 9, 3])
    if y.shape == (4, 10) and np.array_equal(y, eye[labels]):
        if y_few is not None and y_few.shape == (3, 4) and np.array_equal(y_few, np.eye(4)[[1, 3, 1]]):
            text = say.formula("y", say.columns("max(label) + 1"), say.columns("10"))
            yield Departure("preprocessing", of("preprocessing", 8), text, "columns-up-to-largest-label")
        if isinstance(texts, Raised) and not isinstance(ask(observed, images, labels), Raised):
            yield Departure("preprocessing", of("preprocessing", 7), say.texts(), "text-labels-refused", raises=True)
        return
    for text, name, made in _formulas(labels):
        if y.shape == made.shape and np.array_equal(y, made):
            yield Departure("preprocessing", LABELS, say.formula("y", text, ONE_HOT), name)
            return
    if y.shape == (4, 10):
        high, low = y[np.arange(4), labels], y[eye[labels] == 0]
        if np.ptp(high) < CLOSE and np.ptp(low) < CLOSE:
            text = f"y[label] = {number_text(float(high[0]))}, {number_text(float(low[0]))} elsewhere"
            yield Departure("preprocessing", LABELS, say.formula("y", text, f"{ONE_HOT}, 0 elsewhere"))
            return
        ones = np.argmax(y, axis=1)
        if np.array_equal(y, eye[ones]):
            text = f"y[k] = 1, k = {', '.join(map(str, ones))} (label = {', '.join(map(str, labels))})"
            yield Departure("preprocessing", LABELS, say.formula("y", text, ONE_HOT))
            return
        yield Departure("preprocessing", LABELS, None)
        return
    yield Departure("preprocessing", LABELS, say.shape("y", y.shape, (4, 10)))


def _formulas(labels: NDArray[np.int64]) -> list[tuple[str, str | None, Array]]:
    """The wrong formulas of y that are known, each with the name of its mistake and its result for these labels."""
    seen = np.unique(labels, return_inverse=True)
    eye = np.eye(10)
    return [
        ("y[label - 1] = 1", "labels-off-by-one", eye[labels - 1]),
        ("y[label + 1] = 1", None, eye[(labels + 1) % 10]),
        ("y[9 - label] = 1", None, eye[9 - labels]),
        ("y[k] = [k = label - 1]", None, np.eye(10, k=-1)[labels]),  # none for label 0
        ("y[k] = [k = label + 1]", None, np.eye(10, k=1)[labels]),
        ("y[k] = [k ≤ label]", None, np.tri(10)[labels]),
        ("y[k] = [k < label]", None, np.tri(10, k=-1)[labels]),
        ("y[k] = [k ≥ label]", None, 1 - np.tri(10, k=-1)[labels]),
        ("y[k] = [k > label]", None, 1 - np.tri(10)[labels]),
        ("y[-label] = 1", None, eye[-labels % 10]),
        ("y[:, label] = 1", None, np.tile(eye[labels].max(axis=0), (4, 1))),  # the labels of all samples in each row
        ("y[k] = [k = 10 - label]", None, np.eye(11)[10 - labels][:, :10]),  # none for label 0
        ("y[0, label] = 1", None, np.outer(np.eye(4)[0], eye[labels].max(axis=0))),
        ("y[n - 1, label] = 1", None, np.outer(np.eye(4)[3], eye[labels].max(axis=0))),
        ("y = label everywhere", None, np.tile(labels[:, None], (1, 10)).astype(np.float64)),
        ("y[number of the sample] = 1", None, eye[:4]),
        ("y[label] = [label < 9]", None, eye[labels] * (labels < 9)[:, None]),  # a loop that ends one class too early
        ("y[label] = [label > 0]", None, eye[labels] * (labels > 0)[:, None]),
        ("y[label of sample 0] = 1", None, eye[np.full(4, labels[0])]),
        ("y[label of sample n - 1] = 1", None, eye[np.full(4, labels[-1])]),
        ("y[sorted(label)] = 1", None, eye[np.sort(labels)]),
        ("y[label of sample i - 1] = 1", None, eye[np.roll(labels, 1)]),
        ("y[label of sample i + 1] = 1", None, eye[np.roll(labels, -1)]),
        ("y = label", "labels-not-one-hot", labels.astype(np.float64)),
        ("y = label", None, labels[:, None].astype(np.float64)),
        ("y = label / 9", None, labels / 9),
        (say.columns(say.seen()), "columns-of-classes-seen", np.eye(len(seen[0]))[seen[1]]),
        ("y[label] = 0, 1 elsewhere", None, 1 - eye[labels]),
        ("columns for rows: y.T", None, eye[labels].T),
        ("y[label] = label", None, eye[labels] * labels[:, None]),
    ]
