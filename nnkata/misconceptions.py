"""Known mistakes: the type of one, and a catalogue of them.

A misconception is a module (or source text) with exactly one mistake. It has two uses. When a clause fails, the clause
is repeated on the wrong modules, and the one with the same answers names the mistake. And it tests the kata: each
misconception turns exactly its clauses red and is named first.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """One known mistake.

    `read` names the part of the kata's text to read. `clauses` are those that it turns red, in contract order, and
    `sometimes` those for which that depends on random numbers. `module` has the class and the functions of a
    submission, with the mistake. If the mistake is in the text of a file, `source` makes the broken text from a right
    one and `recognises` finds it in the evidence of a failed clause.
    """

    name: str
    mistake: str
    formula: str
    hint: str
    read: str
    clauses: tuple[str, ...]
    module: Any
    source: Callable[[str], str] | None = None
    recognises: Callable[[Any], bool] | None = None
    sometimes: tuple[str, ...] = ()


class Catalogue(dict[str, Misconception]):
    """The known mistakes of a kata by name; `parts` are the parts of its text that `read` may name."""

    def __init__(self, parts: Collection[str] = ()) -> None:
        super().__init__()
        self.parts = parts

    def register(self, entry: Misconception) -> None:
        """Add a misconception to the catalogue.

        Raises:
            ValueError: the name is taken, or a field is empty.
        """
        if entry.name in self:
            raise ValueError(f"two misconceptions are called {entry.name}")
        if not all((entry.mistake, entry.formula, entry.hint)) or entry.read not in self.parts:
            raise ValueError(f"the misconception {entry.name} is not complete")
        self[entry.name] = entry


def kebab(name: str) -> str:
    """The name of a mistake from that of its class: W1FromWrongDelta to w1-from-wrong-delta."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def sentence(cls: type) -> str:
    """The mistake in one sentence: the docstring of its class, on one line."""
    return " ".join((cls.__doc__ or "").split())
