#!/usr/bin/env bash
# pytest-bdd leaves a placeholder unfilled if a "<" precedes it: in "the loss < <limit>" the step gets the text "<limit>".
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, behave 1.3.3 (Python 3.11), @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: it takes the text between the first "<" and the next ">" for a name, here " <limit", finds no such column,
#   and continues after it. cucumber-js and behave search for the names of the columns, and fill it in. A later
#   placeholder in the same step is filled in, so one step gets both texts.
# output:
#   cucumber-js: 0.5 / 7
#   behave: 0.5 / 7
#   pytest-bdd: <limit> / 7, 1 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0 pytest-bdd==9.0.1
mkdir -p features/steps
cat > features/less.feature <<'FEATURE'
Feature: Less
  Scenario Outline: Falls
    Then the loss < <limit> after <n> epochs
    Examples:
      | limit | n |
      | 0.5   | 7 |
FEATURE
cat > steps.js <<'JS'
const { Then } = require('@cucumber/cucumber');
Then(/^the loss < (.*) after (.*) epochs$/, (limit, n) => console.log(`\nSAW ${limit} / ${n} .`));
JS
steps() {
    cat <<PYTHON


@then($1"the loss < {limit} after {n} epochs"$2)
def less($3limit, n):
    print(f"\nSAW {limit} / {n} .")
PYTHON
}
{ echo "from behave import then"; steps "" "" "context, "; } > features/steps/steps.py
{ printf 'from pytest_bdd import parsers, scenarios, then\n\nscenarios("features/less.feature")\n'; steps "parsers.parse(" ")" ""; } > test_less.py
saw() { sed -n 's/^SAW \(.*\) \..*/\1/p' | head -1; }
js=$(node_modules/.bin/cucumber-js --require steps.js features/less.feature | saw)
behave=$(environment/bin/behave --no-capture --no-color features | saw)
environment/bin/python -m pytest -q -s -p no:cacheprovider test_less.py > said.txt
bdd="$(saw < said.txt), $(grep -oE '[0-9]+ passed' said.txt)"
printf 'cucumber-js: %s\nbehave: %s\npytest-bdd: %s\n' "$js" "$behave" "$bdd"
[ "$js" = "0.5 / 7" ] && [ "$behave" = "0.5 / 7" ] && [ "$bdd" = "<limit> / 7, 1 passed" ]
