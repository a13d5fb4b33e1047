#!/usr/bin/env bash
# sarif-tools and sarif-junit count results that a log marks as absent or suppressed as present errors.
#
# versions: sarif-tools 3.0.5 (Python 3.11), sarif-junit 1.1.4 (Node 20)
# behaviour: SARIF 2.1.0 keeps results that no longer occur, with baselineState "absent", and accepted ones, with a
#   suppression, so that a log can be compared with an earlier one. A log with only two such results has nothing to
#   repair. `sarif --check error` ends with 2, and sarif-junit writes two failures. Neither counts the log's result of
#   kind "pass" as a failure.
# output:
#   sarif --check error: status 2, error: 2
#   sarif-junit: tests="3" failures="2"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
npm install --silent --no-audit --no-fund sarif-junit@1.1.4
cat > log.sarif <<'JSON'
{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [
 {"tool": {"driver": {"name": "t", "rules": [{"id": "r"}]}}, "results": [
  {"ruleId": "r", "level": "error", "baselineState": "absent", "message": {"text": "repaired"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 1}}}]},
  {"ruleId": "r", "level": "error", "suppressions": [{"kind": "external", "status": "accepted"}], "message": {"text": "accepted"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 2}}}]},
  {"ruleId": "r", "level": "none", "kind": "pass", "message": {"text": "fine"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 3}}}]}]}]}
JSON
status=0
environment/bin/sarif --check error summary log.sarif > said.txt 2>&1 || status=$?
errors=$(grep -m 1 '^error: ' said.txt)
echo "sarif --check error: status $status, $errors"
node_modules/.bin/sarif-junit -i log.sarif -o report.xml > said.txt
counts=$(grep -oE '<testsuites [^>]*' report.xml | grep -oE '(tests|failures)="[0-9]+"' | xargs -d '\n')
echo "sarif-junit: $counts"
[ "$status $errors $counts" = '2 error: 2 tests="3" failures="2"' ]
