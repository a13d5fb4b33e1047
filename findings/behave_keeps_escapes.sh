#!/usr/bin/env bash
# behave passes Gherkin's escapes on unresolved, while cucumber-js and pytest-bdd resolve them.
#
# versions: behave 1.3.3, pytest-bdd 9.0.1 with pytest 9.2.0 (Python 3.11), @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: Gherkin's reference has three escapes in a cell, \n, \| and \\, and \"\"\" in a text block. behave resolves
#   only \|: a cell \\ has two characters, x\ny has four, and \"\"\" keeps its backslashes. It also strips trailing
#   blanks from the lines of a text block. All three tools accept the file, and the steps get different values.
# output: lengths of the cells \\, x\ny and a\|b, of the block \"\"\" and of a block's line with two blanks behind "tail"
#   cucumber-js: 1 3 3 3 6
#   pytest-bdd: 1 3 3 3 6
#   behave: 2 4 3 6 4
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0 pytest-bdd==9.0.1
mkdir -p features/steps
cat > features/escapes.feature <<'FEATURE'
Feature: Escapes
  Scenario: Lengths
    Given a table
      | \\ | x\ny | a\|b |
    And a block
      """
      \"\"\"
      """
    And a block
      """
      tail..
      """
FEATURE
sed -i.bak 's/tail\.\./tail  /' features/escapes.feature
cat > steps.js <<'JS'
const { Given } = require('@cucumber/cucumber');
Given('a table', (table) => table.raw()[0].forEach((cell) => console.log(`\nSAW ${cell.length}`)));
Given('a block', (text) => console.log(`\nSAW ${text.length}`));
JS
cat > features/steps/steps.py <<'PYTHON'
from behave import given


@given("a table")
def table(context):
    for cell in context.table.headings:
        print(f"\nSAW {len(cell)}")


@given("a block")
def block(context):
    print(f"\nSAW {len(context.text)}")
PYTHON
cat > test_escapes.py <<'PYTHON'
from pytest_bdd import given, scenarios

scenarios("features/escapes.feature")


@given("a table")
def table(datatable):
    for cell in datatable[0]:
        print(f"\nSAW {len(cell)}")


@given("a block")
def block(docstring):
    print(f"\nSAW {len(docstring)}")
PYTHON
saw() { sed -n 's/^SAW \([0-9]*\).*/\1/p' | xargs; }
js=$(node_modules/.bin/cucumber-js --require steps.js features/escapes.feature | saw)
bdd=$(environment/bin/python -m pytest -q -s -p no:cacheprovider test_escapes.py | saw)
behave=$(environment/bin/behave --no-capture --no-color features | saw)
printf 'cucumber-js: %s\npytest-bdd: %s\nbehave: %s\n' "$js" "$bdd" "$behave"
[ "$js" = "1 3 3 3 6" ] && [ "$bdd" = "1 3 3 3 6" ] && [ "$behave" = "2 4 3 6 4" ]
