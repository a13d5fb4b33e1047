#!/usr/bin/env bash
# zope.testrunner passes a class of tests whose setUpClass raises: it calls neither setUpClass nor tearDownClass nor setUpModule.
#
# versions: zope.testrunner 8.3, Python 3.11
# behaviour: the runner takes the tests out of unittest's suites, and it is these that call the methods of a class and of a
#   module; in their place it has layers of its own. A class of unittest runs all the same, without a word that a part of it
#   does not: the network that setUpClass should load and check is not loaded, a check in tearDownClass ("nobody changed the
#   shared weights") never fails, and the status is 0. `python -m unittest` of the same file ends with 1, with two errors.
#   Tests that need the shared object raise. Bitten is who runs a suite by a second runner, for its parallel processes or its
#   reports.
# output:
#   unittest: FAILED (errors=2), status 1
#   zope.testrunner: Ran 2 tests with 0 failures, 0 errors, status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check zope.testrunner==8.3
cat > test_network.py <<'PYTHON'
import unittest


class Loaded(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError("the network cannot be loaded")

    def test_name(self):
        self.assertEqual("W1".lower(), "w1")


class Unchanged(unittest.TestCase):
    def test_name(self):
        self.assertEqual("W2".lower(), "w2")

    @classmethod
    def tearDownClass(cls):
        raise ValueError("a test changed the weights")
PYTHON
{
    status=0
    environment/bin/python -m unittest test_network 2> log.txt || status=$?
    echo "unittest: $(tail -1 log.txt), status $status"
    status=0
    environment/bin/python -m zope.testrunner --path=. --tests-pattern='^test_network$' > log.txt 2>&1 || status=$?
    echo "zope.testrunner: $(grep -o 'Ran [0-9]* tests with [0-9]* failures, [0-9]* errors' log.txt), status $status"
} | tee said.txt
diff said.txt - <<'EXPECTED'
unittest: FAILED (errors=2), status 1
zope.testrunner: Ran 2 tests with 0 failures, 0 errors, status 0
EXPECTED
