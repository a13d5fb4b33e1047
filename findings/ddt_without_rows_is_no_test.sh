#!/usr/bin/env bash
# A test with @data(*cases) of ddt, or a class with @parameterized_class(cases), vanishes if the list is empty: one test fewer, and OK.
#
# versions: ddt 1.7.2, parameterized 0.9.0, pytest 9.2.0, Python 3.11
# behaviour: cases read from a folder or a file that has moved are an empty list. ddt then makes no method and removes the
#   one that was written; parameterized_class makes no class and empties the one that was written. Both tests below always
#   fail, and the run ends with 0, by unittest and by pytest, with no skipped test. pytest's own parametrize skips a test
#   without cases and says so, unittest's loop with subTest at least counts the test, and parameterized.expand, of the same
#   package as parameterized_class, raises.
# output:
#   unittest: Ran 1 test, OK
#   pytest: 1 passed
#   parametrize: 1 skipped
#   expand: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check ddt==1.7.2 parameterized==0.9.0 pytest==9.2.0
cat > test_cases.py <<'PYTHON'
import unittest

from ddt import data, ddt
from parameterized import parameterized_class

CASES: list[int] = []


@ddt
class ByData(unittest.TestCase):
    @data(*CASES)
    def test_digit(self, digit):
        self.fail()


@parameterized_class(("digit",), [(case,) for case in CASES])
class ByClass(unittest.TestCase):
    def test_digit(self):
        self.fail()


class Other(unittest.TestCase):
    def test_other(self):
        pass
PYTHON
cat > test_pytest.py <<'PYTHON'
import pytest


@pytest.mark.parametrize("digit", [])
def test_digit(digit):
    assert False
PYTHON
cat > expand.py <<'PYTHON'
import unittest

from parameterized import parameterized

try:

    class ByExpand(unittest.TestCase):
        @parameterized.expand([])
        def test_digit(self, digit):
            self.fail()
except ValueError as error:
    print(type(error).__name__)
PYTHON
{
    environment/bin/python -m unittest test_cases 2> log.txt
    echo "unittest: $(grep -o '^Ran [0-9]* test' log.txt), $(tail -1 log.txt)"
    environment/bin/python -m pytest -q test_cases.py > log.txt
    echo "pytest: $(grep -o '^[0-9]* passed' log.txt)"
    environment/bin/python -m pytest -q test_pytest.py > log.txt
    echo "parametrize: $(grep -o '^[0-9]* skipped' log.txt)"
    echo "expand: $(environment/bin/python expand.py)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
unittest: Ran 1 test, OK
pytest: 1 passed
parametrize: 1 skipped
expand: ValueError
EXPECTED
