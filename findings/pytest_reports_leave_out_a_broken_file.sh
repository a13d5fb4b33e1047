#!/usr/bin/env bash
# Four reporters for pytest write "1 passed", and nothing failed, for a run in which a test file could not be imported.
#
# versions: pytest 9.2.0, pytest-json-ctrf 0.6.1, pytest-json-report 1.5.0, pytest-csv 3.0.0, allure-pytest 2.16.2, Python 3.11
# behaviour: the network that test_network.py imports does not exist. pytest counts one error, ends with 1, and has the
#   error in its own JUnit XML. The four reporters count tests, and a file that fails before it has any is none: CTRF
#   says "failed": 0, the summary of pytest-json-report has no error, and CSV and Allure contain the other test alone.
#   A page made of such a report is green. (pytest-json-report keeps the exit code, and the error among its "collectors".)
#   The run uses --continue-on-collection-errors; without it no test runs.
# output:
#   pytest: status 1, 1 passed, 1 error; JUnit: errors="1" failures="0"
#   CTRF: tests 1, passed 1, failed 0, other 0
#   pytest-json-report: {'passed': 1, 'total': 1, 'collected': 1}
#   CSV: ['passed']
#   Allure: ['passed']
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-json-ctrf==0.6.1 pytest-json-report==1.5.0 \
    pytest-csv==3.0.0 allure-pytest==2.16.2
echo 'def test_that_passes(): pass' > test_sums.py
printf 'import network_of_a_student\n\n\ndef test_network(): assert network_of_a_student\n' > test_network.py
status=0
environment/bin/python -m pytest -q -p no:cacheprovider --continue-on-collection-errors --junitxml=junit.xml --ctrf=ctrf.json \
    --json-report --json-report-file=report.json --csv=report.csv --csv-columns=id,status --alluredir=allure > run.txt 2>&1 || status=$?
{
    echo "pytest: status $status, $(grep -oE '^1 passed, 1 error' run.txt); JUnit: $(grep -oE 'errors="1" failures="0"' junit.xml)"
    environment/bin/python - <<'PYTHON'
import csv
import json
from pathlib import Path

summary = json.loads(Path("ctrf.json").read_text())["results"]["summary"]
print("CTRF:", ", ".join(f"{key} {summary[key]}" for key in ("tests", "passed", "failed", "other")))
print("pytest-json-report:", json.loads(Path("report.json").read_text())["summary"])
print("CSV:", [row["status"] for row in csv.DictReader(Path("report.csv").open())])
print("Allure:", [json.loads(file.read_text())["status"] for file in Path("allure").glob("*-result.json")])
PYTHON
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest: status 1, 1 passed, 1 error; JUnit: errors="1" failures="0"
CTRF: tests 1, passed 1, failed 0, other 0
pytest-json-report: {'passed': 1, 'total': 1, 'collected': 1}
CSV: ['passed']
Allure: ['passed']
EXPECTED
