#!/usr/bin/env bash
# `behavex --parallel-processes 2` runs one of two scenarios with the same name: here the passing one, with exit status 0.
#
# versions: behavex 4.6.8, behave 1.3.3, Python 3.11
# behaviour: BehaveX runs behave's features in several processes, and hands out the scenarios by their names. Two scenarios
#   of one name in a feature, which Gherkin allows, behave runs and BehaveX without processes reports as two, are one then:
#   the second, which fails, is in no count and in no report. Neither a warning nor a count of what was left out. With
#   --parallel-scheme feature both run. Bitten is who makes a contract's run faster: rows written as scenarios of their own
#   often share a name.
# output:
#   behave: 1 scenario passed, 1 failed, status 1
#   behavex: passed failed, status 1
#   behavex, 2 processes: passed, status 0
#   behavex, 2 processes by feature: passed failed, status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behavex==4.6.8 behave==1.3.3
mkdir -p features/steps
cat > features/network.feature <<'FEATURE'
Feature: network
  Scenario: the loss falls
    Given a right network

  Scenario: the loss falls
    Given a wrong network
FEATURE
cat > features/steps/network.py <<'PYTHON'
from behave import given


@given("a {kind} network")
def step(context, kind):
    assert kind == "right"
PYTHON
run() {
    status=0
    environment/bin/behavex features --output-folder out "${@:2}" > log.txt 2>&1 || status=$?
    environment/bin/python - "$1" "$status" <<'PYTHON'
import json
import sys

report = json.load(open("out/report.json"))
found = [scenario["status"] for feature in report["features"] for scenario in feature["scenarios"]]
print(f"{sys.argv[1]}: {' '.join(sorted(found, reverse=True))}, status {sys.argv[2]}")
PYTHON
    rm -rf out
}
{
    status=0
    environment/bin/behave --no-color features > log.txt 2>&1 || status=$?
    echo "behave: $(grep -o '[0-9]* scenario.* failed' log.txt), status $status"
    run "behavex"
    run "behavex, 2 processes" --parallel-processes 2
    run "behavex, 2 processes by feature" --parallel-processes 2 --parallel-scheme feature
} | tee said.txt
diff said.txt - <<'EXPECTED'
behave: 1 scenario passed, 1 failed, status 1
behavex: passed failed, status 1
behavex, 2 processes: passed, status 0
behavex, 2 processes by feature: passed failed, status 1
EXPECTED
