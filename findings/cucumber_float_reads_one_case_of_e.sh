#!/usr/bin/env bash
# cucumber-js' {float} reads 1E-3 and not 1e-3, and .5 as a number; {x:g} of behave and pytest-bdd reads 1e-3 and not .5.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20), behave 1.3.3, pytest-bdd 9.0.1 with pytest 9.2.0 (Python 3.11)
# behaviour: a learning rate is written as 1e-3 by everybody, by Python's repr and by JSON. The pattern behind {float}
#   has a capital E; the step is undefined, and the suggested snippet is for the text "the rate {int}e-3", a number and
#   a word. behave's and pytest-bdd's :g asks for a digit before the point, and takes inf and nan, which {float} does
#   not. So one feature has other undefined steps in each tool, and a table of values made by a program fails in one of
#   them. {int} of cucumber-js reads an integer of any length as a float: 99999999999999999999 becomes 1e20.
# output:
#   rate 1e-3: cucumber-js undefined, behave 0.001, pytest-bdd 0.001
#   rate 1E-3: cucumber-js 0.001, behave 0.001, pytest-bdd 0.001
#   rate .5: cucumber-js 0.5, behave undefined, pytest-bdd undefined
#   rate 5.: cucumber-js undefined, behave undefined, pytest-bdd undefined
#   rate inf: cucumber-js undefined, behave inf, pytest-bdd inf
#   rate +0.5: cucumber-js 0.5, behave 0.5, pytest-bdd 0.5
#   count 99999999999999999999: cucumber-js 100000000000000000000, behave 99999999999999999999, pytest-bdd 99999999999999999999
#   count +7: cucumber-js undefined, behave 7, pytest-bdd 7
#   snippet: Given('the rate 1e-{int}'
#   Given('the rate 1e-{float}'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest-bdd==9.0.1 pytest==9.2.0
mkdir -p features/steps
cat > steps.js <<'JS'
const { Given } = require('@cucumber/cucumber');

Given('the rate {float}', (x) => console.log('SAW', x));
Given('the count {int}', (x) => console.log('SAW', x));
JS
cat > features/steps/steps.py <<'PYTHON'
from behave import given


@given("the rate {x:g}")
def rate(context, x):
    print("SAW", x)


@given("the count {x:d}")
def count(context, x):
    print("SAW", x)
PYTHON
cat > test_rates.py <<'PYTHON'
from pytest_bdd import given, parsers, scenarios

scenarios("features/rates.feature")


@given(parsers.parse("the rate {x:g}"))
def rate(x):
    print("SAW", x)


@given(parsers.parse("the count {x:d}"))
def count(x):
    print("SAW", x)
PYTHON
{
    saw() { "$@" > run.txt 2>&1 || true; if grep -q SAW run.txt; then grep -oE 'SAW .*' run.txt | cut -d' ' -f2- | sed 's/ *$//'; else echo undefined; fi; }
    for step in 'rate 1e-3' 'rate 1E-3' 'rate .5' 'rate 5.' 'rate inf' 'rate +0.5' 'count 99999999999999999999' 'count +7'; do
        printf 'Feature: F\n  Scenario: S\n    Given the %s\n' "$step" > features/rates.feature
        echo "$step: cucumber-js $(saw node_modules/.bin/cucumber-js --require steps.js features/rates.feature)," \
            "behave $(saw environment/bin/behave --no-color --no-capture features/rates.feature)," \
            "pytest-bdd $(saw environment/bin/python -m pytest -q -s -p no:cacheprovider test_rates.py)"
    done
    printf 'Feature: F\n  Scenario: S\n    Given the rate 1e-3\n' > features/rates.feature
    echo "snippet: $(node_modules/.bin/cucumber-js --require steps.js features/rates.feature 2>&1 | grep -oE "Given\('.*'" || true)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
rate 1e-3: cucumber-js undefined, behave 0.001, pytest-bdd 0.001
rate 1E-3: cucumber-js 0.001, behave 0.001, pytest-bdd 0.001
rate .5: cucumber-js 0.5, behave undefined, pytest-bdd undefined
rate 5.: cucumber-js undefined, behave undefined, pytest-bdd undefined
rate inf: cucumber-js undefined, behave inf, pytest-bdd inf
rate +0.5: cucumber-js 0.5, behave 0.5, pytest-bdd 0.5
count 99999999999999999999: cucumber-js 100000000000000000000, behave 99999999999999999999, pytest-bdd 99999999999999999999
count +7: cucumber-js undefined, behave 7, pytest-bdd 7
snippet: Given('the rate 1e-{int}'
Given('the rate 1e-{float}'
EXPECTED
