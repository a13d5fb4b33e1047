"""A departure: one place where a submission computes something else than was meant, read or not."""

from dataclasses import dataclass

#: Clauses of a stage are counted up to here; where a contract grows, the sets below grow along.
MOST = 40


def of(stage: str, *numbers: int) -> frozenset[str]:
    """Clauses of a stage: those with these numbers, or all."""
    return frozenset(f"{stage}-{number}" for number in numbers or range(1, MOST))


#: The clauses that a wrong step on a sample can turn red beyond its own stage.
LEARNING = of("update", 5) | of("training", *range(1, 9), *range(12, MOST)) | of("mnist", 2, 4)
#: The clauses that a wrong output can turn red beyond its own stage.
ANSWERS = of("backward") | LEARNING | of("training") | of("mnist")


@dataclass(frozen=True)
class Departure:
    """The place, the reading, and the clauses that it can turn red.

    `reading` is None where it was seen and could not be read: then nothing that lies behind it is named. `raises`:
    whether a call may raise for it, as one does that is given the wrong shape.
    """

    stage: str
    clauses: frozenset[str]
    reading: str | None = None
    name: str | None = None
    raises: bool = False
