"""CSV: a line a clause, for a spreadsheet."""

import csv
import io

from nnkata.grading.gradebook import cell
from nnkata.reports.clean import clean
from nnkata.reports.report import Report

COLUMNS = ("clause", "name", "status", "misconception", "seconds", "message")


def write(report: Report) -> str:
    """The clauses in the contract's order, skipped ones too."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in report.verdict.clauses:
        cells = (result.clause, result.name, result.status, result.misconception or "", f"{result.seconds:.4f}")
        writer.writerow([*map(cell, cells), cell(" | ".join(clean(result.message)))])
    return text.getvalue()
