"""The catalogue of known mistakes: an entry is a module with one wrong piece, and the name of that piece.

A mistake is recognised by a step's reading of the numbers (`Named`), never by the network of the entry, which has
widths of its own. That network is for the tests: they judge it, and its mistake has to be named first.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from nnkata.katas.mlp import READINGS
from nnkata.misconceptions import Catalogue, Misconception, kebab, sentence

Class = TypeVar("Class", bound=type)

CATALOGUE = Catalogue(READINGS)
#: The clauses that each turns red, from scripts/mlp_clauses.py, which runs each of them.
CLAUSES = tomllib.loads((Path(__file__).parent / "clauses.toml").read_text(encoding="utf-8"))


class Named:
    """Evidence: the names of the mistakes that give exactly this result."""

    names: frozenset[str]

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __repr__(self) -> str:
        """For debugging a clause."""
        return f"Named({', '.join(sorted(self.names))})"


def misconception(*, formula: str, hint: str, read: str) -> Callable[[Class], Class]:
    """Decorate a wrong module: its name comes from the class's, the mistake in a sentence from its docstring."""

    def enter(cls: Class) -> Class:
        name = kebab(cls.__name__)
        red = CLAUSES.get(name, {"always": ["gradients-2"]})

        def recognises(evidence: Any) -> bool:
            return isinstance(evidence, Named) and name in evidence.names

        CATALOGUE.register(
            Misconception(
                name=name,
                mistake=sentence(cls),
                formula=formula,
                hint=hint,
                read=read,
                clauses=tuple(red["always"]),
                module=cls(),
                recognises=recognises,
                sometimes=tuple(red.get("sometimes", ())),
            )
        )
        return cls

    return enter
