#!/usr/bin/env bash
# pytest's JUnit report counts subtests as tests, but has no elements for them: readers disagree, depending on which they use.
#
# versions: pytest 9.2.0, Python 3.11, test-results-parser 0.4.6 (Node 20), junitparser 5.0.3
# behaviour: for one test with ten passing subtests and one failing test, `--junitxml` writes tests="12" above two
#   elements. test-results-parser sums up the attributes: 11 of 12 passed. junitparser, if told to count
#   (update_statistics), counts the elements: 1 of 2 passed. Only the first meets a threshold of, say, 90 % passed
#   tests.
# output:
#   tests="12" failures="1", elements: 2
#   test-results-parser: 11 of 12 passed, in cases 1 of 2
#   junitparser: 1 of 2 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 junitparser==5.0.3
npm install --silent --no-audit --no-fund test-results-parser@0.4.6
cat > test_ten.py <<'PYTHON'
def test_ten(subtests):
    for n in range(10):
        with subtests.test(n=n):
            assert n < 10


def test_wrong():
    assert False
PYTHON
environment/bin/python -m pytest -q -p no:cacheprovider --junitxml=report.xml test_ten.py > said.txt || true
tests=$(grep -oE '<testsuite [^>]*' report.xml | grep -oE ' tests="[0-9]+"' | tr -d ' ')
failures=$(grep -oE '<testsuite [^>]*' report.xml | grep -oE 'failures="[0-9]+"')
elements=$(grep -o '<testcase ' report.xml | wc -l | tr -d ' ')
echo "$tests $failures, elements: $elements"
cat > read.js <<'JS'
const { parse } = require('test-results-parser');
const run = parse({ type: 'junit', files: ['report.xml'] });
const cases = run.suites.flatMap((suite) => suite.cases);
const passed = cases.filter((one) => one.status === 'PASS').length;
console.log(`test-results-parser: ${run.passed} of ${run.total} passed, in cases ${passed} of ${cases.length}`);
JS
by_counts=$(node read.js)
echo "$by_counts"
by_elements=$(environment/bin/python - <<'PYTHON'
from junitparser import JUnitXml
suite = next(iter(JUnitXml.fromfile("report.xml")))
suite.update_statistics()
print(f"junitparser: {suite.tests - suite.failures} of {suite.tests} passed")
PYTHON
)
echo "$by_elements"
[ "$tests $failures $elements" = 'tests="12" failures="1" 2' ]
[ "$by_counts" = "test-results-parser: 11 of 12 passed, in cases 1 of 2" ]
[ "$by_elements" = "junitparser: 1 of 2 passed" ]
