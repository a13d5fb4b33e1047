#!/usr/bin/env bash
# xunit-viewer shows a failed test as passed if another test's name has the same 32-bit hash.
#
# versions: xunit-viewer 10.6.1, Node 20
# behaviour: a test is stored under a hash of its name and class name (h = 31 h + character, 32 bits), so two tests with
#   different names may be merged, such as "Aa reads" and "BB reads". The merged test has the name of the first, the
#   messages of both and the status of the last. Here the first failed and the second passed: the page and the console
#   state "1 passed". Nothing shows that a test is missing; the counts in the file are ignored.
# output:
#   tests in the file: 2, failed: 1
#   1 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xunit-viewer@10.6.1
cat > report.xml <<'XML'
<testsuites><testsuite name="digits" tests="2" failures="1">
  <testcase classname="digits" name="Aa reads"><failure message="no">no</failure></testcase>
  <testcase classname="digits" name="BB reads"/>
</testsuite></testsuites>
XML
echo "tests in the file: 2, failed: 1"
node_modules/.bin/xunit-viewer -r report.xml -c -n -C false -o page.html > said.txt
grep -E '^[0-9]+ (passed|failure)' said.txt
[ "$(grep -cE '^1 passed$' said.txt)" = 1 ]
