#!/usr/bin/env bash
# pytest-bdd's parsers.parse matches a step in any case, and a number in hexadecimal: "w1" is "W1", "0x10" is 16.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, behave 1.3.3 (Python 3.11), @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: the library `parse` ignores case by default; behave switches that off, pytest-bdd does not. So "the weights
#   w1" runs the step of "the weights W{n:d}", while behave and cucumber-js report it as undefined; the case of a step
#   without a placeholder matters in all three. And {n:d} reads 0x10, 0o20 and 0b10000 as 16 in both Python tools; {int}
#   of cucumber-js does not match them.
# output:
#   "w1" for "W{n:d}": pytest-bdd 1, behave undefined, cucumber-js undefined
#   "W0x10": pytest-bdd 16, behave 16, cucumber-js undefined
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0 pytest-bdd==9.0.1
mkdir -p features/steps
for name in w1 W0x10; do printf 'Feature: F\n  Scenario: S\n    Given the weights %s are set\n' "$name" > "features/$name.feature"; done
cat > steps.js <<'JS'
require('@cucumber/cucumber').Given('the weights W{int} are set', (n) => console.log(`\nSAW ${n}.`));
JS
steps() {
    cat <<PYTHON


@given($1"the weights W{n:d} are set"$2)
def weights($3n):
    print(f"\nSAW {n}.")
PYTHON
}
{ echo "from behave import given"; steps "" "" "context, "; } > features/steps/steps.py
for name in w1 W0x10; do
    { printf 'from pytest_bdd import given, parsers, scenarios\n\nscenarios("features/%s.feature")\n' "$name"; steps "parsers.parse(" ")" ""; } > "test_$name.py"
done
saw() {
    "$@" > said.txt 2>&1 || true
    if grep -q '^SAW' said.txt; then sed -n 's/^SAW \([0-9]*\)\..*/\1/p' said.txt | head -1
    elif grep -qiE 'undefined|StepDefinitionNotFound' said.txt; then echo undefined
    else cat said.txt >&2; echo neither; fi
}
tell() {
    bdd=$(saw environment/bin/python -m pytest -q -s -p no:cacheprovider "test_$1.py")
    behave=$(saw environment/bin/behave --no-capture --no-color "features/$1.feature")
    js=$(saw node_modules/.bin/cucumber-js --require steps.js "features/$1.feature")
    told="pytest-bdd $bdd, behave $behave, cucumber-js $js"
}
tell w1
echo "\"w1\" for \"W{n:d}\": $told"
[ "$told" = "pytest-bdd 1, behave undefined, cucumber-js undefined" ]
tell W0x10
echo "\"W0x10\": $told"
[ "$told" = "pytest-bdd 16, behave 16, cucumber-js undefined" ]
