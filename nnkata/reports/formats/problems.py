"""One line per problem, in the form of compilers: `network.py:21: error: backward-3: …`.

Editors jump to the place: VS Code by a problem matcher, Vim by its quickfix list, Emacs in compilation mode.
"""

from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.reports.clean import WHERE, clean, message_lines
from nnkata.reports.report import Report, count
from nnkata.reports.unjudged import Unjudged
from nnkata.texts import labelled
from nnkata.verdict import ClauseResult


def write(report: Report) -> str:
    """One line per place that a failure names; a failure without one is placed at the head of the implementation."""
    lines = [line for result in report.verdict.failures for line in _problems(report, result)]
    return "\n".join([*lines, f"nnkata: {count(report.verdict)}"]) + "\n"


def failed(trouble: Unjudged) -> str:
    """One line, at the file to be judged, if it is known."""
    where = "nnkata" if trouble.place is None else ":".join(map(str, trouble.place))
    return f"{where}: error: {' '.join(trouble.lines)}\n"


def _problems(report: Report, result: ClauseResult) -> list[str]:
    found = [(place.file, place.line, place.text) for place in report.places(result)]
    if result.status != "failed" or not found:
        file, line = report.somewhere(result)
        found = [(file, line, _said(result, line))]
    lines = [f"{file}:{line}: error: {result.clause}: {text or result.name}" for file, line, text in found]
    return [clean(line, 1)[0] for line in lines]


def _said(result: ClauseResult, line: int) -> str:
    """The mistake if it is known, else the result and the expected value; without the place, where it is the line's.

    At the head of a file, where no line is known, both.
    """
    entry = kata().catalogue().get(result.misconception or "")
    if entry and line > 1:
        return _(entry.mistake)
    lines = result.message.split("\n")
    bare = [WHERE.sub("", text) if (at := WHERE.search(text)) and int(at["line"]) == line else text for text in lines]
    details = "; ".join(" ".join(text.split()) for text in message_lines("\n".join(bare)))
    return labelled(_(entry.mistake), details) if entry else details
