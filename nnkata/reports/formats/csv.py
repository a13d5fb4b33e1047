"""CSV: one line per clause, for a spreadsheet."""

import csv
import io

from nnkata.grading.gradebook import harmless
from nnkata.reports.clean import clean, message_lines
from nnkata.reports.report import Report

COLUMNS = ("clause", "name", "status", "misconception", "seconds", "message", "line")
#: Without it, Excel reads UTF-8 as the local code page; other readers skip it.
MARK = "\ufeff"


def write(report: Report) -> str:
    """The clauses in the contract's order, including skipped ones."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in report.verdict.clauses:
        cells = (result.clause, result.name, result.status, result.misconception or "", f"{result.seconds:.4f}")
        line = "" if result.line is None else str(result.line)
        writer.writerow([*map(harmless, map(_line, cells)), harmless(" | ".join(message_lines(result.message))), line])
    return MARK + text.getvalue()


def _line(text: str) -> str:
    return " | ".join(clean(text))
