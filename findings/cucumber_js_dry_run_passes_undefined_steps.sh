#!/usr/bin/env bash
# A dry run with undefined steps ends with 0 in cucumber-js and with 1 in behave; a scenario without steps passes in both.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20), behave 1.3.3 (Python 3.11)
# behaviour: `cucumber-js --dry-run` lists "1 undefined" and ends with 0, so it cannot gate anything, though a run of
#   the same feature ends with 1. `behave --dry-run` ends with 1. A line "Then: it is checked", with a colon, is a
#   description and not a step, and leaves a scenario without steps: cucumber-js reports it as "unknown" and ends with
#   0, behave reports it as passed.
# output:
#   undefined step: cucumber-js --dry-run 0, cucumber-js 1, behave --dry-run 1
#   no steps: cucumber-js 0 (1 scenario (1 unknown)), behave 0 (1 scenario passed)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3
mkdir -p features/steps
touch features/steps/none.py
printf 'Feature: F\n  Scenario: S\n    Given nobody wrote this\n' > features/undefined.feature
printf 'Feature: F\n  Scenario: S\n    Then: it is checked\n' > features/colon.feature
status() { local code=0; "$@" > said.txt 2>&1 || code=$?; echo "$code"; }
js=node_modules/.bin/cucumber-js
behave=environment/bin/behave
undefined="$(status $js --dry-run features/undefined.feature) $(status $js features/undefined.feature) $(status $behave --dry-run features/undefined.feature)"
read -r dry run other <<< "$undefined"
echo "undefined step: cucumber-js --dry-run $dry, cucumber-js $run, behave --dry-run $other"
empty=$(status $js features/colon.feature)
unknown=$(grep -oE '1 scenario \(1 unknown\)' said.txt)
passes=$(status $behave features/colon.feature)
passed=$(grep -oE '1 scenario passed' said.txt)
echo "no steps: cucumber-js $empty ($unknown), behave $passes ($passed)"
[ "$undefined $empty $passes" = "0 1 1 0 0" ]
