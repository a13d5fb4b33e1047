"""A departure: one place at which a submission computes a wrong value, read or not."""

from dataclasses import dataclass

#: The most clauses of a stage; the sets below grow with the contract.
MOST = 40


def of(stage: str, *numbers: int) -> frozenset[str]:
    """Clauses of a stage: those with these numbers, or all."""
    return frozenset(f"{stage}-{number}" for number in numbers or range(1, MOST))


#: The clauses that a wrong step on a sample can turn red beyond its own stage.
LEARNING = of("update", 5) | of("training", *range(1, 9), *range(12, MOST)) | of("mnist", 2, 4)
#: The clauses that a wrong output can turn red beyond its own stage.
ANSWERS = of("backward") | LEARNING | of("training") | of("mnist")
#: The clauses of the activations that rest on one of the functions alone.
SOFTMAX_ONLY = of("activations", 8, 9, 10, 11)
SIGMOID_ONLY = of("activations", 1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Departure:
    """The place, the reading, and the clauses that it can turn red.

    `reading` is None if it could not be read: then nothing behind it is named. `raises`: whether a call may raise for
    it, such as one with an argument of the wrong shape.
    """

    stage: str
    clauses: frozenset[str]
    reading: str | None = None
    name: str | None = None
    raises: bool = False
