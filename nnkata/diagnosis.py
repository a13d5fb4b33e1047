"""A diagnosis of a failed clause: a kata makes it, the runner puts it into the verdict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nnkata.subject import Subject


@dataclass(frozen=True)
class Diagnosed:
    """Why a clause failed: `name` is that of a known mistake, None where what was read is none of them.

    `reading` is in words: the formula that was read from the submission's numbers beside the one that was meant, or
    how what came relates to what should have come. `hint` teaches and does not give the line.
    """

    name: str | None = None
    reading: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Failed:
    """The start of a diagnosis: the subject, which can be asked more, the seed, and the error of each failed clause.

    Nothing else of a run is part of it, so that a clause which is judged alone is told what it would be told in the
    whole.
    """

    subject: Subject
    seed: int
    errors: Mapping[str, BaseException]
    facts: object = None


#: Failures to their diagnoses, by clause; a clause without a diagnosis may be left out.
Diagnose = Callable[[Failed], Mapping[str, Diagnosed]]
