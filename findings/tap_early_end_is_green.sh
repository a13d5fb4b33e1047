#!/usr/bin/env bash
# tap-xunit and tap-spec report a TAP run that ended before its plan was fulfilled as passed, with exit status 0.
#
# versions: tap-xunit 2.4.1, tap-spec 5.0.0, tap-parser 18.3.4 (Node 20)
# behaviour: the plan is 1..3, and the program ended after two tests. TAP has a plan for exactly this case, and
#   tap-parser fails the run. tap-xunit writes tests="2" failures="0", tap-spec prints "total: 2, passing: 2", and both
#   end with 0. `set -o pipefail` would reveal the program's own status, but a stored TAP file has none.
# output:
#   tap-parser: status 1
#   tap-xunit: status 0, tests="2" failures="0"
#   tap-spec: status 0, total: 2 passing: 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tap-xunit@2.4.1 tap-spec@5.0.0 tap-parser@18.3.4
printf 'TAP version 13\n1..3\nok 1 - reads\nok 2 - learns\n' > run.tap
parser=0
node_modules/.bin/tap-parser < run.tap > said.txt || parser=$?
echo "tap-parser: status $parser"
xunit=0
node_modules/.bin/tap-xunit < run.tap > report.xml || xunit=$?
counts=$(grep -oE '(tests|failures)="[0-9]+"' report.xml | xargs -d '\n')
echo "tap-xunit: status $xunit, $counts"
spec=0
node_modules/.bin/tap-spec < run.tap > said.txt || spec=$?
totals=$(sed 's/\x1b\[[0-9;]*m//g' said.txt | grep -E 'total|passing' | xargs)
echo "tap-spec: status $spec, $totals"
[ "$parser" = 1 ] && [ "$xunit $counts" = '0 tests="2" failures="0"' ] && [ "$spec $totals" = "0 total: 2 passing: 2" ]
