#!/usr/bin/env bash
# pytest-bdd runs only one of two scenarios with the same title in two Rules of a feature, and passes.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, Python 3.11
# behaviour: a feature keeps its scenarios in a dict by title, whatever their Rule. Gherkin allows the same title in two
#   Rules, and cucumber-js and behave run both. pytest-bdd runs the last one: the first, which fails, is never
#   collected, and the run ends with "1 passed".
# output:
#   scenarios in the file: 2, the first fails
#   1 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-bdd==9.0.1
cat > rules.feature <<'FEATURE'
Feature: Rules

  Rule: First
    Scenario: Adds
      Given the answer is 41
      Then it is 42

  Rule: Second
    Scenario: Adds
      Given the answer is 42
      Then it is 42
FEATURE
cat > test_rules.py <<'PYTHON'
from pytest_bdd import given, parsers, scenarios, then

scenarios("rules.feature")


@given(parsers.parse("the answer is {n:d}"), target_fixture="answer")
def answer(n):
    return n


@then("it is 42")
def is_42(answer):
    assert answer == 42
PYTHON
echo "scenarios in the file: 2, the first fails"
environment/bin/python -m pytest -q -p no:cacheprovider test_rules.py > said.txt
grep -oE '[0-9]+ passed' said.txt
grep -qE '^1 passed' said.txt
