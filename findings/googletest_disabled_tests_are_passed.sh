#!/usr/bin/env bash
# Five readers of JUnit XML count a test that GoogleTest did not run, since it is disabled, as passed.
#
# versions: junitparser 5.0.3, junit2html 31.1.4 (Python 3.11), junit-to-ctrf 0.0.14, test-results-parser 0.4.6,
#   junit-cli-report-viewer 1.5.2 (Node 20)
# behaviour: GoogleTest writes a disabled test with status="notrun" and result="suppressed", and adds it to the
#   suite's disabled="1"; there is no element within, as <skipped/> is for GTEST_SKIP. The readers look for elements
#   within a test alone, and take a test without any for passed. So switching a failing test off makes the share of
#   passed tests larger, and a network in C++ whose way back is disabled conforms. test-results-parser counts the
#   skipped one among the passed as well. junit-cli-report-viewer marks all three alike.
# output:
#   junitparser: Forward passed, DISABLED_Backward passed, Update skipped
#   junit2html: passed Forward DISABLED_Backward, skipped Update
#   junit-to-ctrf: Forward passed, DISABLED_Backward passed, Update skipped; 2 passed of 3
#   test-results-parser: Forward PASS, DISABLED_Backward PASS, Update SKIP; 3 passed of 3
#   junit-cli-report-viewer: ✔ Forward ✔ DISABLED_Backward ✔ Update
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check junitparser==5.0.3 junit2html==31.1.4
npm install --silent --no-audit --no-fund junit-to-ctrf@0.0.14 test-results-parser@0.4.6 junit-cli-report-viewer@1.5.2
cat > report.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="0" disabled="1" errors="0" time="0.01" timestamp="2024-11-28T10:00:00.000" name="AllTests">
  <testsuite name="Network" tests="3" failures="0" disabled="1" skipped="1" errors="0" time="0.01" timestamp="2024-11-28T10:00:00.000">
    <testcase name="Forward" status="run" result="completed" time="0.01" timestamp="2024-11-28T10:00:00.000" classname="Network" />
    <testcase name="DISABLED_Backward" status="notrun" result="suppressed" time="0" timestamp="2024-11-28T10:00:00.000" classname="Network" />
    <testcase name="Update" status="run" result="skipped" time="0" timestamp="2024-11-28T10:00:00.000" classname="Network">
      <skipped message="no device" />
    </testcase>
  </testsuite>
</testsuites>
XML
cat > read.py <<'PYTHON'
from junit2htmlreport.parser import Junit
from junitparser import JUnitXml

cases = [case for suite in JUnitXml.fromfile("report.xml") for case in suite]
print("junitparser:", ", ".join(f"{case.name} {'passed' if case.is_passed else 'skipped'}" for case in cases))
[suite] = Junit("report.xml").suites
print("junit2html: passed", *(case.name for case in suite.passed()), end=", skipped ")
print(*(case.name for case in suite.skipped()))
PYTHON
cat > read.js <<'JAVASCRIPT'
const { results } = require("./ctrf.json");
const said = (cases) => cases.map((one) => `${one.name.replace("Network: ", "")} ${one.status}`).join(", ");
console.log(`junit-to-ctrf: ${said(results.tests)}; ${results.summary.passed} passed of ${results.summary.tests}`);
const read = require("test-results-parser").parse({ type: "junit", files: ["report.xml"] });
console.log(`test-results-parser: ${said(read.suites[0].cases)}; ${read.passed} passed of ${read.total}`);
JAVASCRIPT
{
    environment/bin/python read.py
    node_modules/.bin/junit-to-ctrf report.xml -o ctrf.json > said.txt
    node read.js
    node_modules/.bin/junit-cli-report-viewer report.xml > said.txt 2>&1
    echo "junit-cli-report-viewer: $(grep -oE '✔ [A-Za-z_]+' said.txt | xargs)"
} | tee all.txt
diff all.txt - <<'EXPECTED'
junitparser: Forward passed, DISABLED_Backward passed, Update skipped
junit2html: passed Forward DISABLED_Backward, skipped Update
junit-to-ctrf: Forward passed, DISABLED_Backward passed, Update skipped; 2 passed of 3
test-results-parser: Forward PASS, DISABLED_Backward PASS, Update SKIP; 3 passed of 3
junit-cli-report-viewer: ✔ Forward ✔ DISABLED_Backward ✔ Update
EXPECTED
