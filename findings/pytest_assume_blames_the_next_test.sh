#!/usr/bin/env bash
# With pytest-assume a failed assumption in a fixture's teardown fails the next test, and nothing if there is no next one.
#
# versions: pytest-assume 2.4.3, pytest-check 3.0.3, pytest 9.2.0, Python 3.11
# behaviour: assumptions that fail are kept in a list, and looked at when the call of a test ends. A fixture that checks
#   after its yield, such as "nobody changed the weights", comes later: its test passes, and the failure is reported by the
#   next test, which does not use the fixture. After the last test nobody looks, and the run ends with 0. pytest-check, for
#   the same purpose, reports an error of the test whose fixture it was; so does a plain assert.
# output:
#   assume, two tests: test_user PASSED, test_other FAILED, status 1
#   assume, the user last: test_other PASSED, test_user PASSED, status 0
#   check, two tests: test_user PASSED, test_other PASSED, test_user ERROR, status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-assume==2.4.3 pytest-check==3.0.3 pytest==9.2.0
cat > by_assume.py <<'PYTHON'
import pytest


@pytest.fixture
def unchanged():
    yield
    pytest.assume(1 == 2)
PYTHON
cat > by_check.py <<'PYTHON'
import pytest
from pytest_check import check


@pytest.fixture
def unchanged():
    yield
    check.equal(1, 2)
PYTHON
user='def test_user(unchanged): pass'
other='def test_other(): pass'
run() {
    printf 'from %s import unchanged\n%s\n%s\n' "$2" "$3" "$4" > test_network.py
    status=0
    environment/bin/python -m pytest -q -rpfE --tb=no -W ignore test_network.py > log.txt || status=$?
    echo "$1: $(sed -n 's/^\([A-Z]*\) test_network.py::\([a-z_]*\).*/\2 \1/p' log.txt | tr '\n' ',' | sed 's/,/, /g')status $status"
}
{
    run "assume, two tests" by_assume "$user" "$other"
    run "assume, the user last" by_assume "$other" "$user"
    run "check, two tests" by_check "$user" "$other"
} | tee said.txt
diff said.txt - <<'EXPECTED'
assume, two tests: test_user PASSED, test_other FAILED, status 1
assume, the user last: test_other PASSED, test_user PASSED, status 0
check, two tests: test_user PASSED, test_other PASSED, test_user ERROR, status 1
EXPECTED
