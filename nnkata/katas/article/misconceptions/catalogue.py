"""The catalogue of the article's known mistakes; one enters as a decorated network that is right but for one piece."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeVar

from nnkata.katas.article import DEFAULT_CLASS, READINGS, oracle
from nnkata.misconceptions import Catalogue, Misconception

Class = TypeVar("Class", bound=type)

CATALOGUE = Catalogue(READINGS)


def right_preprocess(images: Any, labels: Any) -> Any:
    """The oracle's preprocessing."""
    return oracle.pixels(images), oracle.one_hot(labels)


def module_of(network: type, preprocess: Callable[[Any, Any], Any] = right_preprocess) -> Any:
    """A class and a function as the module that a submission is."""
    return SimpleNamespace(**{DEFAULT_CLASS: network, "preprocess": preprocess})


def misconception(*, formula: str, hint: str, read: str, clauses: str, sometimes: str = "") -> Callable[[Class], Class]:
    """Decorate a wrong network: its name comes from the class's (ScalarGradient: scalar-gradient), the mistake in
    one sentence from its docstring. `clauses` and `sometimes` are separated by blanks."""

    def enter(cls: Class) -> Class:
        CATALOGUE.register(
            Misconception(
                name=kebab(cls.__name__),
                mistake=" ".join((cls.__doc__ or "").split()),
                formula=formula,
                hint=hint,
                read=read,
                clauses=tuple(clauses.split()),
                module=module_of(cls, getattr(cls, "preprocess", right_preprocess)),
                sometimes=tuple(sometimes.split()),
            )
        )
        return cls

    return enter


def kebab(name: str) -> str:
    """ScalarGradient to scalar-gradient, W1FromWrongDelta to w1-from-wrong-delta."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
