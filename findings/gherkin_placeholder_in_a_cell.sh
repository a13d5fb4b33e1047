#!/usr/bin/env bash
# cucumber-js and behave substitute again inside a cell of Examples that holds another column's placeholder; pytest-bdd does not.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20), behave 1.3.3, pytest-bdd 9.0.1 with pytest 9.2.0 (Python 3.11)
# behaviour: cucumber-js and behave substitute the columns one after the other, in the order of the table, so the names
#   of later columns are replaced within the text of earlier cells. With columns html and b, the cell "<b>bold" becomes
#   "2bold". pytest-bdd substitutes all columns at once and passes on "<b>bold". The same feature tests different
#   values, and each tool accepts it.
# output:
#   cucumber-js: 2bold
#   behave: 2bold
#   pytest-bdd: <b>bold
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0 pytest-bdd==9.0.1
mkdir -p features/steps
cat > features/cell.feature <<'FEATURE'
Feature: Cells
  Scenario Outline: A cell
    Given the text is <html>
    Examples:
      | html    | b |
      | <b>bold | 2 |
FEATURE
cat > steps.js <<'JS'
require('@cucumber/cucumber').Given(/^the text is (.*)$/, (text) => console.log(`\nSAW ${text}`));
JS
cat > features/steps/steps.py <<'PYTHON'
from behave import given


@given("the text is {text}")
def text(context, text):
    print(f"\nSAW {text}")
PYTHON
cat > test_cell.py <<'PYTHON'
from pytest_bdd import given, parsers, scenarios

scenarios("features/cell.feature")


@given(parsers.parse("the text is {text}"))
def text(text):
    print(f"\nSAW {text}")
PYTHON
saw() { sed -n 's/^SAW \([^ ]*\).*/\1/p' | head -1; }
js=$(node_modules/.bin/cucumber-js --require steps.js features/cell.feature | saw)
behave=$(environment/bin/behave --no-capture --no-color features | saw)
bdd=$(environment/bin/python -m pytest -q -s -p no:cacheprovider test_cell.py | saw)
printf 'cucumber-js: %s\nbehave: %s\npytest-bdd: %s\n' "$js" "$behave" "$bdd"
[ "$js $behave $bdd" = "2bold 2bold <b>bold" ]
