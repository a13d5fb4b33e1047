"""GitHub Actions annotations: workflow commands, at the submission's line if a failure names one."""

from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, count, explained, title
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import ClauseResult

#: A cause: a recognised mistake, an exception at one place, or a stage if neither is known.
Key = tuple[str, ...]


def write(report: Report) -> str:
    """An error per cause of failures, a notice with the count; GitHub shows at most ten errors per step."""
    lines = [_command("error", *_annotation(report, group)) for group in _causes(report)]
    return "\n".join([*lines, _command("notice", {"title": "nnkata"}, count(report.verdict))]) + "\n"


def failed(trouble: Unjudged) -> str:
    """One error."""
    place = {} if trouble.place is None else {"file": trouble.place[0], "line": str(trouble.place[1])}
    return _command("error", {**place, "title": trouble.title}, "\n".join(trouble.lines)) + "\n"


def _causes(report: Report) -> list[list[ClauseResult]]:
    """The failures, grouped by cause, in the order of their first failures: one hole can turn thirty clauses red."""
    groups: dict[Key, list[ClauseResult]] = {}
    for result in report.verdict.failures:
        groups.setdefault(_cause(report, result), []).append(result)
    return list(groups.values())


def _cause(report: Report, result: ClauseResult) -> Key:
    if result.misconception:
        return ("mistake", result.misconception)
    if result.status != "failed":
        return (result.status, result.message)
    stage = result.clause.rpartition("-")[0]
    return ("place", stage, *map(str, report.place(result) or ()))


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
