#!/usr/bin/env bash
# behave and pytest-bdd fill in a placeholder in a step of a Background from the Examples; cucumber-js does not.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20), behave 1.3.3, pytest-bdd 9.0.1 with pytest 9.2.0 (Python 3.11)
# behaviour: Gherkin's own compiler fills in only the steps of the outline, since a Background is common to all
#   scenarios: the step gets "<user>". The two others treat its steps as the outline's own: the step gets "ann". The
#   same feature sets up different users, and each tool accepts it.
# output:
#   cucumber-js: <user>
#   behave: ann
#   pytest-bdd: ann
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0 pytest-bdd==9.0.1
mkdir -p features/steps
cat > features/background.feature <<'FEATURE'
Feature: F
  Background:
    Given the user is <user>
  Scenario Outline: S
    Then <user> is known
    Examples:
      | user |
      | ann  |
FEATURE
cat > steps.js <<'JS'
const { Given, Then } = require('@cucumber/cucumber');
Given(/^the user is (.*)$/, (user) => console.log(`\nSAW ${user} .`));
Then('ann is known', () => {});
JS
steps() {
    cat <<PYTHON


@given($1"the user is {user}"$2)
def user($3user):
    print(f"\nSAW {user} .")


@then("ann is known")
def known($4):
    pass
PYTHON
}
{ echo "from behave import given, then"; steps "" "" "context, " context; } > features/steps/steps.py
{ printf 'from pytest_bdd import given, parsers, scenarios, then\n\nscenarios("features/background.feature")\n'; steps "parsers.parse(" ")" "" ""; } > test_background.py
saw() { sed -n 's/^SAW \([^ ]*\) .*/\1/p' | head -1; }
js=$(node_modules/.bin/cucumber-js --require steps.js features/background.feature | saw)
behave=$(environment/bin/behave --no-capture --no-color features | saw)
bdd=$(environment/bin/python -m pytest -q -s -p no:cacheprovider test_background.py | saw)
printf 'cucumber-js: %s\nbehave: %s\npytest-bdd: %s\n' "$js" "$behave" "$bdd"
[ "$js $behave $bdd" = "<user> ann ann" ]
