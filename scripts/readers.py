"""The real readers of our reports, each applied to all files of its format at once.

.ci/run installs those from npm and Debian: `make readers`, `apt-get install cmark-gfm`.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from reading import Counts, counted, run
from reported import ROOT

TOOLS = ROOT / ".readers"
MODULES = TOOLS / "node_modules"


def package(name: str) -> Callable[[], str]:
    """The version of an npm package."""
    return lambda: str(json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))["version"])


def by_library(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """The npm packages without a command, or whose command prints for people."""
    done = run("node", ROOT / "tests" / "readers" / "read.mjs", work, *files, cwd=TOOLS)
    return {Path(file): Counts(**found) for file, found in json.loads(done.stdout).items()}


def by_multitool(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """GitHub's rules for code scanning are those of the kind Ghas."""
    log = work / "log.sarif"
    run(_multitool(), "validate", "--rule-kind", "Sarif;Ghas", "--output", log, *files)
    results = json.loads(log.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    found = {file: _rules_of(file) for file in files}
    for result in results:
        if result.get("level") == "error":
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            file = next(file for file in files if uri.endswith(file.name))
            found[file] = Counts(refused=f"{result['ruleId']}: {result['message']}")
    return found


def _multitool() -> Path:
    """The program itself: npm's wrapper passes its arguments to a shell, where a `;` ends them."""
    (program,) = (MODULES / "@microsoft").glob("sarif-multitool-*/Sarif.Multitool")
    program.chmod(0o755)
    return program


def _rules_of(file: Path) -> Counts:
    (run_of_tool,) = json.loads(file.read_text(encoding="utf-8"))["runs"]
    return Counts(failed=len({result["ruleId"] for result in run_of_tool["results"]}))


def by_sarif_tools(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """Microsoft's library for Python."""
    from sarif import loader

    return {
        file: Counts(failed=len({record["Code"] for record in loader.load_sarif_file(str(file)).get_records()}))
        for file in files
    }


def by_junitparser(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """The cases, by their content."""
    import junitparser

    def one(file: Path) -> Counts:
        cases = [case for suite in junitparser.JUnitXml.fromfile(str(file)) for case in suite]
        return counted([("passed" if case.is_passed else "skipped" if case.is_skipped else "failed") for case in cases])

    return {file: one(file) for file in files}


def by_junit2html(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """The cases, as its page shows them."""
    from junit2htmlreport.parser import Junit

    def one(file: Path) -> Counts:
        report = Junit(str(file))
        cases = [case for suite in report.suites for group in suite.classes.values() for case in group.cases]
        assert len(report.html()) > len(cases)
        return counted([case.outcome() for case in cases])

    return {file: one(file) for file in files}


#: The counts of Perl's TAP::Parser, the library of prove, for each file.
PERL = r"""
for my $file (@ARGV) {
    my $parser = TAP::Parser->new({exec => ["cat", $file]});
    $parser->run;
    my ($bad, $skipped) = (scalar($parser->failed), scalar($parser->skipped));
    print join("\t", scalar($parser->actual_passed) - $skipped, $bad, $skipped, join(" ", $parser->parse_errors)), "\n";
}
"""


def by_prove(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """Debian's prove reports pass or fail per file; its parser counts."""
    lines = run("perl", "-MTAP::Parser", "-e", PERL, *files).stdout.splitlines()
    found = {}
    for file, line in zip(files, lines, strict=True):
        passed, bad, skipped, errors = line.split("\t")
        green = run("prove", "--exec", "cat", file).returncode == 0
        if green != (bad == "0"):
            errors += f" prove says {'pass' if green else 'fail'}"
        found[file] = Counts(int(passed), int(bad), int(skipped), errors.strip())
    return found


def by_tap_py(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """The TAP group's library for Python."""
    from tap.parser import Parser

    def one(file: Path) -> Counts:
        results = [line for line in Parser().parse_file(str(file)) if line.category == "test"]
        return counted([("skipped" if line.skip else "passed" if line.ok else "failed") for line in results])

    return {file: one(file) for file in files}


def by_tap_junit(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """It converts TAP to JUnit XML, which has to be valid XML."""
    found = {}
    for number, file in enumerate(files):
        run("node", MODULES / "tap-junit" / "bin" / "tap-junit", "-o", work, "-n", f"{number}.xml", stdin=file)
        found[file] = _of_junit(work / f"{number}.xml")
    return found


def _of_junit(path: Path) -> Counts:
    try:
        cases = list(ElementTree.parse(path).iter("testcase"))
    except (ElementTree.ParseError, OSError) as error:
        return Counts(refused=str(error))
    words = {"failure": "failed", "error": "failed", "skipped": "skipped"}
    return counted([next((words[each.tag] for each in case if each.tag in words), "passed") for case in cases])


def by_tap_diff(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """It prints one line per test, and the difference of `expected` and `actual`."""
    found = {}
    for file in files:
        said = run("node", MODULES / "tap-diff" / "distributions" / "cli.js", stdin=file).stdout
        total = re.search(r"passed: (\d+)\s+failed: (\d+)", re.sub(r"\x1b\[[\d;]*m", "", said))
        lost = "undefined" if "undefinedundefined" in said or "at undefined" in said else ""
        found[file] = Counts(int(total[1]), int(total[2]), 0, lost) if total else Counts(refused=said[:200])
    return found


def by_cucumber_junit(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """It converts Cucumber JSON to JUnit XML: one suite per scenario, one case per step."""
    found = {}
    for file in files:
        done = run("node", MODULES / "cucumber-junit" / "bin" / "cucumber-junit", stdin=file)
        try:
            suites = list(ElementTree.fromstring(done.stdout).iter("testsuite"))
        except ElementTree.ParseError as error:
            found[file] = Counts(refused=f"{error} {done.stderr[:200]}")
            continue
        numbers = [(int(suite.get("failures", 0)), int(suite.get("skipped", 0))) for suite in suites]
        found[file] = counted(["failed" if bad else "skipped" if out else "passed" for bad, out in numbers])
    return found


def by_cmark(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """GitHub's own renderer: the counts of the table, and a `details` for each failure but those beyond the 20th."""

    def one(file: Path) -> Counts:
        page = run("cmark-gfm", "-e", "table", "-e", "tagfilter", "--unsafe", file).stdout
        counts = [tuple(map(int, each)) for each in re.findall(r"<td align=\"right\">(\d+)/(\d+)</td>", page)]
        if not counts and "<h2>" in page and "<code>" in page:
            return Counts(failed=1)
        passed, all_judged = sum(each[0] for each in counts), sum(each[1] for each in counts)
        shown = page.count("<details>")
        fine = shown == min(20, all_judged - passed) == page.count("</details>") == page.count("<summary>")
        refused = "" if fine else f"{shown} details for {all_judged - passed} failures"
        return Counts(passed, all_judged - passed, 0, refused)

    return {file: one(file) for file in files}


def by_csv(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """Python's csv with Excel's rules: the byte order mark, and no cell that Excel would compute or cut."""

    def one(file: Path) -> Counts:
        text = file.read_text(encoding="utf-8")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        wrong = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) or len(cell) > 32_767]
        refused = "" if text.startswith("\ufeff") and not wrong else f"no mark, or {wrong[:1]}"
        found = counted([row["status"] for row in csv.DictReader(io.StringIO(text[1:], newline=""))])
        return Counts(found.passed, found.failed, found.skipped, refused)

    return {file: one(file) for file in files}


def by_pandas(files: Sequence[Path], work: Path) -> dict[Path, Counts]:
    """The usual reader of CSV in Python."""
    import pandas

    return {file: counted(list(pandas.read_csv(file)["status"])) for file in files}
