#!/usr/bin/env bash
# pytest-nunit writes result="Passed" for every run and every suite, beside failed="1"; a failed subTest is a passed test case.
#
# versions: pytest-nunit 1.0.7, pytest 9.2.0, Python 3.11
# behaviour: in NUnit's format the run, each suite and each case have a result of their own; NUnit's runs with a
#   failure say Failed. The plugin writes the constant Passed for the run and for the suites, and counts beside it, so
#   that a reader who asks the run finds it green. The cases are right, but for a test of unittest with a failed
#   subTest, whose outcome the plugin takes from the call alone: Passed, and it is not in the count. pytest ends with
#   1.
# output:
#   pytest ended with 1
#   2 failed, 1 passed, 1 subtests passed
#   test-run : result Passed, total 2, passed 1, failed 1
#   test-suite test_network.py: result Passed, total 1, passed 0, failed 1
#   test-suite TestGradient: result Passed, total 1, passed 1, failed 0
#   test-case test_layers: result Passed
#   test-case test_shape: result Failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-nunit==1.0.7 pytest==9.2.0
cat > test_network.py <<'PYTHON'
import unittest


def test_shape():
    assert (64, 10) == (10, 64)


class TestGradient(unittest.TestCase):
    def test_layers(self):
        for layer in range(2):
            with self.subTest(layer=layer):
                self.assertEqual(layer, 0)
PYTHON
cat > report.py <<'PYTHON'
import xml.etree.ElementTree

root = xml.etree.ElementTree.parse("nunit.xml").getroot()
elements = [element for element in root.iter() if element.tag in ("test-run", "test-suite", "test-case")]
for element in sorted(elements, key=lambda element: element.get("fullname") or ""):
    counts = "".join(f", {name} {element.get(name)}" for name in ("total", "passed", "failed") if element.get(name))
    print(f"{element.tag} {(element.get('name') or '').split('::')[-1]}: result {element.get('result')}{counts}")
PYTHON
{
    environment/bin/python -m pytest -q -p no:cacheprovider --nunit-xml=nunit.xml > pytest.txt 2>&1 || echo "pytest ended with $?"
    grep -oE '[0-9]+ failed.* in' pytest.txt | sed 's/, [0-9]* warning[s]*//; s/ in$//'
    environment/bin/python report.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest ended with 1
2 failed, 1 passed, 1 subtests passed
test-run : result Passed, total 2, passed 1, failed 1
test-suite test_network.py: result Passed, total 1, passed 0, failed 1
test-suite TestGradient: result Passed, total 1, passed 1, failed 0
test-case test_layers: result Passed
test-case test_shape: result Failed
EXPECTED
