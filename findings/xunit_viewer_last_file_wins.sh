#!/usr/bin/env bash
# xunit-viewer over a folder with the results of two runs of one suite shows the last one alone.
#
# versions: xunit-viewer 10.6.1, Node 20
# behaviour: the files of a folder are merged test by test, by suite, class name and name. The results of a matrix (one
#   file for each Python) have the same names, so that they do not add up: the status in the file that comes last by its
#   name stays. A failure in the first file is gone where the second one passed.
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
