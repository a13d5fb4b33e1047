#!/usr/bin/env bash
# A failing AfterAll of cucumber-js leaves the JUnit, HTML and JSON reports empty, 0 bytes, though every scenario ran and passed.
#
# versions: @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: an AfterAll runs when all scenarios are done, and a typical one saves or closes something. If it raises, the
#   program ends with 1 and the message "a BeforeAll hook errored", and what was collected for the reports is not
#   written, not even the results of the scenarios; a reader of the empty JUnit file says that it is no XML. A failing After hook, or a failing step,
#   is in every report.
# output:
#   nothing fails: 0, bytes in junit, html, json: some some some
#   a step fails: 1, bytes in junit, html, json: some some some
#   AfterAll fails: 1, bytes in junit, html, json: 0 0 0
#   the message: a BeforeAll hook errored
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
mkdir features
printf 'Feature: F\n  Scenario: S\n    Given a step\n' > features/a.feature
run() { # run NAME STEP AFTERALL: the status of a run, and which reports have anything in them
    printf "const { Given, AfterAll } = require('@cucumber/cucumber');\nGiven('a step', function () { %s });\nAfterAll(function () { %s });\n" \
        "$2" "$3" > features/steps.js
    rm -f report.*
    local code=0 sizes=""
    node_modules/.bin/cucumber-js -f junit:report.junit -f html:report.html -f json:report.json -f summary > said.log 2>&1 || code=$?
    for report in junit html json; do
        if [ -s "report.$report" ]; then sizes="$sizes some"; else sizes="$sizes 0"; fi
    done
    echo "$1: $code, bytes in junit, html, json:$sizes"
}
{
    run "nothing fails" "" ""
    run "a step fails" "throw new Error('no');" ""
    run "AfterAll fails" "" "throw new Error('no');"
    echo "the message: $(grep -oE 'a [A-Za-z]+All hook errored' said.log)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
nothing fails: 0, bytes in junit, html, json: some some some
a step fails: 1, bytes in junit, html, json: some some some
AfterAll fails: 1, bytes in junit, html, json: 0 0 0
the message: a BeforeAll hook errored
EXPECTED
