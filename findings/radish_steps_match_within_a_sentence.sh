#!/usr/bin/env bash
# In radish the definition "the base" runs for the steps "not the base" and "the base is wrong", and the scenarios pass.
#
# versions: radish-bdd 0.18.4, behave 1.3.3, Python 3.11
# behaviour: a text in a step definition is searched for anywhere in the step, where behave, pytest-bdd and cucumber-js compare the
#   whole step, and call such a step undefined. What stands before and after it has no effect: "the loss is not below 0.5" runs
#   "the loss is below {limit:g}". A typing mistake, a negation or a comment at the end of the line is passed over, and a new
#   step that begins like an old one never gets a definition of its own. No warning. Bitten is who writes a contract in
#   Gherkin and runs it with radish. A regular expression by re.compile with ^ and $ is exact.
# output:
#   the loss is below 0.5: radish passed, behave passed
#   it is not so that the loss is below 0.5: radish passed, behave undefined
#   the loss is below 0.5 only for zeros: radish passed, behave undefined
#   the loss is above 0.5: radish undefined, behave undefined
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check radish-bdd==0.18.4 behave==1.3.3 setuptools==80.9.0
mkdir -p radish features/steps
definitions() {
    printf 'from %s import step\n\n\n@step("the loss is below {limit:g}")\ndef below(context, limit):\n    assert 0.1 < limit\n' "$1"
}
definitions radish > radish/steps.py
definitions behave > features/steps/steps.py
told() {
    printf 'Feature: F\n  Scenario: S\n    Given %s\n' "$1" > features/one.feature
    environment/bin/radish -b radish features/one.feature > radish.txt 2>&1 || true
    environment/bin/behave --no-color features > behave.txt 2>&1 || true
    verdict=no
    if grep -qa 'no step def' radish.txt; then verdict=undefined; elif sed 's/\x1b\[[0-9;]*m//g' radish.txt | grep -qa '1 scenarios (1 passed)'; then verdict=passed; fi
    echo "$1: radish $verdict, behave $(if grep -q '1 scenario passed' behave.txt; then echo passed; elif grep -q ' 1 undefined' behave.txt; then echo undefined; fi)"
}
{
    told "the loss is below 0.5"
    told "it is not so that the loss is below 0.5"
    told "the loss is below 0.5 only for zeros"
    told "the loss is above 0.5"
} | tee said.txt
diff said.txt - <<'EXPECTED'
the loss is below 0.5: radish passed, behave passed
it is not so that the loss is below 0.5: radish passed, behave undefined
the loss is below 0.5 only for zeros: radish passed, behave undefined
the loss is above 0.5: radish undefined, behave undefined
EXPECTED
