"""A diagnosis of a failed clause: a kata makes it, the runner puts it into the verdict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nnkata.subject import Subject


@dataclass(frozen=True)
class Diagnosed:
    """Why a clause failed: `name` is that of a known mistake, None if the reading is none of these.

    `reading` is in words: the formula read from the submission's numbers beside the right one, or the relation of the
    result to the expected value. `hint` teaches and does not give the line. `stage` is that of the part that the
    reading is about; None if it is not known.
    """

    name: str | None = None
    reading: str | None = None
    hint: str | None = None
    stage: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Failed:
    """The input of a diagnosis: the subject, for further questions, the seed, and the error of each failed clause.

    Nothing else of a run takes part, so that a clause judged alone gets the same diagnosis as in the whole run.
    """

    subject: Subject
    seed: int
    errors: Mapping[str, BaseException]
    facts: object = None


#: Failures to their diagnoses, by clause; a clause without a diagnosis may be left out.
Diagnose = Callable[[Failed], Mapping[str, Diagnosed]]
