"""A line for each problem, as compilers write them: `network.py:21: error: backward-3: …`.

Editors jump to the place: VS Code by a problem matcher, Vim by its quickfix list, Emacs in compilation mode.
"""

from pathlib import PurePath

from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, count, folder
from nnkata.reports.sarif import FINDING
from nnkata.subject.locate import ENTRY
from nnkata.verdict import ClauseResult


def write(report: Report) -> str:
    """A line for each place that a failure names; for one that names none, at the head of the implementation."""
    lines = [line for result in report.verdict.failures for line in _problems(report, result)]
    return "\n".join([*lines, f"nnkata: {count(report.verdict)}"]) + "\n"


def failed(reason: str) -> str:
    """One line without a place: what there is to jump to is not known."""
    return f"nnkata: error: {' '.join(clean(reason))}\n"


def _problems(report: Report, result: ClauseResult) -> list[str]:
    where = folder(report.verdict.implementation)
    found = [(where / place["file"], place["line"], place["text"]) for place in FINDING.finditer(result.message)]
    if not found:
        file, line = report.place(result) or (_file(report.verdict.implementation, where), 1)
        found = [(PurePath(file), str(line), _said(result))]
    lines = [f"{file}:{line}: error: {result.clause}: {text or result.name}" for file, line, text in found]
    return [clean(line, 1)[0] for line in lines]


def _said(result: ClauseResult) -> str:
    """The mistake where it is known, else what came and what should have come."""
    if entry := CATALOGUE.get(result.misconception or ""):
        return _(entry.mistake)
    return " ".join(result.message.split())


def _file(implementation: str, where: PurePath) -> str:
    """The file of an implementation, from its name: a file, a module, or the entry of a folder."""
    target, colon, class_name = implementation.rpartition(":")
    name = PurePath(target if colon and class_name.isidentifier() else implementation)
    if name.suffix == ".py":
        return str(name)
    return str(where / ENTRY) if name == where else str(where / f"{name.name.rpartition('.')[2]}.py")
