"""A fault of a feature: its place, its rule, its message."""

from dataclasses import dataclass
from pathlib import Path

from nnkata.features.clause import Clause


@dataclass(frozen=True)
class Fault:
    """One fault: its place, the rule that it breaks, and a message."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """In the form of compilers, so that editors jump to it."""
        return f"{self.path}:{self.line}: {self.message} ({self.rule})"


def fault_of(clause: Clause, rule: str, message: str, line: int | None = None) -> Fault:
    """A fault of a clause, at its first line unless another is given."""
    said = f"{clause.tag}: {message}" if clause.tag else message
    return Fault(clause.path, clause.line if line is None else line, rule, said)
