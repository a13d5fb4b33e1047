"""The pixels of preprocess, as a formula of the grey levels."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.functions import curves
from nnkata.katas.article.reading.preprocessing.results import CLOSE, PIXELS, near, numeric, part
from nnkata.subject import Outcome, Raised

MEANT = "pixel / 255"


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


def wrong_pixels(levels: list[Any], asked: list[Outcome | Raised], images: Any) -> Iterator[Departure]:
    """The pixels: each set's grey levels (N, 784), and their results."""
    raw = [part(outcome, 0) for outcome in asked]
    came = [numeric(value) for value in raw]
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
    right = all(near(x, level / 255) for x, level in zip(xs, floats, strict=True))
    dtypes = {value.dtype.name for value in raw if isinstance(value, np.ndarray)}
    if right:
        if dtypes != {"float32"}:
            name = "pixels-float64" if dtypes == {"float64"} else None
            text_ = say.formula("x", f"x ({', '.join(sorted(dtypes))})", "x (float32)")
            yield Departure("preprocessing", of("preprocessing", 3), text_, name)
        return
    turned = [level.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784) / 255 for level in floats]
    if near(xs[0], turned[0]) and (near(xs[1], floats[1] / 255) or near(xs[1], turned[1])):
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


def _shape(xs: list[Array], levels: list[Any]) -> Departure | None:
    if all(x.shape == level.shape for x, level in zip(xs, levels, strict=True)):
        return None
    shapes = [x.shape for x in xs]
    text = say.shape("x", shapes[0], levels[0].shape)
    right = all(
        near(x.reshape(len(x), -1), level / 255) for x, level in zip(xs, levels, strict=True) if x.size == level.size
    )
    if shapes == [(4, 28, 28), (4, 784), (3, 784)] and right:
        return Departure("preprocessing", of("preprocessing", 1, 5), text, "images-not-flattened")
    if all(x.shape == level.shape[::-1] and near(x.T, level / 255) for x, level in zip(xs, levels, strict=True)):
        return Departure("preprocessing", PIXELS, text, "images-in-columns")
    return Departure("preprocessing", PIXELS, text)


def _formula(xs: list[Array], levels: list[Array]) -> tuple[str, str | None]:
    """The formula from grey levels to numbers: a straight line, the same for all, per set or per image; a threshold."""
    for text, name, made in _known(levels):
        if all(near(x, m) for x, m in zip(xs, made, strict=True)):
            return text, name
    for column, where in ((0, "first"), (-1, "last")):
        beside = [np.delete(v / 255, column, axis=1) for v in levels]
        if all(
            near(np.delete(x, column, axis=1), m) and not x[:, column].any() for x, m in zip(xs, beside, strict=True)
        ):
            return f"pixel / 255, 0 in the {where} column", None
        rest = slice(1, None) if column == 0 else slice(-1)
        if all(near(x[rest], v[rest] / 255) and not x[column].any() for x, v in zip(xs, levels, strict=True)):
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


def _known(levels: list[Array]) -> list[tuple[str, str | None, list[Array]]]:
    """The wrong formulas of x that are known, each with the name of its mistake and its results for grey levels."""
    return [
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


def _wrapped(xs: list[Array], levels: list[Array]) -> str:
    """A line that is straight for floats, and wrapped around at 256 for bytes; '' if it is none."""
    slope, offset = (float(number) for number in np.polyfit(levels[1].ravel(), xs[1].ravel(), 1))
    if not slope or not near(xs[1], slope * levels[1] + offset):
        return ""
    whole = round(offset / slope)
    factors = range(2, 256) if abs(offset) < CLOSE else (1, -1)
    for factor in factors:
        made = [((factor * levels[n] + factor * whole) % 256) * (slope / factor) for n in (0, 2)]
        if near(xs[0], made[0]) and near(xs[2], made[1]) and not near(made[0], slope * levels[0] + offset):
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
