#!/usr/bin/env bash
# tap-junit writes a report without a failure for a TAP run that bailed out.
#
# versions: tap-junit 5.0.4 (with the tap-parser that it brings), Node 20
# behaviour: for "1..3, ok 1, Bail out!" it writes tests="1" failures="0". No element mentions the bail-out or the two
#   tests that never ran. Only the exit status is 1, so a CI job that still publishes its reports publishes a passing
#   one.
# output:
#   exit status 1
#   tests="1" failures="0"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tap-junit@5.0.4
printf 'TAP version 13\n1..3\nok 1 - reads\nBail out! no images\n' > run.tap
status=0
node_modules/.bin/tap-junit -o . -n report.xml < run.tap > said.txt 2>&1 || status=$?
echo "exit status $status"
grep -oE '<testsuites [^>]*>' report.xml | grep -oE '(tests|failures)="[0-9]+"' | tr '\n' ' '
echo
[ "$status" = 1 ]
grep -qE '<testsuites tests="1"[^>]* failures="0"' report.xml
if grep -qiE '<(failure|error)|bail' report.xml; then exit 1; fi
