#!/usr/bin/env bash
# Of several step definitions that match a step, pytest-bdd silently runs the one whose text is last in alphabetical order.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, Python 3.11, @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: cucumber-js fails such a step as ambiguous. pytest-bdd silently runs one of them: neither the first, nor
#   the last, nor the most exact one. A definition becomes a fixture with a name made from its text; pytest registers a
#   module's fixtures in the order of their names, and the last one wins. So "the {what} 7" wins over "the digit 7",
#   wherever it stands.
# output:
#   pytest-bdd, exact text first: the {what} 7, 1 passed
#   pytest-bdd, exact text last: the {what} 7, 1 passed
#   cucumber-js: 1 scenario (1 ambiguous), status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-bdd==9.0.1
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
printf 'Feature: F\n  Scenario: S\n    Given the digit 7\n' > digit.feature
top='from pytest_bdd import given, parsers, scenarios\n\nscenarios("digit.feature")\n\n'
exact='\n@given("the digit 7")\ndef exact():\n    print("\\nSAW the digit 7")\n\n'
general='\n@given(parsers.parse("the {what} 7"))\ndef general(what):\n    print("\\nSAW the {what} 7")\n\n'
printf %b "$top$exact$general" > test_first.py
printf %b "$top$general$exact" > test_last.py
for place in first last; do
    environment/bin/python -m pytest -q -s -p no:cacheprovider "test_$place.py" > said.txt
    ran="$(sed -n 's/^SAW //p' said.txt), $(grep -oE '^[0-9]+ passed' said.txt)"
    echo "pytest-bdd, exact text $place: $ran"
    [ "$ran" = "the {what} 7, 1 passed" ]
done
cat > steps.js <<'JS'
const { Given } = require('@cucumber/cucumber');
Given('the digit 7', () => {});
Given('the {word} 7', () => {});
JS
status=0
node_modules/.bin/cucumber-js --require steps.js digit.feature > said.txt || status=$?
js=$(grep -oE '1 scenario \(1 ambiguous\)' said.txt)
echo "cucumber-js: $js, status $status"
[ "$js, $status" = "1 scenario (1 ambiguous), 1" ]
