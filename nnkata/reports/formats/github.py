"""GitHub Actions annotations: workflow commands, at the submission's line if a failure names one."""

from nnkata.language import _
from nnkata.reports.causes import causes
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, count, explained, title
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import ClauseResult


def write(report: Report) -> str:
    """An error per cause of failures, a notice with the count; GitHub shows at most ten errors per step."""
    lines = [_command("error", *_annotation(report, group)) for group in causes(report)]
    return "\n".join([*lines, _command("notice", {"title": "nnkata"}, count(report.verdict))]) + "\n"


def failed(trouble: Unjudged) -> str:
    """One error."""
    place = {} if trouble.place is None else {"file": trouble.place[0], "line": str(trouble.place[1])}
    return _command("error", {**place, "title": trouble.title}, "\n".join(trouble.lines)) + "\n"


def _annotation(report: Report, group: list[ClauseResult]) -> tuple[dict[str, str], str]:
    """The properties and the text: the first failure in full, the others by their names."""
    first, *others = group
    file, line = next((found for each in group if (found := report.place(each))), report.somewhere(first))
    said = explained(first)
    if others:
        also = _("Also: {clauses}").format(clauses=", ".join(clean(each.clause, 1)[0] for each in others))
        said.append(also)
    return {"file": file, "line": str(line), "title": title(first)}, "\n".join(said)


def _command(name: str, properties: dict[str, str], text: str) -> str:
    said = ",".join(f"{key}={_escaped(value, ',:')}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """Escaped as the runner expects (actions/toolkit, packages/core/src/command.ts)."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)
