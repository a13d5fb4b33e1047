"""Markdown, as GitHub shows it: for `$GITHUB_STEP_SUMMARY`, a pull request, an issue."""

from nnkata.misconceptions import CATALOGUE
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, counts, gherkin
from nnkata.verdict import ClauseResult, StageResult

#: What Markdown or the HTML in it would take for its own.
SPECIAL = "\\`*_[]<>#|~&$@"
#: Failures that are shown in full; the table counts all.
SHOWN = 20


def write(report: Report) -> str:
    """The stages as a table, then each failure."""
    right, judged, skipped = counts(report.verdict)
    head = "✅ conforms" if report.verdict.passed else "❌ does not conform"
    lines = [
        f"## nnkata: {_escaped(report.verdict.implementation)} {head}",
        "",
        f"{right} of {judged} clauses passed" + (f", {skipped} skipped." if skipped else "."),
        "",
        "| stage | passed | not |",
        "|---|---:|---|",
        *(_row(stage) for stage in report.verdict.stages),
    ]
    failures = report.verdict.failures
    for result in failures[:SHOWN]:
        lines += ["", *_failure(report, result)]
    if len(failures) > SHOWN:
        lines += ["", f"And {len(failures) - SHOWN} more."]
    return "\n".join(lines) + "\n"


def failed(reason: str) -> str:
    """Why there is no verdict."""
    return "\n".join(["## nnkata could not judge", "", *_block(clean(reason))]) + "\n"


def _row(stage: StageResult) -> str:
    judged = stage.judged
    wrong = [result.clause for result in judged if result.status != "passed"]
    count = f"{len(judged) - len(wrong)}/{len(judged)}" if judged else "skipped"
    return f"| {_escaped(stage.name)} | {count} | {', '.join(map(_escaped, wrong))} |"


def _failure(report: Report, result: ClauseResult) -> list[str]:
    summary = f"<summary>{_escaped(result.clause)}: {_escaped(result.name)}</summary>"
    lines = [
        "<details>",
        summary,
        "",
        *_block(gherkin(report.clause(result), result)),
        "",
        *_block(clean(result.message)),
    ]
    if result.misconception in CATALOGUE:
        entry = CATALOGUE[result.misconception]
        lines += ["", f"**The mistake:** {_escaped(entry.mistake)}", "", f"**Hint:** {_escaped(entry.hint)}"]
    return [*lines, "", "</details>"]


def _block(lines: list[str]) -> list[str]:
    """An indented code block: nothing in it ends it, as a fence of backticks might be ended."""
    return [f"    {line}" for line in lines]


def _escaped(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c in SPECIAL else c for c in clean(text, 1)[0])
