"""The rules that compute_accuracy may follow in place of the right one, and their results on a set."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array


@dataclass
class Asked:
    """A set, the submission's own outputs on it and the right ones, its accuracy, and answers of a second pass."""

    outputs: Array
    ys: Array
    said: Any
    meant: Array
    xs: Array
    others: Mapping[str, Array] = field(default_factory=dict)


#: The text of a rule, the name of its mistake, if it has one, and its results.
Rule = tuple[str, str | None, Array]


def formulas(asked: Sequence[Asked], right: Sequence[float]) -> list[Rule]:
    """Each rule with the name of its mistake, if it has one, and its results; `right` are the right shares."""
    found: list[Rule] = []

    def add(text: str, name: str | None, values: Sequence[Any]) -> None:
        found.append((text, name, np.array([float(v) for v in values])))

    o, y = [one.outputs for one in asked], [one.ys for one in asked]
    n = [len(ys) for ys in y]
    hit = [np.argmax(a, 1) == np.argmax(b, 1) for a, b in zip(o, y, strict=True)]
    add("100 · right / n", "accuracy-percent", [100 * r for r in right])
    add("the number of right samples", "accuracy-count", [h.sum() for h in hit])
    add("the number of wrong samples", None, [(~h).sum() for h in hit])
    add("wrong / n", None, [(~h).mean() for h in hit])
    _comparisons(add, asked, o, y)
    _halves(add, hit, n)
    columns = [np.argmax(a, 0) == np.argmax(b, 0) for a, b in zip(o, y, strict=True)]
    add("mean(argmax(output, axis=0) = argmax(y, axis=0)), over the samples", None, [c.mean() for c in columns])
    _divided(add, asked, o, hit, n)
    _of_a_part(add, hit)
    _of_outputs(add, o, y)
    for answer in asked[0].others:
        text = f"mean(argmax({answer}) = argmax(y))"
        name = "accuracy-by-own-pass" if answer.startswith("W3") else None
        add(text, name, [oracle.hits(one.others[answer], one.ys) for one in asked])
    _other_counts(add, hit)
    _other_comparisons(add, o, y)
    add("median(argmax(output) = argmax(y))", None, [np.median(h) for h in hit])
    add("round(right / n)", None, [np.round(h.mean()) for h in hit])
    add("whether all are right", None, [h.all() for h in hit])
    add("whether one is right", None, [h.any() for h in hit])
    for shift, text in ((1, "i - 1"), (-1, "i + 1")):
        add(
            f"the share with the label of sample {text}",
            None,
            [oracle.hits(a, np.roll(b, shift, 0)) for a, b in zip(o, y, strict=True)],
        )
    return found


Add = Callable[[str, str | None, Sequence[Any]], None]


def _comparisons(add: Add, asked: Sequence[Asked], o: Sequence[Array], y: Sequence[Array]) -> None:
    """Other comparisons: a number with a row, all elements, the least in place of the largest, the sample."""
    rows = [(np.argmax(a, 1)[:, None] == b) for a, b in zip(o, y, strict=True)]
    add("mean of Σ (argmax(output) = y) / 100", "accuracy-of-number-against-row", [r.sum(0).mean() / 100 for r in rows])
    add(
        "mean of Σ (argmax(output) = y) / 100, of each sample",
        "accuracy-of-number-against-row",
        [r.sum(1).mean() / 100 for r in rows],
    )
    add("mean of (argmax(output) = y), a number against a row", None, [r.mean() for r in rows])
    whole = [(np.round(a) == b) for a, b in zip(o, y, strict=True)]
    add("mean of (round(output) = y) over all elements", "accuracy-element-wise", [w.mean() for w in whole])
    add("mean of (round(output) = y) in the whole row", None, [w.all(1).mean() for w in whole])
    add(
        "mean(argmin(output) = argmax(y))",
        "accuracy-by-argmin",
        [oracle.hits(-a, b) for a, b in zip(o, y, strict=True)],
    )
    add("mean(argmax(output) = argmin(y))", None, [oracle.hits(a, -b) for a, b in zip(o, y, strict=True)])
    add("mean(argmin(output) = argmin(y))", None, [oracle.hits(-a, -b) for a, b in zip(o, y, strict=True)])
    add(
        "mean(argmax(output) = argmax(the whole of y))",
        None,
        [np.mean(np.argmax(a, 1) == np.argmax(b)) for a, b in zip(o, y, strict=True)],
    )
    add(
        "mean(argmax(output) = argmax(y[0]))",
        None,
        [np.mean(np.argmax(a, 1) == np.argmax(b[0])) for a, b in zip(o, y, strict=True)],
    )
    add(
        "mean(argmax(output) = argmax(x))",
        None,
        [np.mean(np.argmax(a, 1) == np.argmax(one.xs, 1)) for a, one in zip(o, asked, strict=True)],
    )
    add(
        "mean(argmax(output) = argmax(the whole of x))",
        None,
        [np.mean(np.argmax(a, 1) == np.argmax(one.xs)) for a, one in zip(o, asked, strict=True)],
    )
    add(
        "mean(argmax(x) = argmax(y))",
        None,
        [np.mean(np.argmax(one.xs, 1) == np.argmax(one.ys, 1)) for one in asked],
    )


def _halves(add: Add, hit: Sequence[NDArray[np.bool_]], n: Sequence[int]) -> None:
    """A half of the set."""
    halves = [(k + 1) // 2 for k in n]
    add(
        "the share in the first half", "accuracy-on-wrong-set", [h[:k].mean() for h, k in zip(hit, halves, strict=True)]
    )
    floors = [max(1, k // 2) for k in n]
    add(
        "the share in the first n // 2 samples",
        "accuracy-on-wrong-set",
        [h[:k].mean() for h, k in zip(hit, floors, strict=True)],
    )
    add("the share in the second half", None, [h[k // 2 :].mean() for h, k in zip(hit, n, strict=True)])


def _divided(
    add: Add, asked: Sequence[Asked], o: Sequence[Array], hit: Sequence[NDArray[np.bool_]], n: Sequence[int]
) -> None:
    """The right answers, divided by another number."""
    add("right / number of classes", None, [h.sum() / a.shape[1] for h, a in zip(hit, o, strict=True)])
    for by in (10, 100, 1000, 10_000, 10_500, 60_000):
        add(f"right / {by}", None, [h.sum() / by for h in hit])
    add("right / (n - 1)", None, [h.sum() / max(k - 1, 1) for h, k in zip(hit, n, strict=True)])
    add("right / number of pixels", None, [h.sum() / one.xs.shape[1] for h, one in zip(hit, asked, strict=True)])
    add("right / (n · number of classes)", None, [h.sum() / a.size for h, a in zip(hit, o, strict=True)])
    add("(right + 1) / n", None, [(h.sum() + 1) / k for h, k in zip(hit, n, strict=True)])
    add("(right + 1) / (n + 1)", None, [(h.sum() + 1) / (k + 1) for h, k in zip(hit, n, strict=True)])
    add("(right - 1) / n", None, [(h.sum() - 1) / k for h, k in zip(hit, n, strict=True)])
    add("right · n", None, [h.sum() * k for h, k in zip(hit, n, strict=True)])
    add("n / right", None, [k / h.sum() if h.any() else np.inf for h, k in zip(hit, n, strict=True)])
    add("right / (n + 1)", None, [h.sum() / (k + 1) for h, k in zip(hit, n, strict=True)])


def _of_a_part(add: Add, hit: Sequence[NDArray[np.bool_]]) -> None:
    """The first or the last samples, or all others."""
    add("the share without the last sample", None, [h[:-1].mean() if len(h) > 1 else 0.0 for h in hit])
    add("the share without the last sample", None, [h[:-1].sum() / len(h) for h in hit])
    add("the share without the first sample", None, [h[1:].mean() if len(h) > 1 else 0.0 for h in hit])
    wrongs = [("the last", slice(-1)), ("the first", slice(1, None))]
    for place, part in wrongs:
        add(f"1 - (wrong without {place} sample) / n", None, [1 - (~h[part]).sum() / len(h) for h in hit])
    add("the share in the first 10 samples", None, [h[:10].mean() for h in hit])
    add("the share in the last 10 samples", None, [h[-10:].mean() for h in hit])
    add("the share without the first sample", None, [h[1:].sum() / len(h) for h in hit])
    add("the first sample alone", None, [h[0] for h in hit])
    add("(the first sample alone) / n", None, [h[0] / len(h) for h in hit])
    add("the last sample alone", None, [h[-1] for h in hit])
    add("(the last sample alone) / n", None, [h[-1] / len(h) for h in hit])


def _of_outputs(add: Add, o: Sequence[Array], y: Sequence[Array]) -> None:
    """The outputs themselves, and the place of the label among them."""
    sure = [np.sum(a * b, 1) for a, b in zip(o, y, strict=True)]
    add("the mean output at the right class", None, [s.mean() for s in sure])
    add("the mean of the largest output", None, [a.max(1).mean() for a in o])
    add("mean cross-entropy", None, [-np.log(np.abs(s)).mean() for s in sure])
    add("the mean of (output - y)²", None, [((a - b) ** 2).mean() for a, b in zip(o, y, strict=True)])
    places = [_places(a, b) for a, b in zip(o, y, strict=True)]
    for k in (2, 3, 4, 5):
        add(_among(k), None, [np.mean(p <= k) for p in places])
    add("the share with the label at the second largest output", None, [np.mean(p == 2) for p in places])


def _other_counts(add: Add, hit: Sequence[NDArray[np.bool_]]) -> None:
    """Rounded shares, and the right samples over the wrong ones."""
    for digits in (1, 2):
        add(f"round(right / n, {digits})", None, [np.round(h.mean(), digits) for h in hit])
    add("(whether one is right) / n", None, [h.any() / len(h) for h in hit])
    with np.errstate(all="ignore"):
        add("right / wrong", None, [h.sum() / (~h).sum() for h in hit])
    add("right / max(wrong, 1)", None, [h.sum() / max((~h).sum(), 1) for h in hit])
    add("right / (wrong + 1)", None, [h.sum() / ((~h).sum() + 1) for h in hit])
    add("(right - wrong) / n", None, [h.mean() - (~h).mean() for h in hit])


def _other_comparisons(add: Add, o: Sequence[Array], y: Sequence[Array]) -> None:
    """Other comparisons than that of a sample's class with its label."""
    classes = [(np.argmax(a, 1), np.argmax(b, 1)) for a, b in zip(o, y, strict=True)]
    flat = [np.argmax(a) for a in o]
    add(
        "mean(argmax(the whole of output) = argmax(y))",
        None,
        [np.mean(place == b) for place, (_a, b) in zip(flat, classes, strict=True)],
    )
    add(
        "mean(argmin(round(output)) = argmax(y))",
        None,
        [oracle.hits(-np.round(a), b) for a, b in zip(o, y, strict=True)],
    )
    add("mean(argmax(output) = argmax(y[n - 1 - i]))", None, [np.mean(a == b[::-1]) for a, b in classes])
    for bound in (0.5, 0.9):
        add(f"mean(max output > {bound})", None, [np.mean(a.max(1) > bound) for a in o])
    add("mean(argmax(output) = number of the sample)", None, [np.mean(a == np.arange(len(a))) for a, _b in classes])
    add("mean(argmax(output) = 1)", None, [np.mean(a == 1) for a, _b in classes])  # the largest number of a label
    add("mean(argmax(output) = argmax(y) + 1)", None, [np.mean(a == b + 1) for a, b in classes])
    add("mean(argmax(output) = argmax(y) - 1)", None, [np.mean(a == b - 1) for a, b in classes])
    for text, part in (
        ("output[1:]", slice(1, None)),
        ("output[:-1]", slice(-1)),
        ("output[::-1]", slice(None, None, -1)),
    ):
        add(f"mean(argmax({text}) = argmax(y))", None, [oracle.hits(a[:, part], b) for a, b in zip(o, y, strict=True)])
    for text, made in (("= 0", np.equal), ("≠ 0", np.not_equal)):
        add(f"mean(argmax(output) {text})", None, [np.mean(made(a, 0)) for a, _b in classes])
    add("mean(argmax(output))", None, [np.mean(a) for a, _b in classes])
    add("mean(argmax(y))", None, [np.mean(b) for _a, b in classes])
    for place in (0, -1):  # the last one too where no sample goes forward: it is that of the latest forward pass
        add(f"mean(argmax(output[{place}]) = argmax(y))", None, [np.mean(a[place] == b) for a, b in classes])
    add("mean(|argmax(output) - argmax(y)| ≤ 1)", None, [np.mean(np.abs(a - b) <= 1) for a, b in classes])
    add("mean(argmax(output) ≥ argmax(y))", None, [np.mean(a >= b) for a, b in classes])
    add("mean(argmax(output) ≤ argmax(y))", None, [np.mean(a <= b) for a, b in classes])
    add("mean(argmax(output) > argmax(y))", None, [np.mean(a > b) for a, b in classes])
    add("mean(argmax(output) < argmax(y))", None, [np.mean(a < b) for a, b in classes])
    add("mean(argmax(output) and argmax(y))", None, [np.mean((a > 0) & (b > 0)) for a, b in classes])
    add("mean(argmax(output) - argmax(y))", None, [np.mean(a - b) for a, b in classes])
    add("mean |argmax(output) - argmax(y)|", None, [np.mean(np.abs(a - b)) for a, b in classes])
    add("1 - mean |output - y|", None, [1 - np.abs(a - b).mean() for a, b in zip(o, y, strict=True)])
    add("1 - mean (output - y)²", None, [1 - ((a - b) ** 2).mean() for a, b in zip(o, y, strict=True)])
    each = [[np.mean((a == b)[b == c]) for c in set(b.tolist())] for a, b in classes]
    add("the mean of the shares in each class", None, [np.mean(shares) for shares in each])


def _among(place: int) -> str:
    return f"the share with the label among the {place} largest outputs"


def _places(outputs: Array, ys: Array) -> Array:
    """The place of each sample's label among its outputs, from 1 for the largest."""
    own = np.take_along_axis(outputs, np.argmax(ys, 1)[:, None], 1)
    return np.asarray(1 + np.sum(outputs > own, axis=1))
