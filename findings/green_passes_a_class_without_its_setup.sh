#!/usr/bin/env bash
# green ends with 0 and "OK" for a class of tests whose setUpClass raised: its tests never ran, and no report has a word on them.
#
# versions: green 4.0.2, unittest-xml-reporting 4.0.0, pytest 9.2.0, Python 3.11 with its unittest
# behaviour: unittest makes an error of its own of a setUpClass that raises, which belongs to no test. green runs each
#   module in a process of its own and takes results of tests back; an error that belongs to none is dropped on the way.
#   So two tests of a network that cannot be loaded are missing in the count, on the page and in the JUnit file, and the
#   status is 0. unittest, xmlrunner and pytest run the same file and fail. A setUpModule that raises fails green too.
#   Bitten is who loads a submission once for a class, and grades by the status.
# output:
#   unittest: status 1, FAILED (errors=1)
#   xmlrunner: status 1, FAILED (errors=1)
#   pytest: status 1, 1 passed, 2 errors
#   green: status 0, OK (passes=1)
#   green's JUnit: tests 1, errors 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check green==4.0.2 unittest-xml-reporting==4.0.0 pytest==9.2.0
cat > test_network.py <<'PYTHON'
import unittest


class Network(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ImportError("the network cannot be loaded")

    def test_shapes(self):
        self.fail()

    def test_slopes(self):
        self.fail()


class Other(unittest.TestCase):
    def test_it(self):
        pass
PYTHON
{
    check() {
        local name=$1 code=0
        shift
        "$@" > run.txt 2>&1 || code=$?
        echo "$name: status $code, $(grep -E '^(OK|FAILED)|passed' run.txt | sed 's/ in [0-9.]*s//')"
    }
    check unittest environment/bin/python -m unittest test_network
    check xmlrunner environment/bin/python -m xmlrunner test_network
    check pytest environment/bin/python -m pytest -q -p no:cacheprovider test_network.py
    check green environment/bin/green --junit-report green.xml test_network.py
    echo "green's JUnit: tests $(grep -o '<testcase' green.xml | wc -l), errors $(grep -oE '<(error|failure)' green.xml | wc -l || true)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
unittest: status 1, FAILED (errors=1)
xmlrunner: status 1, FAILED (errors=1)
pytest: status 1, 1 passed, 2 errors
green: status 0, OK (passes=1)
green's JUnit: tests 1, errors 0
EXPECTED
