"""TAP 13 (testanything.org/tap-version-13-specification.html): the last version that all readers accept.

If nothing could be judged, it has a failed test and no `Bail out!`: that stops prove for all files, and tap-junit reads
it as a pass. tap-diff needs a YAML block per failure.
"""

import json
import re
from collections.abc import Iterable

from nnkata.reports.clean import clean, message_lines
from nnkata.reports.report import Report, explained, sides, title
from nnkata.verdict import ClauseResult

HEAD = "TAP version 13"
#: The beginning of a directive for tap.py 3.2, which knows no escape and would forgive the failure.
DIRECTIVE = re.compile(r"#[#\s]*(?=todo|skip)", re.IGNORECASE)


def write(report: Report) -> str:
    """One test point per clause; a failure has a YAML block."""
    results = report.verdict.clauses
    lines = [HEAD, f"1..{len(results)}"]
    for number, result in enumerate(results, 1):
        point = f"{number} - {_escaped(title(result))}"
        if result.status == "skipped":
            lines.append(f"ok {point} # SKIP {_escaped(clean(result.message, 1)[0])}".rstrip())
        elif result.status == "passed":
            lines.append(f"ok {point}")
        else:
            lines += [f"not ok {point}", *_block(report, result)]
    return "\n".join(lines) + "\n"


def _block(report: Report, result: ClauseResult) -> Iterable[str]:
    """The YAML block; each text is a JSON string, which is also YAML and which its content cannot end."""
    file, line = report.somewhere(result)
    came, expected = sides(result)
    yield "  ---"
    yield f"  severity: {'fail' if result.status == 'failed' else result.status}"
    if result.misconception:
        yield f"  misconception: {result.misconception}"
    yield "  message: |"
    yield from (f"    {line}".rstrip() for line in _block_text(explained(result)))
    yield f"  at: {_quoted(f'{file}:{line}')}"
    yield f"  expected: {_quoted(expected)}"
    yield f"  actual: {_quoted(came)}"
    yield "  ..."


def _block_text(lines: list[str]) -> list[str]:
    """Lines, the first without indentation: YAML takes the first line's indentation for all."""
    return "\n".join(lines).lstrip().split("\n")


def _quoted(text: str) -> str:
    return json.dumps(" ".join(message_lines(text)), ensure_ascii=False)


def _escaped(text: str) -> str:
    """Escaped for a test's description: a # would begin a directive; before TODO and SKIP it is left out."""
    return DIRECTIVE.sub("", text).replace("\\", "\\\\").replace("#", "\\#")
