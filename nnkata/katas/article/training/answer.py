"""A network's answer about a drawing, as lines for a terminal: its picture, and the probability of each digit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.training.table import percent
from nnkata.katas.mnist.dataset import SIDE
from nnkata.language import _
from nnkata.reports.failure import Paint
from nnkata.reports.width import line_width

#: The filled share of a cell, from paper to ink.
SHADES = " ░▒▓█"
#: Parts of a cell, from an eighth to seven.
PARTS = "▏▎▍▌▋▊▉"
BAR = 34
#: The columns of a line of a bar without the bar, and the shortest bar beside the picture.
REST, SHORTEST = 11, 8


def picture(pixels: NDArray[np.floating[Any]]) -> list[str]:
    """Pixels (784,) in [0, 1] as 14 lines of 28 cells, two pixels of a column in each."""
    pairs = np.asarray(pixels, np.float64).reshape(SIDE // 2, 2, SIDE).mean(axis=1)
    return ["".join(SHADES[round(level * (len(SHADES) - 1))] for level in line) for line in pairs]


def bars(probabilities: Array, paint: Paint, longest: int = BAR) -> list[str]:
    """Ten lines, each a digit with its probability (10,) as a bar; the likeliest is marked."""
    lines = []
    for digit, probability in enumerate(probabilities):
        eighths = round(8 * longest * float(probability))
        bar = "█" * (eighths // 8) + (PARTS[eighths % 8 - 1] if eighths % 8 else "")
        line = f"{digit}  {bar:<{longest}} {percent(probability):>7}"
        lines.append(paint(line, "bold") if digit == int(np.argmax(probabilities)) else line)
    return lines


def beside(pixels: NDArray[np.floating[Any]], probabilities: Array, paint: Paint) -> list[str]:
    """The picture in a frame, and the bars to its right, or below it if the terminal is too narrow."""
    width = line_width()
    room = width - (SIDE + 4) - REST
    longest = min(BAR, room if room >= SHORTEST else width - REST)
    right = ["", "", "", *bars(probabilities, paint, longest)]
    rows = ["┌" + "─" * SIDE + "┐", *(f"│{row}│" for row in picture(pixels)), "└" + "─" * SIDE + "┘"]
    if room < SHORTEST:
        return [*rows, *right[3:]]
    return [f"{row}  {right[n] if n < len(right) else ''}".rstrip() for n, row in enumerate(rows)]


def spoken(probabilities: Array) -> list[str]:
    """One line per digit, the likeliest first, for screen readers."""
    order = np.argsort(-probabilities, kind="stable")
    return [
        _("{digit}: {percent:.1f} percent").format(digit=digit, percent=100 * probabilities[digit]) for digit in order
    ]
