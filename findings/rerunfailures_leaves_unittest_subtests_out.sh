#!/usr/bin/env bash
# `pytest --reruns 2` does not run a unittest test again whose subTest failed, and does so for the fixture `subtests`.
#
# versions: pytest-rerunfailures 16.7, pytest 9.2.0, Python 3.11
# behaviour: each test below fails in a subtest the first time and passes the second. A failed subTest of unittest is a
#   report of its own beside a passed test, and the plugin runs again what failed: nothing. The fixture's test fails as well
#   as its subtest, is run again, and its first failure is gone from the count. No message says that the option has no effect.
#   Bitten is who trusts reruns for a training that fails by chance, in a suite of unittest.
# output:
#   unittest: 1 failed, 1 passed, status 1
#   fixture: 1 passed, 1 subtests passed, 1 rerun, status 0
#   without a subtest: 1 passed, 1 rerun, status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-rerunfailures==16.7 pytest==9.2.0
cat > test_unittest.py <<'PYTHON'
import unittest

RUNS: list[int] = []


class Training(unittest.TestCase):
    def test_loss(self):
        RUNS.append(1)
        with self.subTest(epoch=1):
            self.assertEqual(len(RUNS), 2)
PYTHON
cat > test_fixture.py <<'PYTHON'
RUNS: list[int] = []


def test_loss(subtests):
    RUNS.append(1)
    with subtests.test(epoch=1):
        assert len(RUNS) == 2
PYTHON
cat > test_plain.py <<'PYTHON'
RUNS: list[int] = []


def test_loss():
    RUNS.append(1)
    assert len(RUNS) == 2
PYTHON
run() {
    status=0
    environment/bin/python -m pytest -q --tb=no --reruns 2 "$2" > log.txt || status=$?
    echo "$1: $(tail -1 log.txt | sed 's/ in [0-9.]*s.*//'), status $status"
}
{
    run unittest test_unittest.py
    run fixture test_fixture.py
    run "without a subtest" test_plain.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
unittest: 1 failed, 1 passed, status 1
fixture: 1 passed, 1 subtests passed, 1 rerun, status 0
without a subtest: 1 passed, 1 rerun, status 0
EXPECTED
