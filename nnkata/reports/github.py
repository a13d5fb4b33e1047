"""GitHub Actions annotations: workflow commands, at the line of the submission where a failure names one."""

from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, count, explained, title


def write(report: Report) -> str:
    """An error for each clause that did not pass, a notice with the count."""
    lines = []
    for result in report.verdict.failures:
        properties = {"title": title(result)}
        if place := report.place(result):
            properties = {"file": place[0], "line": str(place[1]), **properties}
        lines.append(_command("error", properties, "\n".join(explained(result))))
    return "\n".join([*lines, _command("notice", {"title": "nnkata"}, count(report.verdict))]) + "\n"


def failed(reason: str) -> str:
    """One error."""
    return _command("error", {"title": _("nnkata could not judge")}, "\n".join(clean(reason))) + "\n"


def _command(name: str, properties: dict[str, str], text: str) -> str:
    said = ",".join(f"{key}={_escaped(value, ',:')}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """As the runner unescapes it (actions/toolkit, packages/core/src/command.ts)."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)
