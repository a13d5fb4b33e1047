#!/usr/bin/env bash
# genbadge calls 67 % of two tests successful if one passed and one ended in an error, and 100 % of a suite within which another failed.
#
# versions: genbadge 1.1.3 (with its extra tests), junitparser 5.0.3, pytest 9.2.0, Python 3.11
# behaviour: genbadge adds errors to the number of tests, which has them already: pytest's tests="2" errors="1" becomes
#   a total of 3, 2 of them successful. With a failure in place of the error it says 50 %. The share is what --threshold
#   looks at, so a gate at 60 % passes half a run. The failure in a suite within a suite, as Jenkins' schema allows it,
#   is not counted, and a report without any test is 100 % of 0. The page shows reports without errors. Bitten is who
#   shows on a badge how much of a network is right: a fixture that cannot load it is an error.
# output:
#   pytest: 1 passed, 1 error, errors="1" tests="2" 
#   error: status at a threshold of 60 %: 0, Success percentage: 66.67% (2 / 3) (Skipped tests are excluded)
#   failure: status at a threshold of 60 %: 1, Success percentage: 50.00% (1 / 2) (Skipped tests are excluded)
#   nested: status at a threshold of 60 %: 0, Success percentage: 100.00% (1 / 1) (Skipped tests are excluded)
#   none: status at a threshold of 60 %: 0, Success percentage: 100.00% (0 / 0) (Skipped tests are excluded)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check 'genbadge[tests]==1.1.3' junitparser==5.0.3 pytest==9.2.0
cat > test_network.py <<'PYTHON'
import pytest


@pytest.fixture
def network():
    raise ImportError("the network cannot be loaded")


def test_passes():
    pass


def test_needs_it(network):
    pass
PYTHON
cat > failure.xml <<'TEXT'
<testsuites><testsuite name="s" tests="2" failures="1" errors="0" skipped="0">
<testcase classname="c" name="passes"/><testcase classname="c" name="fails"><failure/></testcase></testsuite></testsuites>
TEXT
cat > nested.xml <<'TEXT'
<testsuites><testsuite name="outer" tests="1" failures="0"><testcase classname="c" name="passes"/>
<testsuite name="inner" tests="1" failures="1"><testcase classname="c" name="fails"><failure/></testcase></testsuite></testsuite></testsuites>
TEXT
cat > none.xml <<'TEXT'
<testsuites><testsuite name="s" tests="0" failures="0" errors="0" skipped="0"/></testsuites>
TEXT
{
    environment/bin/python -m pytest -q -p no:cacheprovider --junitxml error.xml test_network.py > run.txt || true
    echo "pytest: $(tail -1 run.txt | sed 's/ in [0-9.]*s//'), $(grep -oE '(errors|tests)="[0-9]"' error.xml | tr '\n' ' ')"
    for report in error failure nested none; do
        code=0
        environment/bin/genbadge tests --local -v -t 60 -i "$report.xml" -o badge.svg > run.txt 2>&1 || code=$?
        echo "$report: status at a threshold of 60 %: $code, $(grep -oE 'Success percentage: .*\)$|Success percentage: [0-9.]*% \([0-9]+ / [0-9]+\)' run.txt | head -1)"
    done
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest: 1 passed, 1 error, errors="1" tests="2" 
error: status at a threshold of 60 %: 0, Success percentage: 66.67% (2 / 3) (Skipped tests are excluded)
failure: status at a threshold of 60 %: 1, Success percentage: 50.00% (1 / 2) (Skipped tests are excluded)
nested: status at a threshold of 60 %: 0, Success percentage: 100.00% (1 / 1) (Skipped tests are excluded)
none: status at a threshold of 60 %: 0, Success percentage: 100.00% (0 / 0) (Skipped tests are excluded)
EXPECTED
