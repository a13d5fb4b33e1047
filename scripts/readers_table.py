"""The table of docs/formats.md: the counts of each real reader for each format of five verdicts.

python scripts/readers_table.py
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import readers
from published import by_rules, exercism, github_classroom, gradescope, prairielearn
from readers import MODULES, package
from reading import Counts, Expected, Read, Reader, clauses, failures, judged, rows, run, skipped_pass
from reported import ROOT, Written, written

from nnkata.files import write

PAGE = ROOT / "docs" / "formats.md"
BEGIN, END = "<!-- begin: made by scripts/readers_table.py -->\n", "<!-- end -->\n"


def _said(*command: str, word: int) -> Callable[[], str]:
    return lambda: run(*command).stdout.split()[word].strip(",()")


def _python(name: str) -> Callable[[], str]:
    return lambda: version(name)


def _reader(name: str, form: str, read: Read, expected: Expected, cannot: str = "") -> Reader:
    """One of npm's."""
    return Reader(name, form, package(name), MODULES / name / "package.json", read, expected, cannot)


READERS = (
    _reader("xunit-viewer", "junit", readers.by_library, clauses, "counts errors as failures"),
    Reader("junitparser", "junit", _python("junitparser"), "", readers.by_junitparser, clauses),
    Reader("junit2html", "junit", _python("junit2html"), "", readers.by_junit2html, clauses, "no `file` and `line`"),
    Reader("junitparser", "xunit", _python("junitparser"), "", readers.by_junitparser, clauses),
    Reader("prove", "tap", _said("prove", "--version", word=1), "prove", readers.by_prove, clauses, "no messages"),
    _reader("tap-parser", "tap", readers.by_library, clauses),
    _reader("tap-junit", "tap", readers.by_tap_junit, clauses, "no seconds; `Bail out!` is a pass to it"),
    _reader("tap-diff", "tap", readers.by_tap_diff, skipped_pass, "counts a skipped clause as passed"),
    Reader("tap.py", "tap", _python("tap.py"), "", readers.by_tap_py, clauses, "no TAP 14"),
    _reader(
        "cucumber-junit", "cucumber", readers.by_cucumber_junit, rows, "a suite for each row, a case for each step"
    ),
    _reader("multiple-cucumber-html-reporter", "cucumber", readers.by_library, rows),
    _reader("@microsoft/sarif-multitool", "sarif", readers.by_multitool, failures, "SARIF has no passes"),
    _reader(
        "@security-alert/sarif-to-markdown", "sarif", readers.by_library, failures, "a clause's first message alone"
    ),
    Reader("sarif-tools", "sarif", _python("sarif-tools"), "", readers.by_sarif_tools, failures, "SARIF has no passes"),
    Reader("cmark-gfm", "markdown", _said("cmark-gfm", "--version", word=1), "cmark-gfm", readers.by_cmark, judged),
    Reader("pandas", "csv", _python("pandas"), "", readers.by_pandas, clauses),
    Reader("Excel's rules", "csv", lambda: "", "", readers.by_csv, clauses, "Excel is not here: how it reads CSV is"),
    Reader("Gradescope's rules", "gradescope", lambda: "", "", by_rules(gradescope), judged, "skipped: in a text"),
    Reader("Exercism's rules", "exercism", lambda: "3", "", by_rules(exercism), judged, "skipped: left out"),
    Reader("PrairieLearn's rules", "prairielearn", lambda: "", "", by_rules(prairielearn), judged, "likewise"),
    Reader("GitHub Classroom's", "classroom", lambda: "1", "", by_rules(github_classroom), judged, "likewise"),
)


def results(reports: Sequence[Written], work: Path) -> Iterator[tuple[Reader, list[tuple[Written, Counts, Counts]]]]:
    """The counts of each installed reader for each report, with the expected ones; all files of a reader at once."""
    for number, reader in enumerate(READERS):
        if reader.missing:
            continue
        folder = work / str(number)
        folder.mkdir()
        found = reader.read([each.files[reader.form] for each in reports], folder)
        yield reader, [(each, found[each.files[reader.form]], reader.expected(each.report)) for each in reports]


def table(reports: Sequence[Written], work: Path) -> str:
    """The table in English; a cell has the reader's counts: passed/failed/skipped."""
    names = [each.name for each in reports]
    lines = [f"| form | reader | {' | '.join(names)} | limits |", f"|---|---|{'---|' * len(names)}---|"]
    for reader, cells in results(reports, work):
        wrong = [each.name for each, came, expected in cells if came != expected]
        if wrong:
            raise SystemExit(f"{reader.name} reads {reader.form} wrongly: {wrong}")
        counts = " | ".join(str(came) for _each, came, _expected in cells)
        name = f"{reader.name} {reader.version()}".strip()
        lines.append(f"| `{reader.form}` | {name} | {counts} | {reader.cannot} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table into the page."""
    if missing := [reader.name for reader in READERS if reader.missing]:
        raise SystemExit(f"not here: {', '.join(missing)}; make readers, apt-get install cmark-gfm")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "work").mkdir()
        reports = written(Path(folder), languages=("en",))
        made = table(reports, Path(folder) / "work")
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    write(PAGE, f"{before}{BEGIN}{made}{END}{after}".encode())


if __name__ == "__main__":
    main()
