"""The catalogue of the article's known mistakes; each enters as a decorated network with one wrong piece."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from nnkata.katas.article import DEFAULT_CLASS, READINGS, oracle
from nnkata.misconceptions import Catalogue, Misconception, kebab, sentence

Class = TypeVar("Class", bound=type)

CATALOGUE = Catalogue(READINGS)


def right_preprocess(images: Any, labels: Any) -> Any:
    """The oracle's preprocessing."""
    return oracle.pixels(images), oracle.one_hot(labels)


def module_of(network: type, preprocess: Callable[[Any, Any], Any] = right_preprocess) -> Any:
    """A class and a function as the module that a submission is."""
    return SimpleNamespace(**{DEFAULT_CLASS: network, "preprocess": preprocess})


#: The clauses that each mistake turns red, `always` or `sometimes`; written by scripts/turns_red.py.
MATRIX = Path(__file__).with_name("turns_red.toml")


@cache
def turns_red() -> dict[str, dict[str, list[str]]]:
    """The matrix, by the names of the mistakes."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(MATRIX.read_text(encoding="utf-8"))
    return found


def enter(entry: Misconception) -> None:
    """Put a mistake into the catalogue, with the clauses that it turns red; a new one has none yet.

    Raises:
        ValueError: the name is taken, or a field is empty.
    """
    row = turns_red().get(entry.name, {})
    always, sometimes = tuple(row.get("always", ())), tuple(row.get("sometimes", ()))
    CATALOGUE.register(replace(entry, clauses=always, sometimes=sometimes))


def misconception(*, formula: str, hint: str, read: str) -> Callable[[Class], Class]:
    """Decorate a wrong network: its name comes from the class's (ScalarGradient: scalar-gradient), the mistake in
    one sentence from its docstring."""

    def decorate(cls: Class) -> Class:
        module = module_of(cls, getattr(cls, "preprocess", right_preprocess))
        enter(Misconception(kebab(cls.__name__), sentence(cls), formula, hint, read, (), module))
        return cls

    return decorate
