"""The printed formulas of readings, by the quantity that each is about.

This is independent of the diagnosis: it uses only the text that a reader sees. A text that cannot be evaluated counts
as unverified.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.naming.notation import value
from nnkata.katas.article.protocol import WEIGHTS

#: Quantities of single layers, in the notation of readings; update and sigmoid belong to all layers.
LAYERED = re.compile(r"^(δ[123]|Z[123]|A[12]|output|change\[W[123]\])$")
DEVIATION, STEPS = "a standard deviation of ", "steps on n samples"
READING = re.compile(r"(?P<what>[^;:]+?): you (?:compute|make) (?P<read>.+?); it should be (?P<meant>[^;]+)")
IN_TRAIN = "in the step that train makes, "
STILL = re.compile(r"((?:W[123](?:, )?)+) has not moved; it should be")
#: The functions of a network, in the notation of readings.
CALLS = ("sigmoid(x)", "sigmoid(x, derivative=True)", "softmax(x)")


class Unreadable(Exception):
    """The form of a text is not one of those that can be evaluated."""


def alternatives(text: str) -> list[str]:
    """The single readings in one with several, such as 'f: you compute a, or b; it should be c', or whole readings."""
    if ", or " not in text:
        return [text]
    parts = text.split(", or ")
    if all(READING.search(part) for part in parts):
        return parts
    found = READING.fullmatch(text)
    if found is None:
        return [text]
    return [
        f"{found['what']}: you compute {read}; it should be {found['meant']}" for read in found["read"].split(", or ")
    ]


@dataclass(frozen=True)
class Formulas:
    """The formulas that readings state together, by their quantities.

    `fed`: the formula of x is about a forward pass's use of its sample; `bars` numbers the meaning of |a| in all.
    """

    said: Mapping[str, str]
    updates: Mapping[str, str]
    fed: bool
    bars: int

    def at(self, what: str, right: Any, names: Mapping[str, Any]) -> Any:
        """The value of a quantity: that of its formula, or the right one if no reading is about it.

        Raises:
            Unreadable: its formula cannot be evaluated.
        """
        return self.value(self.said[what], names) if what in self.said else right

    def value(self, text: str, names: Mapping[str, Any]) -> Any:
        """The value of a formula.

        Raises:
            Unreadable: it cannot be evaluated.
        """
        values = value(text, names)
        if not values:
            raise Unreadable(text)
        return values[min(self.bars, len(values) - 1)]


def parsed(readings: list[str], bars: int) -> Formulas:
    """The formulas of these readings.

    Raises:
        Unreadable: a reading has another form, or is about another quantity.
    """
    said: dict[str, str] = {}
    read_as: dict[str, str] = {}
    for reading in readings:
        found = READING.findall(reading)
        if not found and not STILL.search(reading):
            raise Unreadable(reading)
        said |= {what.strip(): read for what, read, _meant in found}
        read_as |= {what.strip(): meant for what, _read, meant in found}
    updates = {key: key for reading in readings for keys in STILL.findall(reading) for key in keys.split(", ")}
    for what, read in list(said.items()):
        if what == "W" and read.startswith(DEVIATION):
            said["deviation"] = read.removeprefix(DEVIATION)
        elif what in WEIGHTS and read.startswith(DEVIATION):
            said[f"deviation {what}"] = read.removeprefix(DEVIATION)
        elif what in ("W", *WEIGHTS) and "N(0, 1)" in read_as[what]:
            said[f"start {what}"] = read
        elif set(what.split(", ")) <= {"W", *WEIGHTS}:
            updates |= dict.fromkeys(what.split(", "), read)
        elif not LAYERED.match(what) and what not in (*CALLS, "x", "y", "compute_accuracy", STEPS):
            raise Unreadable(what)
    return Formulas(said, updates, read_as.get("x") == "x", bars)
