#!/usr/bin/env bash
# An outline without rows runs once, with the text "<limit>" in its step, and passes: in pytest-bdd always, in cucumber-js without a table, in behave never.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, behave 1.3.3, @cucumber/cucumber 12.9.0, Node 20, Python 3.11
# behaviour: an outline is a pattern for its rows, and without rows there is no scenario. pytest-bdd makes one all the same,
#   with the placeholders as they stand, where the table has a heading alone, as after all rows were taken out, and where it
#   is missing. A step that takes any text gets "<limit>", and the scenario is reported as passed, under the title with the
#   placeholder. cucumber-js runs the second and leaves out the first, as "Scenario Outline" and "Scenario" are one keyword to
#   it. behave runs neither (its issue 689). pytest itself skips a test whose list of parameters is empty.
# output:
#   pytest-bdd: the limit is '<limit>', the limit is '<limit>'; 2 passed
#   behave: 0 scenarios passed
#   cucumber-js: <limit>; 1 scenario
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-bdd==9.0.1 pytest==9.2.0 behave==1.3.3
npm init --yes > npm.txt
npm install --silent --no-audit --no-fund --ignore-scripts @cucumber/cucumber@12.9.0 > npm.txt
mkdir -p features/steps
cat > features/limits.feature <<'FEATURE'
Feature: limits
  Scenario Outline: heading alone <limit>
    Given the limit <limit>

    Examples:
      | limit |

  Scenario Outline: no table <limit>
    Given the limit <limit>
FEATURE
cat > test_limits.py <<'PYTHON'
from pytest_bdd import given, parsers, scenarios

scenarios("features/limits.feature")


@given(parsers.parse("the limit {limit}"))
def step(limit):
    print(f"the limit is {limit!r}")
PYTHON
cat > features/steps/limits.py <<'PYTHON'
from behave import given


@given("the limit {limit}")
def step(context, limit):
    print(f"the limit is {limit!r}")
PYTHON
echo "require('@cucumber/cucumber').Given('the limit {}', (limit) => { console.log(limit) })" > steps.js
{
    environment/bin/python -m pytest -q -s test_limits.py > log.txt
    echo "pytest-bdd: $(grep -o "the limit is '<limit>'" log.txt | paste -sd, | sed 's/,/, /'); $(grep -o '[0-9]* passed' log.txt)"
    environment/bin/behave --no-color features > log.txt
    echo "behave: $(grep -o '[0-9]* scenarios passed' log.txt)"
    node_modules/.bin/cucumber-js --require steps.js features/limits.feature > log.txt
    echo "cucumber-js: $(grep -o '^<limit>' log.txt); $(grep -o '^[0-9]* scenario' log.txt)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest-bdd: the limit is '<limit>', the limit is '<limit>'; 2 passed
behave: 0 scenarios passed
cucumber-js: <limit>; 1 scenario
EXPECTED
