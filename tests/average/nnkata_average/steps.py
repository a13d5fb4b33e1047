"""The steps: numbers, their average, its value."""

from typing import Any

import numpy as np
from pytest_bdd import parsers, then, when

from nnkata.steps.compare import holds, same
from nnkata.subject import Outcome, Subject


class Average:
    """The state that the steps of a clause share."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.outcome = subject, Outcome()
        self.measured: dict[str, float] = {}


@when(parsers.parse("the average of {numbers} is asked for"))
def asked(world: Average, numbers: str) -> None:
    """Call the function."""
    world.outcome = world.subject.call(None, "average", [np.array([float(n) for n in numbers.split(", ")])])


@then(parsers.parse("it is {value:g}"))
def value(world: Average, value: float) -> None:
    """Compare the result."""
    same("the average", world.outcome.value, value)


@then("the numbers are as they were")
def kept(world: Average) -> None:
    """Compare the argument before and after."""
    before: Any = world.outcome.given[0]
    holds("the numbers that moved", np.array_equal(before, world.outcome.after[0]), "some", "none")
