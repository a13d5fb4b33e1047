#!/usr/bin/env bash
# With pytest-dependency a test runs although the one that it depends on has failed, if that failed in a subtest.
#
# versions: pytest 9.2.0, pytest-dependency 0.6.1, Python 3.11
# behaviour: the plugin skips a test whose dependency did not pass. A failed subtest, of pytest's fixture or of unittest, is a report of
#   its own, and the plugin sees the test around it as passed; pytest itself then counts the test with the fixture as failed ("contains
#   1 failed subtest"). So the tests of backpropagation run on a forward pass that is known to be wrong, and report errors of their own.
# output:
#   plain assertion: FAILED, its dependant SKIPPED
#   pytest's subtests: FAILED, its dependant PASSED
#   unittest's subTest: SUBFAILED, its dependant PASSED
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-dependency==0.6.1
cat > test_network.py <<'PYTHON'
import unittest

import pytest


@pytest.mark.dependency
def test_plain():
    assert False


@pytest.mark.dependency(depends=["test_plain"])
def test_after_plain():
    pass


@pytest.mark.dependency
def test_fixture(subtests):
    with subtests.test("a layer"):
        assert False


@pytest.mark.dependency(depends=["test_fixture"])
def test_after_fixture():
    pass


class Forward(unittest.TestCase):
    @pytest.mark.dependency
    def test_unit(self):
        with self.subTest("a layer"):
            self.fail()

    @pytest.mark.dependency(depends=["Forward::test_unit"])
    def test_unit_after(self):
        pass
PYTHON
environment/bin/python -m pytest -p no:cacheprovider -rA test_network.py > all.txt || true
outcome() { grep -oE "^($2).* ?\S*test_$1( |$)" all.txt | head -1 | grep -oE '^[A-Z]+'; }
{
    echo "plain assertion: $(outcome plain FAILED), its dependant $(outcome after_plain 'PASSED|SKIPPED')"
    echo "pytest's subtests: $(outcome fixture FAILED), its dependant $(outcome after_fixture 'PASSED|SKIPPED')"
    echo "unittest's subTest: $(outcome unit SUBFAILED), its dependant $(outcome unit_after 'PASSED|SKIPPED')"
} | tee said.txt
diff said.txt - <<'EXPECTED'
plain assertion: FAILED, its dependant SKIPPED
pytest's subtests: FAILED, its dependant PASSED
unittest's subTest: SUBFAILED, its dependant PASSED
EXPECTED
