#!/usr/bin/env bash
# Allure's report of a JUnit file with a failed and a passed test of one name is green: "total 1, passed 1"; the failure is a retry.
#
# versions: allure 3.18.0 (Node 20), junitparser 5.0.3 (Python 3.11)
# behaviour: two results of the same class and name are taken for two attempts at one test, of which the later counts. JUnit's files have
#   no such rule: rows of an outline, parametrized tests of some runners and the results of two systems in one folder have
#   the same names, and the counts of the file itself (tests="2" failures="1") say that they are two. In the other order the
#   report is red, with one test. Readers that count elements find two.
# output:
#   failed, then passed: Allure says total 1, passed 1, status passed; the file has 2 tests, 1 failed
#   passed, then failed: Allure says total 1, failed 1, status failed; the file has 2 tests, 1 failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund allure@3.18.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check junitparser==5.0.3
cat > say.py <<'PYTHON'
import json
import sys

from junitparser import JUnitXml

order = sys.argv[1]
said = json.load(open(f"{order}-report/summary.json"))
counts = ", ".join(f"{name} {number}" for name, number in said["stats"].items() if name in ("total", "passed", "failed"))
cases = [case for suite in JUnitXml.fromfile(f"{order}/results.xml") for case in suite]
failed = sum(bool(case.result) for case in cases)
print(f"{order.replace('-', ', then ')}: Allure says {counts}, status {said['status']}; ", end="")
print(f"the file has {len(cases)} tests, {failed} failed")
PYTHON
failed='<testcase classname="backward" name="The slope of W" time="0.1"><failure message="no">no</failure></testcase>'
passed='<testcase classname="backward" name="The slope of W" time="0.1"/>'
for order in failed-passed passed-failed; do
    mkdir "$order"
    first=${order%-*} second=${order#*-}
    printf '<?xml version="1.0"?>\n<testsuites><testsuite name="rows" tests="2" failures="1" errors="0">%s%s</testsuite></testsuites>\n' \
        "${!first}" "${!second}" > "$order/results.xml"
    node_modules/.bin/allure generate "$order" -o "$order-report" > /dev/null
    environment/bin/python say.py "$order"
done | tee said.txt
diff said.txt - <<'EXPECTED'
failed, then passed: Allure says total 1, passed 1, status passed; the file has 2 tests, 1 failed
passed, then failed: Allure says total 1, failed 1, status failed; the file has 2 tests, 1 failed
EXPECTED
