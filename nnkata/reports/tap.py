"""TAP 14 (testanything.org/tap-version-14-specification.html)."""

from nnkata.reports.clean import clean
from nnkata.reports.report import Report, explained, title


def write(report: Report) -> str:
    """A test point for each clause; a failure carries a YAML block."""
    results = report.verdict.clauses
    lines = ["TAP version 14", f"1..{len(results)}"]
    for number, result in enumerate(results, 1):
        point = f"{number} - {_escaped(title(result))}"
        if result.status == "skipped":
            lines.append(f"ok {point} # SKIP {_escaped(clean(result.message, 1)[0])}".rstrip())
        elif result.status == "passed":
            lines.append(f"ok {point}")
        else:
            lines.append(f"not ok {point}")
            lines += ["  ---", f"  severity: {'fail' if result.status == 'failed' else result.status}"]
            lines += [f"  misconception: {result.misconception}"] if result.misconception else []
            lines += ["  message: |", *(f"    {line}".rstrip() for line in ["", *explained(result)][1:]), "  ..."]
    return "\n".join(lines) + "\n"


def failed(reason: str) -> str:
    """The whole run bails out."""
    return f"TAP version 14\nBail out! {_escaped(' '.join(clean(reason)))}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("#", "\\#")
