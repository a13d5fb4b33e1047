"""GitHub's Markdown: for `$GITHUB_STEP_SUMMARY`, a pull request, an issue."""

from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.reports.clean import clean, message_lines
from nnkata.reports.next_steps import outcome
from nnkata.reports.report import OUTCOMES, Report, count, gherkin, hint_of, read_back, read_label, rows
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import ClauseResult, StageResult

#: Characters with a meaning in Markdown or in the HTML in it.
SPECIAL = "\\`*_[]<>#|~&$@"
#: The most failures shown in full; the table counts all.
SHOWN = 20


def write(report: Report) -> str:
    """The stages as a table, then each failure."""
    head = ("✅ " if report.verdict.passed else "❌ ") + outcome(report.verdict)
    lines = [
        f"## nnkata: {_escaped(report.verdict.implementation)} {head}",
        "",
        _("{count}.").format(count=count(report.verdict)),
        "",
        "| " + " | ".join([_("stage"), _("passed"), _("not")]) + " |",
        "|---|---:|---|",
        *(_row(stage) for stage in report.verdict.stages),
    ]
    failures = report.verdict.failures
    for result in failures[:SHOWN]:
        lines += ["", *_failure(report, result)]
    if len(failures) > SHOWN:
        lines += ["", _("And {count} more.").format(count=len(failures) - SHOWN)]
    return "\n".join(lines) + "\n"


def failed(trouble: Unjudged) -> str:
    """The reason why there is no verdict."""
    return "\n".join(["## " + _("nnkata could not judge"), "", *_block(trouble.lines)]) + "\n"


def _row(stage: StageResult) -> str:
    judged = stage.judged
    wrong = [result.clause for result in judged if result.status != "passed"]
    count = f"{len(judged) - len(wrong)}/{len(judged)}" if judged else _(OUTCOMES["skipped"])
    return f"| {_escaped(stage.name)} | {count} | {', '.join(map(_escaped, wrong))} |"


def _failure(report: Report, result: ClauseResult) -> list[str]:
    summary = f"<summary>{_escaped(result.clause)}: {_escaped(result.name)}</summary>"
    lines = [
        "<details>",
        summary,
        "",
        *_block(gherkin(report.clause(result), result)),
        "",
        *_block([*message_lines(result.message), *rows(result)]),
    ]
    entry = kata().catalogue().get(result.misconception or "")
    texts = {
        _("The mistake:"): _(entry.mistake) if entry else "",
        read_label(result): read_back(result),
        _("Hint:"): hint_of(result),
    }
    for label, text in texts.items():
        lines += ["", f"**{label}** {_escaped(text)}"] if text else []
    return [*lines, "", "</details>"]


def _block(lines: list[str]) -> list[str]:
    """An indented code block: no content can end it, unlike a fence of backticks."""
    return [f"    {line}" for line in lines]


def _escaped(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c in SPECIAL else c for c in clean(text, 1)[0])
