"""Reads preprocess from its results for images and labels that both sides know."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.functions import curves
from nnkata.katas.article.reading.observed import Observed
from nnkata.subject import Outcome, Raised

PIXELS = of("preprocessing", 1, 2, 3, 4, 5, 10, *range(11, 40))
LABELS = of("preprocessing", 6, 7, 8, *range(11, 40))
MEANT, ONE_HOT = "pixel / 255", "y[label] = 1"
#: x is float32: its numbers are right to 6e-8 of the largest.
CLOSE = 1e-6


def _squares(way: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """A change of images (N, 28, 28) as one of (N, 784)."""
    return lambda v: np.asarray(way(v.reshape(-1, 28, 28)).reshape(len(v), -1))


#: Images that are turned, as it is written.
TURNS: dict[str, Callable[[Array], Array]] = {
    "in reverse order": lambda v: v[:, ::-1],
    "left and right exchanged": _squares(lambda v: v[:, :, ::-1]),
    "top and bottom exchanged": _squares(lambda v: v[:, ::-1]),
    "each image turned left": _squares(lambda v: np.rot90(v, 1, (1, 2))),
    "each image turned right": _squares(lambda v: np.rot90(v, -1, (1, 2))),
    "rows and columns exchanged": _squares(lambda v: v.transpose(0, 2, 1)),
    "the pixels of all images read off in another order (reshape)": lambda v: v.reshape(784, -1).T,
    "shifted by one pixel": lambda v: np.roll(v, 1, axis=1),
    "shifted by one pixel the other way": lambda v: np.roll(v, -1, axis=1),
    "the images in reverse order": lambda v: v[::-1],
    "the first image in each row": lambda v: v[[0] * len(v)],
    "the last image in each row": lambda v: v[[-1] * len(v)],
}


def read(observed: Observed) -> list[Departure]:
    """The departures of preprocess, in the pixels and in the labels."""
    rng = observed.rng(600)
    images = rng.integers(0, 256, (4, 28, 28)).astype(np.uint8)
    images[1::2] //= 2
    dark = rng.integers(0, 101, (3, 784)).astype(np.uint8)
    labels = np.array([5, 0, 9, 3])
    asked = [_ask(observed, images, labels), _ask(observed, images.reshape(4, 784).astype(np.float64), labels)]
    asked.append(_ask(observed, dark, np.array([1, 3, 1])))
    found = [*_pixels([images.reshape(4, 784), images.reshape(4, 784), dark], asked, images)]
    found += _labels(observed, asked, rng)
    for outcome in asked:
        if isinstance(outcome, Outcome) and (text := say.argument(outcome, 0, "images")):
            found.append(Departure("preprocessing", of("preprocessing", 9), text, "images-scaled-in-place"))
            break
    return found


def _ask(observed: Observed, images: Any, labels: Any) -> Outcome | Raised:
    try:
        return observed.subject.call(None, "preprocess", [images, labels])
    except Raised as error:
        return error


def _part(outcome: Outcome | Raised, index: int) -> Any:
    value = outcome.value if isinstance(outcome, Outcome) else None
    return value[index] if isinstance(value, tuple | list) and len(value) == 2 else None


def _numeric(value: Any) -> Array | None:
    fine = isinstance(value, np.ndarray) and value.dtype.kind in "biuf"
    return value.astype(np.float64) if fine and np.isfinite(value.astype(np.float64)).all() else None


def _pixels(levels: list[Any], asked: list[Outcome | Raised], images: Any) -> Iterator[Departure]:
    """The pixels: each set's grey levels (N, 784), and their results."""
    raw = [_part(outcome, 0) for outcome in asked]
    came = [_numeric(value) for value in raw]
    if any(isinstance(outcome, Raised) for outcome in asked):
        if all(isinstance(outcome, Raised) for outcome in asked):
            yield Departure("preprocessing", of("preprocessing"), None, raises=True)
        return
    if any(value is None for value in came):
        said = say.no_array("x", raw[0]) if raw[0] is not None else _no_pair(asked[0])
        yield Departure("preprocessing", PIXELS if raw[0] is not None else of("preprocessing"), said)
        return
    xs = [value for value in came if value is not None]
    if text := _shape(xs, levels):
        yield text
        return
    floats = [level.astype(np.float64) for level in levels]
    right = all(_near(x, level / 255) for x, level in zip(xs, floats, strict=True))
    dtypes = {value.dtype.name for value in raw if isinstance(value, np.ndarray)}
    if right:
        if dtypes != {"float32"}:
            name = "pixels-float64" if dtypes == {"float64"} else None
            text_ = say.formula("x", f"x ({', '.join(sorted(dtypes))})", "x (float32)")
            yield Departure("preprocessing", of("preprocessing", 3), text_, name)
        return
    turned = [level.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784) / 255 for level in floats]
    if _near(xs[0], turned[0]) and (_near(xs[1], floats[1] / 255) or _near(xs[1], turned[1])):
        text_ = say.formula("x", say.by_columns(), say.by_rows())
        yield Departure("preprocessing", of("preprocessing", 5), text_, "pixels-column-by-column")
        return
    formula, name = _formula(xs, floats)
    only = {"pixels-scaled-by-set": (5, 10), "pixels-scaled-by-image": (5, 10)}.get(name or "", (3, 4, 5, 10))
    text_ = say.formula("x", formula, MEANT) if formula else ""
    yield Departure("preprocessing", of("preprocessing", *only, *range(11, 40)), text_ or None, name)


def _no_pair(outcome: Outcome | Raised) -> str | None:
    """The result, if it is no pair."""
    return say.no_pair("preprocess", outcome.value) if isinstance(outcome, Outcome) else None


def _near(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.max(np.abs(one - other)) <= CLOSE * (np.max(np.abs(other)) or 1.0))


def _shape(xs: list[Array], levels: list[Any]) -> Departure | None:
    if all(x.shape == level.shape for x, level in zip(xs, levels, strict=True)):
        return None
    shapes = [x.shape for x in xs]
    text = say.shape("x", shapes[0], levels[0].shape)
    right = all(
        _near(x.reshape(len(x), -1), level / 255) for x, level in zip(xs, levels, strict=True) if x.size == level.size
    )
    if shapes == [(4, 28, 28), (4, 784), (3, 784)] and right:
        return Departure("preprocessing", of("preprocessing", 1, 5), text, "images-not-flattened")
    if all(x.shape == level.shape[::-1] and _near(x.T, level / 255) for x, level in zip(xs, levels, strict=True)):
        return Departure("preprocessing", PIXELS, text, "images-in-columns")
    return Departure("preprocessing", PIXELS, text)


def _formula(xs: list[Array], levels: list[Array]) -> tuple[str, str | None]:
    """The formula from grey levels to numbers: a straight line, the same for all, per set or per image; a threshold."""
    tries: list[tuple[str, str | None, list[Array]]] = [
        ("⌊pixel / 255⌋", "pixels-floor-divided", [level // 255 for level in levels]),
        ("pixel / max(pixel) of its image", "pixels-scaled-by-image", [v / v.max(1, keepdims=True) for v in levels]),
        ("pixel / max(pixel) of the set", "pixels-scaled-by-set", [v / v.max() for v in levels]),
        ("(pixel - mean) / deviation of the set", None, [(v - v.mean()) / v.std() for v in levels]),
        (
            "(pixel - mean) / deviation of its image",
            None,
            [(v - v.mean(1)[:, None]) / v.std(1)[:, None] for v in levels],
        ),
        ("(pixel - mean) / deviation of each pixel", None, [(v - v.mean(0)) / (v.std(0) + 1e-300) for v in levels]),
        ("(pixel - min) / (max - min)", None, [(v - v.min()) / (v.max() - v.min()) for v in levels]),
        ("round(pixel / 255)", None, [np.round(v / 255) for v in levels]),
        ("pixel / |pixels of the image|", None, [v / np.linalg.norm(v, axis=1, keepdims=True) for v in levels]),
        ("(pixel / 255)²", None, [(v / 255) ** 2 for v in levels]),
        ("√(pixel / 255)", None, [np.sqrt(v / 255) for v in levels]),
        *((f"pixel / 255, {text}", None, [way(v) / 255 for v in levels]) for text, way in TURNS.items()),
        ("(pixel - mean of the set) / 255", None, [(v - v.mean()) / 255 for v in levels]),
        ("(pixel - mean of its image) / 255", None, [(v - v.mean(1)[:, None]) / 255 for v in levels]),
        ("(pixel - mean of each pixel) / 255", None, [(v - v.mean(0)) / 255 for v in levels]),
        ("(pixel - 256 [pixel > 127]) / 255", None, [(v - 256 * (v > 127)) / 255 for v in levels]),
        ("pixel / mean(pixel) of the set", None, [v / v.mean() for v in levels]),
        ("pixel / mean(pixel) of its image", None, [v / v.mean(1, keepdims=True) for v in levels]),
        ("pixel / Σ pixel of its image", None, [v / v.sum(1, keepdims=True) for v in levels]),
        ("pixel / max(pixel) of each pixel", None, [v / np.maximum(v.max(0), 1e-9) for v in levels]),
    ]
    for text, name, made in tries:
        if all(_near(x, m) for x, m in zip(xs, made, strict=True)):
            return text, name
    for column, where in ((0, "first"), (-1, "last")):
        beside = [np.delete(v / 255, column, axis=1) for v in levels]
        if all(
            _near(np.delete(x, column, axis=1), m) and not x[:, column].any() for x, m in zip(xs, beside, strict=True)
        ):
            return f"pixel / 255, 0 in the {where} column", None
        rest = slice(1, None) if column == 0 else slice(-1)
        if all(_near(x[rest], v[rest] / 255) and not x[column].any() for x, v in zip(xs, levels, strict=True)):
            return f"pixel / 255, 0 in the {where} image", None
    if text := _wrapped(xs, levels):
        return text, None
    flat, seen = np.concatenate([v.ravel() for v in levels]), np.concatenate([x.ravel() for x in xs])
    slope, offset = np.polyfit(flat, seen, 1)
    if np.max(np.abs(slope * flat + offset - seen)) <= CLOSE * np.max(np.abs(seen)):
        return _line(float(slope), float(offset))
    if line := curves.bounded(flat / 255, seen, "pixel / 255"):
        return line.text, None
    if set(seen.tolist()) <= {0.0, 1.0}:  # np.unique would import numpy.ma, 15 ms
        cut = [flat[seen == 1].min(initial=256.0), flat[seen == 0].max(initial=-1.0)]
        if cut[0] > cut[1]:
            return f"[pixel > {int(cut[1])}]", None
    return "", None


def _wrapped(xs: list[Array], levels: list[Array]) -> str:
    """A line that is straight for floats, and wrapped around at 256 for bytes; '' if it is none."""
    slope, offset = (float(number) for number in np.polyfit(levels[1].ravel(), xs[1].ravel(), 1))
    if not slope or not _near(xs[1], slope * levels[1] + offset):
        return ""
    whole = round(offset / slope)
    factors = range(2, 256) if abs(offset) < CLOSE else (1, -1)
    for factor in factors:
        made = [((factor * levels[n] + factor * whole) % 256) * (slope / factor) for n in (0, 2)]
        if _near(xs[0], made[0]) and _near(xs[2], made[1]) and not _near(made[0], slope * levels[0] + offset):
            inner = "pixel" if factor == 1 else f"{factor} · pixel" if factor > 1 else "-pixel"
            inner += f" {'-' if factor * whole < 0 else '+'} {abs(whole):g}" if whole else ""
            inner = f"({inner})" if factor != -1 else f"({-whole:g} - pixel)"
            return f"{inner} · {number_text(slope / factor)} ({say.wraps()})"
    return ""


def _line(slope: float, offset: float) -> tuple[str, str | None]:
    if abs(offset) < 1e-7:
        name = {256.0: "pixels-divided-by256", 1.0: "pixels-not-divided"}.get(round(1 / slope, 3)) if slope else None
        text = "pixel" if name == "pixels-not-divided" else f"pixel / {number_text(1 / slope)}" if slope else "0"
        return text, name
    if abs(slope - 1 / 78.5675) < 1e-6 and abs(offset + 33.3184 / 78.5675) < 1e-5:
        return "(pixel - 33.3184) / 78.5675", "pixels-standardised"
    sign = "-" if offset < 0 else "+"
    return f"{number_text(slope * 255)} · pixel / 255 {sign} {number_text(abs(offset))}", None


def _labels(observed: Observed, asked: list[Outcome | Raised], rng: np.random.Generator) -> Iterator[Departure]:
    """The labels: 5, 0, 9, 3 with 10 classes of which not all occur; then as texts; then 1, 3, 1."""
    first, few = _part(asked[0], 1), _part(asked[2], 1)
    if isinstance(asked[0], Raised) or first is None:
        return
    eye = np.eye(10)
    images = rng.integers(0, 256, (4, 784)).astype(np.uint8)
    texts = _ask(observed, images, np.array(["5", "0", "9", "3"]))
    y, y_few = _numeric(first), _numeric(few)
    if y is None:
        yield Departure("preprocessing", LABELS, say.no_array("y", first))
        return
    labels = np.array([5, 0, 9, 3])
    if y.shape == (4, 10) and np.array_equal(y, eye[labels]):
        if y_few is not None and y_few.shape == (3, 4) and np.array_equal(y_few, np.eye(4)[[1, 3, 1]]):
            text = say.formula("y", say.columns("max(label) + 1"), say.columns("10"))
            yield Departure("preprocessing", of("preprocessing", 8), text, "columns-up-to-largest-label")
        if isinstance(texts, Raised) and not isinstance(_ask(observed, images, labels), Raised):
            yield Departure("preprocessing", of("preprocessing", 7), say.texts(), "text-labels-refused", raises=True)
        return
    seen = np.unique(labels, return_inverse=True)
    table: list[tuple[str, str | None, Array]] = [
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
    for text, name, made in table:
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
