#!/usr/bin/env bash
# pytest-github-actions-annotate-failures annotates one of five things that failed: errors of fixtures, failed subtests and a file that cannot be imported get no line.
#
# versions: pytest-github-actions-annotate-failures 0.4.2, pytest 9.2.0, Python 3.11
# behaviour: it looks at the reports of the call alone, and at those that are called failed. A fixture that raises
#   before or after a test, a subTest of unittest, whose report pytest 9 has beside the test's, and a test file that
#   does not load have reports of other kinds. The run is red, and the changed lines on the page show one mark: whoever
#   repairs that finds the next ones one by one. Bitten is who gives learners their network's failures by annotations:
#   if it cannot be loaded, there is none.
# output:
#   pytest: 2 failed, 2 passed, 3 errors, 2 subtests passed
#   annotations:
#   ::error file=test_network.py,line=18::test_fails%0A%0AAssertionError: wrong shape
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-github-actions-annotate-failures==0.4.2 pytest==9.2.0
cat > test_network.py <<'PYTHON'
import unittest

import pytest


@pytest.fixture
def network():
    raise ImportError("the network cannot be loaded")


@pytest.fixture
def unchanged():
    yield
    raise AssertionError("the weights were changed")


def test_fails():
    raise AssertionError("wrong shape")


def test_setup(network):
    pass


def test_teardown(unchanged):
    pass


class Case(unittest.TestCase):
    def test_digits(self):
        for digit in range(3):
            with self.subTest(digit=digit):
                self.assertLess(digit, 2)
PYTHON
cat > test_broken.py <<'PYTHON'
import no_such_network
PYTHON
{
    GITHUB_ACTIONS=true environment/bin/python -m pytest -q -p no:cacheprovider --continue-on-collection-errors > run.txt 2>&1 || true
    tail -1 run.txt | sed 's/ in [0-9.]*s//;s/^/pytest: /'
    echo "annotations:"
    grep -oE '::error .*' run.txt
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest: 2 failed, 2 passed, 3 errors, 2 subtests passed
annotations:
::error file=test_network.py,line=18::test_fails%0A%0AAssertionError: wrong shape
EXPECTED
