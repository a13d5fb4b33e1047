"""The source lines around the line of each failure, for reports that show them."""

from collections.abc import Iterable, Mapping

from nnkata.texts import printable
from nnkata.verdict import ClauseResult

#: Lines before and after the named one: they fit beside a message on one screen.
BESIDE = 3
#: The most characters per line, and lines of all files together: a file of any size stays a small part of a verdict.
WIDEST, MOST = 160, 400


def around(results: Iterable[ClauseResult], sources: Mapping[str, str]) -> dict[str, dict[int, str]]:
    """By file and number, the lines around each line that a result names; missing files are skipped."""
    found: dict[str, dict[int, str]] = {}
    split = {name: text.split("\n") for name, text in sources.items()}
    left = MOST
    for file, line in dict.fromkeys((one.file, one.line) for one in results):
        if file is None or line is None or not 1 <= line <= len(lines := split.get(file, [])):
            continue
        there = found.setdefault(file, {})
        for number in range(max(1, line - BESIDE), min(len(lines), line + BESIDE) + 1):
            if number not in there and left > 0:
                there[number], left = printable(lines[number - 1].rstrip().expandtabs(4)[:WIDEST]), left - 1
    return {file: dict(sorted(there.items())) for file, there in found.items()}
