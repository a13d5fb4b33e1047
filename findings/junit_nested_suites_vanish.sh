#!/usr/bin/env bash
# Three readers of JUnit XML ignore a suite within a suite: a failure there is lost, and the run passes.
#
# versions: test-results-parser 0.4.6, junit-cli-report-viewer 1.5.2 (Node 20), junit2html 31.1.4, junitparser 5.0.3 (Python 3.11)
# behaviour: Jenkins' schema (junit-10.xsd) allows a testsuite in a testsuite. Here the outer one has a passing test and
#   the inner one a failing test. test-results-parser reports PASS, 1 of 1; junit-cli-report-viewer prints PASS;
#   junit2html's page does not contain the failed test. junitparser finds both tests, and the failure.
# output:
#   junitparser: 2 tests, 1 failure
#   test-results-parser: PASS, 1 of 1 passed
#   junit-cli-report-viewer: PASS outer
#   junit2html: own shown broken missing
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund test-results-parser@0.4.6 junit-cli-report-viewer@1.5.2
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check junit2html==31.1.4 junitparser==5.0.3
cat > report.xml <<'XML'
<testsuites>
  <testsuite name="outer" tests="1" failures="0" errors="0" skipped="0" time="1">
    <testcase classname="c" name="own" time="1"/>
    <testsuite name="inner" tests="1" failures="1" errors="0" skipped="0" time="1">
      <testcase classname="c" name="broken" time="1"><failure message="no">no</failure></testcase>
    </testsuite>
  </testsuite>
</testsuites>
XML
cat > read.py <<'PYTHON'
from junitparser import JUnitXml

report = JUnitXml.fromfile("report.xml")
cases = [case for suite in report for case in suite]
print(f"{len(cases)} tests, {sum(bool(case.result) for case in cases)} failure")
PYTHON
parser=$(environment/bin/python read.py)
echo "junitparser: $parser"
results=$(node -e "
const run = require('test-results-parser').parse({ type: 'junit', files: ['report.xml'] });
console.log(run.status + ', ' + run.passed + ' of ' + run.total + ' passed');")
echo "test-results-parser: $results"
node_modules/.bin/junit-cli-report-viewer report.xml > said.txt
viewer=$(sed 's/\x1b\[[0-9;]*m//g' said.txt | grep -oE '(PASS|FAIL) outer')
echo "junit-cli-report-viewer: $viewer"
environment/bin/junit2html report.xml page.html
page=$(for name in own broken; do if grep -qw "$name" page.html; then echo "$name shown"; else echo "$name missing"; fi; done | xargs)
echo "junit2html: $page"
[ "$parser" = "2 tests, 1 failure" ] && [ "$results" = "PASS, 1 of 1 passed" ]
[ "$viewer" = "PASS outer" ] && [ "$page" = "own shown broken missing" ]
