#!/usr/bin/env bash
# ESLint's SARIF of a file that cannot be parsed has no result: ESLint ends with 1, sarif-tools' --check error with 0, and sarif-junit writes a report without a failure.
#
# versions: eslint 10.15.0, @microsoft/eslint-formatter-sarif 3.1.0, sarif-junit 1.1.4 (Node 20), sarif-tools 3.0.5
#   (Python 3.11)
# behaviour: the formatter of Microsoft writes a message of a rule as a result, and a syntax error, which has no
#   rule, as a notification about the tool's configuration, beside executionSuccessful: false. Readers that count
#   results, as most do, find a clean log. So a file with a real mistake in front of a debugger statement has fewer
#   errors, none, once its last brace is lost: no rule runs on it. Who checks the log by sarif-tools, and not ESLint's
#   exit status, passes it. The counts of a file with a debugger statement stand beside it.
# output:
#   rule.js: ESLint ends with 1, 1 results, notifications []
#     sarif --check error ends with 1, error: 1; sarif-junit: tests="1" failures="1"
#   syntax.js: ESLint ends with 1, 0 results, notifications ['Parsing error: Unexpected token']
#     sarif --check error ends with 0, error: 0; sarif-junit: tests="0" failures="0"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund eslint@10.15.0 @microsoft/eslint-formatter-sarif@3.1.0 sarif-junit@1.1.4
cat > eslint.config.mjs <<'JAVASCRIPT'
export default [{ rules: { 'no-debugger': 'error' } }];
JAVASCRIPT
cat > rule.js <<'JAVASCRIPT'
function train() {
  debugger;
}
JAVASCRIPT
cat > syntax.js <<'JAVASCRIPT'
function train() {
  debugger;
JAVASCRIPT
cat > count.py <<'PYTHON'
import json
import re
import subprocess

for name in ("rule.js", "syntax.js"):
    eslint = subprocess.run(["node_modules/.bin/eslint", "-f", "@microsoft/eslint-formatter-sarif", "-o", "log.sarif", name])
    log = json.load(open("log.sarif"))["runs"][0]
    notes = [note["message"]["text"] for run in log.get("invocations", []) for note in run["toolConfigurationNotifications"]]
    check = subprocess.run(["environment/bin/sarif", "--check", "error", "summary", "log.sarif"], capture_output=True, text=True)
    subprocess.run(["node_modules/.bin/sarif-junit", "-i", "log.sarif", "-o", "report.xml"], capture_output=True, check=True)
    report = open("report.xml").read()
    print(f"{name}: ESLint ends with {eslint.returncode}, {len(log['results'])} results, notifications {notes}")
    print(f"  sarif --check error ends with {check.returncode}, {re.search('error: [0-9]+', check.stdout)[0]};", end=" ")
    print("sarif-junit:", *re.findall('(?:tests|failures)="[0-9]+"', re.search("<testsuites[^>]*>", report)[0]))
PYTHON
environment/bin/python count.py | tee said.txt
diff said.txt - <<'EXPECTED'
rule.js: ESLint ends with 1, 1 results, notifications []
  sarif --check error ends with 1, error: 1; sarif-junit: tests="1" failures="1"
syntax.js: ESLint ends with 1, 0 results, notifications ['Parsing error: Unexpected token']
  sarif --check error ends with 0, error: 0; sarif-junit: tests="0" failures="0"
EXPECTED
