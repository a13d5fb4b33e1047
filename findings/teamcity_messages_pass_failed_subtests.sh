#!/usr/bin/env bash
# To TeamCity a unittest test with a failed subTest has passed under pytest: no testFailed comes; by teamcity-messages' own unittest runner one comes.
#
# versions: teamcity-messages 1.33, pytest 9.2.0, Python 3.11
# behaviour: pytest reports each subTest of unittest while the test runs, and captures what is printed then. The
#   plugin prints its messages, so that testFailed of the subTest becomes a part of the test's output, where it is
#   escaped and no message; the test itself is then finished without one, since pytest's report of it says passed.
#   With -s the message comes. The fixture subtests is told rightly in either way, since pytest fails its test, too,
#   and so is a run by python -m teamcity.unittestpy. pytest ends with 1.
# output:
#   pytest, unittest's subTest: ended with 1, testFinished 1, testFailed 0, escaped in an output 1
#   pytest -s, the same: ended with 1, testFinished 3, testFailed 1, escaped in an output 0
#   teamcity.unittestpy, the same: ended with 1, testFinished 1, testFailed 1, escaped in an output 0
#   pytest, its fixture subtests: ended with 1, testFinished 3, testFailed 2, escaped in an output 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check teamcity-messages==1.33 pytest==9.2.0
cat > test_gradient.py <<'PYTHON'
import unittest


class TestGradient(unittest.TestCase):
    def test_layers(self):
        for layer in range(2):
            with self.subTest(layer=layer):
                self.assertEqual(layer, 0)
PYTHON
cat > test_fixture.py <<'PYTHON'
def test_layers(subtests):
    for layer in range(2):
        with subtests.test(layer=layer):
            assert layer == 0
PYTHON
said() {
    title=$1
    shift
    "$@" > output.txt 2>&1 && status=0 || status=$?
    count() { grep -cF "$1" output.txt || true; }
    echo "$title: ended with $status, testFinished $(count '##teamcity[testFinished'), testFailed $(count '##teamcity[testFailed')," \
        "escaped in an output $(count '##teamcity|[testFailed')"
}
{
    said "pytest, unittest's subTest" environment/bin/python -m pytest -p no:cacheprovider --teamcity test_gradient.py
    said "pytest -s, the same" environment/bin/python -m pytest -s -p no:cacheprovider --teamcity test_gradient.py
    said "teamcity.unittestpy, the same" environment/bin/python -m teamcity.unittestpy test_gradient
    said "pytest, its fixture subtests" environment/bin/python -m pytest -p no:cacheprovider --teamcity test_fixture.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest, unittest's subTest: ended with 1, testFinished 1, testFailed 0, escaped in an output 1
pytest -s, the same: ended with 1, testFinished 3, testFailed 1, escaped in an output 0
teamcity.unittestpy, the same: ended with 1, testFinished 1, testFailed 1, escaped in an output 0
pytest, its fixture subtests: ended with 1, testFinished 3, testFailed 2, escaped in an output 0
EXPECTED
