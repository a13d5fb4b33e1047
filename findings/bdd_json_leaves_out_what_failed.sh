#!/usr/bin/env bash
# pytest-bdd's Cucumber JSON contains no failed step for a run in which all four scenarios failed.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, pytest-check 3.0.3, Python 3.11
# behaviour: it keeps the steps of the call phase alone. A scenario with an undefined first step, or whose fixture
#   raises before it, is missing from the file; one whose fixture raises afterwards, or that failed in a soft assertion
#   of pytest-check, has only passed steps. A page or a gate based on the file passes. cucumber-js reports an undefined
#   step with that status.
# output:
#   pytest: 2 failed, 1 passed, 2 errors, status 1
#   JSON: teardown passed passed, soft passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-bdd==9.0.1 pytest-check==3.0.3
cat > fails.feature <<'FEATURE'
Feature: F
  Scenario: undefined
    Given nobody wrote this
  Scenario: setup
    Given a broken database
  Scenario: teardown
    Given a file that stays open
    Then it is read
  Scenario: soft
    Then a soft check fails
FEATURE
cat > test_fails.py <<'PYTHON'
import pytest
import pytest_check
from pytest_bdd import given, scenarios, then

scenarios("fails.feature")


@pytest.fixture(autouse=True)
def resources(request):
    if "setup" in request.node.name:
        raise OSError("no database")
    yield
    if "teardown" in request.node.name:
        raise OSError("a file is open")


@given("a broken database")
@given("a file that stays open")
@then("it is read")
def fine():
    pass


@then("a soft check fails")
def soft():
    pytest_check.equal(1, 2)
PYTHON
status=0
environment/bin/python -m pytest -q --tb=no -p no:cacheprovider --cucumberjson=report.json test_fails.py > said.txt || status=$?
counts=$(grep -oE '^[0-9]+ failed.*' said.txt | tail -1 | sed 's/ in [0-9.]*s.*//')
echo "pytest: $counts, status $status"
json=$(environment/bin/python -c '
import json
elements = [element for feature in json.load(open("report.json")) for element in feature["elements"]]
print(", ".join(" ".join([one["name"], *(step["result"]["status"] for step in one["steps"])]) for one in elements))')
echo "JSON: $json"
[ "$counts, $status" = "2 failed, 1 passed, 2 errors, 1" ] && [ "$json" = "teardown passed passed, soft passed" ]
