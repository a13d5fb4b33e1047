#!/usr/bin/env bash
# xunit-viewer, given a folder with the results of two runs of a suite, shows only the last one.
#
# versions: xunit-viewer 10.6.1, Node 20
# behaviour: the files of a folder are merged test by test, by suite, class name and name. The results of a matrix (one
#   file per Python) have the same names, so they are not added up: the status in the last file by name wins. A failure
#   in the first file disappears if the test passed in the second one.
# output:
#   in py311.xml 1 failed, in py313.xml 1 passed
#   1 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xunit-viewer@10.6.1
mkdir results
echo '<testsuites><testsuite name="digits" tests="1" failures="1"><testcase classname="digits" name="reads"><failure message="no">no</failure></testcase></testsuite></testsuites>' > results/py311.xml
echo '<testsuites><testsuite name="digits" tests="1"><testcase classname="digits" name="reads"/></testsuite></testsuites>' > results/py313.xml
echo "in py311.xml 1 failed, in py313.xml 1 passed"
node_modules/.bin/xunit-viewer -r results -c -n -C false -o page.html > said.txt
grep -E '^[0-9]+ (passed|failure)' said.txt
[ "$(grep -cE '^1 passed$' said.txt)" = 1 ]
