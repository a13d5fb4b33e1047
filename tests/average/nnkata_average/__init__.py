"""A kata of three clauses: a function `average(numbers)`."""

import importlib
from pathlib import Path
from typing import Any

from nnkata.kata import Kata, World
from nnkata.misconceptions import Catalogue, Misconception

HERE = Path(__file__).parent


def world(subject: Any, facts: Any, seed: int, clause: str) -> World:
    """The subject and the numbers of a clause."""
    made: World = importlib.import_module("nnkata_average.steps").Average(subject)
    return made


class Halved:
    """A module with a known mistake."""

    @staticmethod
    def average(numbers: Any) -> float:
        """The sum, always divided by two."""
        return float(sum(numbers) / 2)


def catalogue() -> Catalogue:
    """The known mistakes."""
    found = Catalogue(["mean"])
    found.register(
        Misconception(
            "divided-by-two",
            "The sum is divided by two, however many numbers there are.",
            "Σx / 2",
            "By how many numbers is a sum of three divided?",
            "mean",
            ("average-1",),
            Halved,
        )
    )
    return found


KATA = Kata(
    name="average",
    title="the average of numbers",
    contract="1.0",
    stages=("average",),
    class_name="",
    features=HERE / "features",
    skeleton=HERE / "skeleton.py",
    reference=HERE / "reference.py",
    steps=("nnkata_average.steps",),
    world=world,
    entry="average.py",
    functions=("average",),
    catalogue=catalogue,
    explanations=HERE,
    readings={"mean": "the chapter on means"},
)
