"""The result of one run: typed, versioned, serialisable. Others rely on its JSON form (docs/contract.md)."""

from typing import Literal

import msgspec

from nnkata.language import later
from nnkata.registry import DEFAULT

SCHEMA = 1

Status = Literal["passed", "failed", "error", "timeout", "skipped"]


Rows = list[list[float | None]]


class Compared(msgspec.Struct, frozen=True):
    """The two sides of a failed comparison: their shapes, and where these agree up to 16 × 16 of the elements.

    Numbers have four digits; None stands for a number that is not finite.
    """

    came_shape: tuple[int, ...]
    expected_shape: tuple[int, ...]
    came: Rows = []
    expected: Rows = []


class ExampleResult(msgspec.Struct, frozen=True):
    """One row of a scenario outline's table, and the result of the scenario with it."""

    example: dict[str, str]
    status: Status
    message: str = ""
    seconds: float = 0.0
    step: str | None = None


class ClauseResult(msgspec.Struct, frozen=True):
    """One clause: `message` is the reason why it did not pass or was skipped, `step` the step at which that happened.

    `example` is the row of a scenario outline's table with which it did not pass. `measured` are figures of a clause:
    `accuracy`, a fraction of the images that the network saw. `line`, of the source `file` (relative to the
    implementation's folder), made the wrong value according to the worker: a help, and no proof. `examples` are all
    rows that ran, in their order. `reading` is the formula read from the submission's numbers beside the right one, or
    the relation of the result to the expected value. Of a notebook, `cell` is the number of the cell, from 1 over all
    cells, and `line` that of a line in it.
    """

    clause: str
    name: str
    status: Status
    message: str = ""
    misconception: str | None = None
    hint: str | None = None
    seconds: float = 0.0
    step: str | None = None
    example: dict[str, str] = {}
    measured: dict[str, float] = {}
    compared: Compared | None = None
    line: int | None = None
    file: str | None = None
    examples: tuple[ExampleResult, ...] = ()
    reading: str | None = None
    cell: int | None = None

    @property
    def where(self) -> str:
        """The file of `line`, and in a notebook the cell; empty if it is not known."""
        return f"{self.file}, cell {self.cell}" if self.cell else self.file or ""


class StageResult(msgspec.Struct, frozen=True):
    """One stage: passed if every judged clause passed."""

    name: str
    passed: bool
    clauses: tuple[ClauseResult, ...]

    @property
    def judged(self) -> list[ClauseResult]:
        """The clauses that were not skipped."""
        return [clause for clause in self.clauses if clause.status != "skipped"]


class Verdict(msgspec.Struct, frozen=True):
    """One implementation checked against the contract of a kata; `score` is the share of judged clauses that passed.

    Where `[tool.nnkata.points]` weighs clauses, `score` is the share of their points (`nnkata.grading.points.scored`).
    `code` has the lines of the source around those that its clauses name, by `where` and number. `error` is the reason
    if nothing could be judged. A verdict without a kata is older than katas, and about the article's.
    """

    contract: str
    implementation: str
    passed: bool
    score: float
    stages: tuple[StageResult, ...]
    seconds: float
    environment: dict[str, str]
    error: str | None = None
    kata: str = DEFAULT
    code: dict[str, dict[int, str]] = {}
    schema: int = SCHEMA

    @property
    def clauses(self) -> list[ClauseResult]:
        """All clauses in contract order."""
        return [clause for stage in self.stages for clause in stage.clauses]

    @property
    def judged(self) -> list[ClauseResult]:
        """The clauses that were not skipped."""
        return [clause for stage in self.stages for clause in stage.judged]

    @property
    def failures(self) -> list[ClauseResult]:
        """The judged clauses that did not pass."""
        return [clause for clause in self.judged if clause.status != "passed"]


#: The message of a clause that passes, but that the configuration expects to fail.
PASSES_AGAIN = later("it passes now, but is among known_failures: take it out under [tool.nnkata]")
#: In the environment of a verdict: the class that was judged because it fits, if none has the contract's name.
CLASS_TAKEN = "class"
#: In the environment of a verdict: the kind of network that was read off the submission's numbers.
RECOGNISED = "recognised"


def verdict(
    stages: dict[str, list[ClauseResult]],
    contract: str,
    implementation: str,
    seconds: float,
    environment: dict[str, str],
    kata: str = DEFAULT,
    code: dict[str, dict[int, str]] | None = None,
) -> Verdict:
    """The verdict of the stages' clauses. If nothing was judged, it has not passed."""
    judged = [clause for clauses in stages.values() for clause in clauses if clause.status != "skipped"]
    right = [clause for clause in judged if clause.status == "passed"]
    results = tuple(
        StageResult(name, all(clause.status in ("passed", "skipped") for clause in clauses), tuple(clauses))
        for name, clauses in stages.items()
    )
    return Verdict(
        contract=contract,
        implementation=implementation,
        passed=bool(judged) and len(right) == len(judged),
        score=round(len(right) / len(judged), 4) if judged else 0.0,
        stages=results,
        seconds=round(seconds, 3),
        environment=environment,
        kata=kata,
        code=code or {},
    )


def indented(content: object) -> bytes:
    """Indented JSON, also for people."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def encode(found: Verdict) -> bytes:
    """The JSON form, indented; keys in the order of the schema."""
    fields = msgspec.to_builtins(found)
    ordered = {"schema": fields.pop("schema"), **fields}
    return indented(ordered)


def decode(text: bytes) -> Verdict:
    """A verdict from its JSON form.

    Raises:
        msgspec.ValidationError: the text is no verdict.
    """
    return msgspec.json.decode(text, type=Verdict)
