"""The reason why there is no verdict, for every format: a report that reads as a pass is worse than none."""

from dataclasses import dataclass

from nnkata.language import _
from nnkata.reports.clean import told
from nnkata.reports.places import file_of, folder
from nnkata.reports.report import Report
from nnkata.verdict import ClauseResult, verdict

#: The name of the one test in a form that has tests.
NAME = "nnkata"


@dataclass(frozen=True)
class Unjudged:
    """The reason, the name of the implementation if it is known, and the place of the fault: `network.py, line 21`.

    The file is relative to the folder of the implementation; without one it is the implementation's own, at its head.
    """

    reason: str
    implementation: str = ""
    where: str = ""
    contract: str = ""

    @property
    def title(self) -> str:
        """A short title: there is no verdict."""
        return _("nnkata could not judge")

    @property
    def lines(self) -> list[str]:
        """The reason, fit for display."""
        return told(self.reason)

    @property
    def place(self) -> tuple[str, int] | None:
        """The file and the line; None where no implementation is known."""
        if not self.implementation:
            return None
        file, _comma, line = self.where.rpartition(", line ")
        if not file or not line.isdecimal():
            return file_of(self.implementation), 1
        return (folder(self.implementation) / file).as_posix(), int(line)

    @property
    def report(self) -> Report:
        """A report with one test, which is an error: for formats without a better way to state it."""
        reason = "\n".join(self.lines)
        text = f"{reason} ({self.where})" if self.where and not reason.endswith(")") else reason
        result = ClauseResult(NAME, self.title, "error", text, line=self.place[1] if self.place else None)
        return Report(verdict({NAME: [result]}, self.contract, self.implementation, 0.0, {}), ())
