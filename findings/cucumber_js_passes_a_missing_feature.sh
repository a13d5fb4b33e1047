#!/usr/bin/env bash
# `cucumber-js features/moved.feature` ends with 0 if there is no such file, and so does a tag that no scenario has.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20), behave 1.3.3, pytest 9.2.0 (Python 3.11)
# behaviour: a path is a pattern to cucumber-js, and a pattern without a match is no mistake: it prints "0 scenarios". A
#   job that names its features passes for ever after they were renamed or moved. behave fails for a missing file; for an
#   unknown tag it skips everything and ends with 0. pytest fails in both cases.
# output:
#   missing file: cucumber-js 0 (0 scenarios), behave 1, pytest 4
#   unknown tag: cucumber-js 0 (0 scenarios), behave 0, pytest 5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0
mkdir -p features/steps
printf 'Feature: F\n  Scenario: S\n    Given it fails\n' > features/a.feature
printf 'from behave import given\n\n\n@given("it fails")\ndef fails(context):\n    assert False\n' > features/steps/steps.py
printf 'def test_it():\n    assert False\n' > test_it.py
told() { local code=0; "$@" > said.txt 2>&1 || code=$?; echo "$code"; }
js=$(told node_modules/.bin/cucumber-js features/moved.feature)
js="$js ($(grep -oE '^[0-9]+ scenarios' said.txt))"
missing="cucumber-js $js, behave $(told environment/bin/behave features/moved.feature), pytest $(told environment/bin/python -m pytest -q moved.py)"
js=$(told node_modules/.bin/cucumber-js --tags @unknown features/a.feature)
js="$js ($(grep -oE '^[0-9]+ scenarios' said.txt))"
tag="cucumber-js $js, behave $(told environment/bin/behave --tags=unknown features/a.feature), pytest $(told environment/bin/python -m pytest -q -m unknown)"
printf 'missing file: %s\nunknown tag: %s\n' "$missing" "$tag" | tee all.txt
diff all.txt - <<'EXPECTED'
missing file: cucumber-js 0 (0 scenarios), behave 1, pytest 4
unknown tag: cucumber-js 0 (0 scenarios), behave 0, pytest 5
EXPECTED
