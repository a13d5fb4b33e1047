"""Reads the start of a network: shapes, spread and mean of its weights, shared arrays, its attributes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading import spread as spread_of
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed, finite, shape_of
from nnkata.language import _
from nnkata.subject import NetworkFace, Raised

ALL = of("initialization") | of("training", 8) | of("mnist")
LEARNING = of("training", 8) | of("mnist", 2, 4)
ARTICLE, SMALL, OTHER = [784, 128, 64, 10], [20, 11, 7, 5], [300, 40, 200, 100]
MEANT = "N(0, 1) √(1/rows)"
#: A mean is not zero beyond this many standard errors: by chance less than once in 10^10.
ERRORS = spread_of.ERRORS


def read(observed: Observed, digits: bool) -> list[Departure]:
    """The departures of new networks; `digits`: whether one is tested on digits."""
    try:
        big = observed.subject.network(ARTICLE)
        weights = big.weights()  # before others are made, which may share its dictionary
        small, other = observed.subject.network(SMALL), observed.subject.network(SMALL)
        given = big.call("initialization").value if not weights else None
        wrong = [*_shapes(weights, small.weights(), bool(weights) or given is not None)]
        if not wrong:
            matrices = {key: found for key in WEIGHTS if (found := finite(weights[key])) is not None}
            wrong = [*(_spread(matrices, observed) if len(matrices) == len(WEIGHTS) else _endless(weights))]
            wrong = [*(_pretrained(observed, big, matrices) if digits else ()), *wrong]
            still = any(not np.ptp(matrix) for matrix in matrices.values())
            wrong += [d for d in _two(observed, small, other) if not (still and d.name == "own-seed")]
        return [*wrong, *_kept(observed, small)]
    except Raised:
        return [Departure("initialization", ALL, None, raises=True)]


def _shape(value: Any) -> tuple[int, ...]:
    return np.shape(value) if isinstance(value, np.ndarray) else ()


def _same(one: Any, other: Any) -> bool:
    """Whether two arrays are equal, with nan at the same places."""
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return False
    return np.array_equal(one, other, equal_nan=one.dtype.kind == other.dtype.kind == "f")


def _shapes(big: dict[str, Any], small: dict[str, Any], returned: bool) -> Iterator[Departure]:
    if missing := [key for key in WEIGHTS if key not in big]:
        there = [str(key) for key in big]
        text = say.other_keys("params", there)
        text = text if returned else say.no_array("initialization", None)
        lower = [key.lower() for key in missing]
        name = "layer-forgotten" if missing == ["W2"] and not set(lower) & set(there) else None
        yield Departure(
            "initialization", ALL | of("forward") | of("backward") | of("update") | of("training"), text, name, True
        )
        return
    shapes = {key: np.shape(big[key]) for key in WEIGHTS}
    meant = {f"W{i}": (ARTICLE[i], ARTICLE[i - 1]) for i in (1, 2, 3)}
    if shapes != meant:
        turned = all(shapes[key] == meant[key][::-1] for key in WEIGHTS)
        key = next(key for key in WEIGHTS if shapes[key] != meant[key])
        kind = (
            say.shape(key, shapes[key], meant[key]) if isinstance(big[key], np.ndarray) else say.no_array(key, big[key])
        )
        yield Departure("initialization", ALL, kind, "weights-transposed" if turned else None, True)
    elif listed := next((key for key in WEIGHTS if not isinstance(big[key], np.ndarray)), None):
        clauses = ALL | of("forward") | of("backward") | of("update") | of("training")
        yield Departure("initialization", clauses, say.no_array(listed, big[listed]), None, True)
    elif {key: _shape(small.get(key)) for key in WEIGHTS} == meant:
        text = say.shape("W1", meant["W1"], (SMALL[1], SMALL[0]))
        clauses = of("initialization", 2, 3, 9, 10) | of("forward") | of("backward") | of("update") | of("training")
        yield Departure("initialization", clauses, text, "fixed-sizes", True)


def _endless(weights: dict[str, Any]) -> Iterator[Departure]:
    """Matrices that hold nan or inf: nothing is said of their spread."""
    kinds = {key: weights[key] for key in WEIGHTS if weights[key].dtype.kind == "f"}
    texts = [say.no_array(key, value) for key, value in kinds.items() if not np.isfinite(value).all()]
    if texts:
        yield Departure("initialization", ALL, _("; ").join(texts), raises=True)


def _spread(matrices: dict[str, Array], observed: Observed) -> Iterator[Departure]:
    spread = of("initialization", 6, 7, 8, 9) | LEARNING
    if all(not matrix.any() for matrix in matrices.values()):
        yield Departure("initialization", spread, say.formula("W", "0", MEANT), "weights-zero")
        return
    if still := [key for key, matrix in matrices.items() if np.ptp(matrix) == 0]:
        numbers = {key: number_text(float(matrices[key].flat[0])) for key in still}
        one = len(still) == len(matrices) and len(set(numbers.values())) == 1
        texts = [say.formula("W" if one else key, numbers[key], MEANT) for key in still]
        name = "weights-constant" if one else None
        yield Departure("initialization", spread, texts[0] if one else _("; ").join(texts), name)
        return
    if all((matrix == matrix[0]).all() for matrix in matrices.values()):  # np.unique would import numpy.ma, 15 ms
        yield Departure("initialization", spread, say.rows_alike(), "rows-repeated")
        return
    first = matrices["W1"]
    if all((matrix >= 0).all() for matrix in matrices.values()):
        shape = float(first.mean() / first.std())
        absolute, uniform = abs(shape - 1.3236) < 0.05, abs(shape - 1.7321) < 0.05  # √(2/π) / √(1 - 2/π); √3
        text = say.formula("W", "|N(0, 1)| …" if absolute else "U(0, 1) …" if uniform else say.positive(), MEANT)
        name = "weights-absolute" if absolute else "weights-positive" if uniform else None
        yield Departure("initialization", of("initialization", 6, 7) | LEARNING, text, name)
        return
    means = {key: float(matrix.mean()) for key, matrix in matrices.items()}
    off = [key for key, matrix in matrices.items() if abs(means[key]) > ERRORS * matrix.std() / np.sqrt(matrix.size)]
    if off:
        texts = [
            say.formula(key, say.mean_and_deviation(_short(means[key]), _short(matrices[key].std())), MEANT)
            for key in off
        ]
        yield Departure("initialization", of("initialization", 6, 7) | LEARNING, _("; ").join(texts))
        return
    if not all(spread_of.is_meant(matrix) for matrix in matrices.values()):
        text, name = spread_of.read(matrices, _others(observed))
        yield Departure("initialization", of("initialization", 7) | LEARNING, text or None, name)


def _short(value: Any) -> str:
    return number_text(float(f"{value:.2g}"))


def _others(observed: Observed) -> dict[str, Array]:
    """The weights of a network with unordered widths; none if its shapes are wrong."""
    weights = observed.subject.network(OTHER).weights()
    found = {key: finite(weights.get(key), (OTHER[int(key[1])], OTHER[int(key[1]) - 1])) for key in WEIGHTS}
    return {key: value for key, value in found.items() if value is not None}


def _two(observed: Observed, one: NetworkFace, other: NetworkFace) -> Iterator[Departure]:
    """Two networks of the same widths: the same weights, or the same memory; and their effect on the generators."""
    first, second = one.weights(), other.weights()
    alike = all(_same(first.get(key), second.get(key)) for key in WEIGHTS)
    one.assign({key: np.asarray(first[key], np.float64) + 1.0 for key in WEIGHTS})
    now = other.weights()
    arrays = all(isinstance(second.get(key), np.ndarray) for key in WEIGHTS)
    if arrays and any(not _same(now.get(key), second.get(key)) for key in WEIGHTS):
        yield Departure(
            "initialization", of("initialization", 6, 7, 9, 10) | of("mnist", 1), say.shared(), "parameters-shared"
        )
        return
    draws = []
    for seed in (101, 202):
        observed.subject.draw(seed)
        observed.subject.network(SMALL)
        draws.append(observed.subject.draw())
    observed.subject.draw(observed.seed % 2**31)
    seeded = any(a == b for a, b in zip(*draws, strict=True))
    if seeded:
        clauses = of("initialization", 11) | (of("initialization", 9) if alike else frozenset())
        yield Departure("initialization", clauses, say.seeds(), "global-seed")
    elif alike:
        yield Departure("initialization", of("initialization", 9), say.same_start(), "own-seed")


def _kept(observed: Observed, small: NetworkFace) -> Iterator[Departure]:
    """A network's attributes from its arguments, its defaults, and the result of initialization."""
    made = observed.subject.network(SMALL, l_rate=0.25, epochs=3)
    rate, epochs = made.get("l_rate"), made.get("epochs")
    rest = of("update") | of("training", *range(1, 9), *range(12, 40)) | of("mnist", 2, 4)
    if not (isinstance(rate, int | float | np.ndarray) and np.shape(rate) == () and abs(float(rate) - 0.25) < 1e-6):
        if rate == 3:  # it is kept, under another name; the default is another one for the same reason
            text = say.formula("l_rate", "epochs", "0.25")
            yield Departure("initialization", of("initialization", 4, 5) | rest, text)
            return
        text = say.formula("l_rate", _shown(rate), "0.25")
        fixed = isinstance(rate, int | float) and rate == small.get("l_rate")
        name = "arguments-not-kept" if fixed else None
        yield Departure("initialization", of("initialization", 4) | rest, text, name)
    elif epochs != 3:
        yield Departure("initialization", of("initialization", 4) | rest, say.formula("epochs", _shown(epochs), "3"))
    rate, epochs = small.get("l_rate"), small.get("epochs")
    defaults = f"epochs={_shown(epochs)}, l_rate={_shown(rate)}"
    if rate != 0.001 or epochs != 10:
        text = say.formula("__init__", defaults, "epochs=10, l_rate=0.001")
        given = observed.subject.network(SMALL, l_rate=0.001, epochs=10)
        kept = (given.get("l_rate"), given.get("epochs")) == (0.001, 10)
        yield Departure(
            "initialization", of("initialization", 5), text if kept else None, "other-defaults" if kept else None
        )
    if small.call("initialization").value is None:
        text = say.no_array("initialization()", None)
        yield Departure("initialization", of("initialization", 3), text, "initialization-returns-nothing")


def _shown(setting: Any) -> str:
    """A setting as a learner would write it: a text stands in its quotes."""
    return (repr(setting) if isinstance(setting, str) else str(setting))[:20]


def _pretrained(observed: Observed, big: NetworkFace, matrices: dict[str, Array]) -> Iterator[Departure]:
    """Weights that recognise digits already."""
    images, labels = observed.images()
    if images is None or len(matrices) < len(WEIGHTS):
        return
    xs, ys = oracle.pixels(images), oracle.one_hot(labels)
    try:
        outputs = big.call("forward_pass", xs, rows=True).value
    except Raised:
        return
    if not isinstance(outputs, list | np.ndarray) or any(shape_of(output) != (10,) for output in outputs):
        return
    right = oracle.hits(np.array(outputs, np.float64), ys)
    if right > 0.5:
        clauses = of("initialization", 6, 7) | of("mnist", 1)
        yield Departure("initialization", clauses, say.knows(f"{right:.0%}"), "pretrained")
