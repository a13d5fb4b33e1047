#!/usr/bin/env bash
# A step of cucumber-js that returns the text "skipped" skips the rest of its scenario; an arrow function does so by accident.
#
# versions: @cucumber/cucumber 12.9.0, Node 20
# behaviour: `return 'skipped'` and `return 'pending'` are its documented ways to skip, but an arrow function without
#   braces returns the value of its expression: (word) => (state = word), meant to keep a text of the feature, returns
#   that text. With "skipped", the failing Then below never runs, and the exit status is 0. With any other text the run
#   fails.
# output:
#   failed: 1 scenario (1 failed), status 1
#   skipped: 1 scenario (1 skipped), status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
for word in failed skipped; do
    printf 'Feature: F\n  Scenario: S\n    Given a clause is %s\n    Then it counts as passed\n' "$word" > "$word.feature"
done
cat > steps.js <<'JS'
const { Given, Then } = require('@cucumber/cucumber');
const assert = require('assert');
let state;
Given('a clause is {word}', (word) => (state = word));
Then('it counts as passed', () => assert.equal(state, 'passed'));
JS
for word in failed skipped; do
    status=0
    node_modules/.bin/cucumber-js --require steps.js "$word.feature" > said.txt || status=$?
    echo "$word: $(grep -oE '1 scenario \(1 [a-z]+\)' said.txt), status $status" | tee -a all.txt
done
diff all.txt - <<'EXPECTED'
failed: 1 scenario (1 failed), status 1
skipped: 1 scenario (1 skipped), status 0
EXPECTED
