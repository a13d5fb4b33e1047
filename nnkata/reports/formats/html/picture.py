"""Pictures of numbers: arrays as heat maps, shapes as rectangles. Sizes are in pixels of the page."""

from nnkata.language import _
from nnkata.verdict import Compared, Rows

CELL = 14
#: The colour-blind-safe ends of the scale, blue below zero and orange above, and the colour of nan and infinity.
BELOW, MIDDLE, ABOVE, NO_NUMBER = (33, 102, 172), (247, 247, 247), (224, 110, 12), "#000"
#: The pixels of a drawn shape's longest side.
LONGEST = 150


def heat_maps(arrays: Compared) -> list[dict[str, object]]:
    """The two sides as grids of coloured cells on one scale, and their difference on its own; empty for shapes.

    Each has its `title`, `width`, `height`, `cell` (pixels), its `largest` absolute value, and its `cells`: `x`, `y`
    (pixels), `fill` (a colour), `text` (the number).
    """
    if not arrays.came or not arrays.expected:
        return []
    pairs = [list(zip(*rows, strict=True)) for rows in zip(arrays.came, arrays.expected, strict=True)]
    apart: Rows = [[None if a is None or b is None else a - b for a, b in row] for row in pairs]
    both = _largest(arrays.came, arrays.expected)
    shape = _text(arrays.came_shape)
    return [
        _map(_("came, {shape}").format(shape=shape), arrays.came, both),
        _map(_("should have come, {shape}").format(shape=shape), arrays.expected, both),
        _map(_("the difference"), apart, _largest(apart)),
    ]


def _largest(*sides: Rows) -> float:
    return max((abs(v) for side in sides for row in side for v in row if v is not None), default=0.0) or 1.0


def _map(title: str, rows: Rows, largest: float) -> dict[str, object]:
    cells = []
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            text = _("not a number") if value is None else f"{value:.4g}"
            cells.append({"x": x * CELL, "y": y * CELL, "fill": _colour(value, largest), "text": text})
    size = {"width": CELL * len(rows[0]), "height": CELL * len(rows), "cell": CELL}
    return {"title": title, "cells": cells, "largest": f"{largest:.4g}", **size}


def shapes(arrays: Compared) -> list[dict[str, object]]:
    """The two shapes as rectangles, on one scale; a single number is the smallest square.

    Each has its `title`, its `shape` in words, and its `width` and `height` in pixels.
    """
    sides = [(1, 1) if not s else (s[0], 1) if len(s) == 1 else s for s in (arrays.came_shape, arrays.expected_shape)]
    scale = LONGEST / max(max(side) for side in sides)
    drawn = []
    for title, given, (rows, columns) in zip(
        (_("came"), _("should have come")), (arrays.came_shape, arrays.expected_shape), sides, strict=True
    ):
        size = {"width": round(max(6.0, columns * scale), 1), "height": round(max(6.0, rows * scale), 1)}
        drawn.append({"title": title, "shape": _text(given), **size})
    return drawn


def _text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or _("a single number")


def _colour(value: float | None, largest: float) -> str:
    if value is None:
        return NO_NUMBER
    end, share = (ABOVE if value > 0 else BELOW), min(1.0, abs(value) / largest)
    mixed = (round(m + (e - m) * share) for m, e in zip(MIDDLE, end, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
