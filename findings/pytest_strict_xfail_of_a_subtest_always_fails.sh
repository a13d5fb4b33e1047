#!/usr/bin/env bash
# A test with xfail(strict=True) that fails in a subtest of pytest, as expected, fails the run by XPASS(strict).
#
# versions: pytest 9.2.0, Python 3.11
# behaviour: the mark of the test is applied to each subtest and to the test around them. The subtest that fails is
#   the known failure; the test around it has then raised nothing, so that strictness fails it. Where nothing fails,
#   subtest and test both fail as XPASS(strict): no outcome of such a test is green. Without strict it counts as
#   xpassed, a known failure that is mended. unittest's expectedFailure around subTest, in pytest as well, counts the
#   test once. A subtest without a mark that fails makes its test fail ("contains 1 failed subtest"). Bitten is who
#   moves loops over known failures to subtests, with strict in the configuration as is usual.
# output:
#   plain assertion, strict: 1 xfailed, status 0
#   fails in a subtest: 1 xpassed, status 0
#   fails in a subtest, strict: 1 failed, status 1
#   passes in a subtest, strict: 2 failed, status 1
#   expectedFailure, fails in a subTest: 1 xfailed, status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0
cat > test_known.py <<'PYTHON'
import unittest

import pytest


@pytest.mark.xfail(strict=True)
def test_plain():
    assert 1 == 2


@pytest.mark.xfail
def test_fails(subtests):
    with subtests.test("row"):
        assert 1 == 2


@pytest.mark.xfail(strict=True)
def test_fails_strict(subtests):
    with subtests.test("row"):
        assert 1 == 2


@pytest.mark.xfail(strict=True)
def test_passes_strict(subtests):
    with subtests.test("row"):
        assert 2 == 2


class TestUnittest(unittest.TestCase):
    @unittest.expectedFailure
    def test_fails(self):
        with self.subTest(row=1):
            self.assertEqual(1, 2)
PYTHON
run() { # run TITLE TEST: the counts of pytest and its status
    local status=0
    environment/bin/python -m pytest -p no:cacheprovider "test_known.py::$2" > said.txt 2>&1 || status=$?
    echo "$1: $(tail -1 said.txt | grep -oE '[0-9]+ (failed|passed|xfailed|xpassed|subtests passed)' | paste -sd , | sed 's/,/, /g'), status $status"
}
{
    run "plain assertion, strict" test_plain
    run "fails in a subtest" test_fails
    run "fails in a subtest, strict" test_fails_strict
    run "passes in a subtest, strict" test_passes_strict
    run "expectedFailure, fails in a subTest" TestUnittest::test_fails
} | tee all.txt
diff all.txt - <<'EXPECTED'
plain assertion, strict: 1 xfailed, status 0
fails in a subtest: 1 xpassed, status 0
fails in a subtest, strict: 1 failed, status 1
passes in a subtest, strict: 2 failed, status 1
expectedFailure, fails in a subTest: 1 xfailed, status 0
EXPECTED
