"""What a misconception is, and the catalogue of all of them.

A misconception is a known mistake: a network (or `preprocess`, or source text) that is right but for it. It serves
twice. When a clause fails, the clause is repeated on the wrong networks, and the one that gives the same answers
names the mistake. And the suite is tested on it: each turns exactly its clauses red and is named first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from nnkata import oracle

Class = TypeVar("Class", bound=type)

#: The parts of the article, by the headings a reader finds there.
ARTICLE = ("dataset", "initialization", "feedforward", "backpropagation", "training", "results")


@dataclass(frozen=True)
class Misconception:
    """One known mistake.

    `clauses` are those that it turns red, in contract order, and `sometimes` those that it does or does not, as the
    random weights fall; `network` and `preprocess` are the broken
    implementation; `source`, where the mistake is in the text of a file, makes the broken text out of a right one and
    `recognises` tells it from the evidence of a failed clause.
    """

    name: str
    mistake: str
    formula: str
    hint: str
    read: str
    clauses: tuple[str, ...]
    network: type
    preprocess: Callable[[Any, Any], Any]
    source: Callable[[str], str] | None = None
    recognises: Callable[[Any], bool] | None = None
    sometimes: tuple[str, ...] = ()


CATALOGUE: dict[str, Misconception] = {}


def right_preprocess(images: Any, labels: Any) -> Any:
    """The oracle's preprocessing."""
    return oracle.pixels(images), oracle.one_hot(labels)


def register(entry: Misconception) -> None:
    """Put a misconception into the catalogue.

    Raises:
        ValueError: the name is taken, or a field is empty.
    """
    if entry.name in CATALOGUE:
        raise ValueError(f"two misconceptions are called {entry.name}")
    if not all((entry.mistake, entry.formula, entry.hint, entry.clauses)) or entry.read not in ARTICLE:
        raise ValueError(f"the misconception {entry.name} is not complete")
    CATALOGUE[entry.name] = entry


def misconception(*, formula: str, hint: str, read: str, clauses: str, sometimes: str = "") -> Callable[[Class], Class]:
    """Decorate a wrong network: its name comes from the class's (ScalarGradient: scalar-gradient), the mistake in
    one sentence from its docstring. `clauses` and `sometimes` are separated by blanks."""

    def enter(cls: Class) -> Class:
        register(
            Misconception(
                name=kebab(cls.__name__),
                mistake=" ".join((cls.__doc__ or "").split()),
                formula=formula,
                hint=hint,
                read=read,
                clauses=tuple(clauses.split()),
                network=cls,
                preprocess=getattr(cls, "preprocess", right_preprocess),
                sometimes=tuple(sometimes.split()),
            )
        )
        return cls

    return enter


def kebab(name: str) -> str:
    """ScalarGradient to scalar-gradient, W1FromWrongDelta to w1-from-wrong-delta."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
