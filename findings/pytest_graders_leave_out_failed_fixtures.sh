#!/usr/bin/env bash
# pytest-grader and pytest-gradescope leave out a test whose fixture raised: 1 of 10 points is "1/1 (100%)", and the 9 are in no report.
#
# versions: pytest-grader 0.4.1, pytest-gradescope 0.1.6, pytest 9.2.0, Python 3.11
# behaviour: a test that gets the student's network from a fixture ends in an error, not in a failure, if the network cannot be
#   imported or made. Both look at the calls of tests alone: the test has no line and no maximum, so that whoever handed in
#   nothing gets full marks. pytest-grader congratulates. A test that passes and then fails in its teardown keeps its points.
#   pytest itself says "1 error" and ends with 1. A fixture that returns a function, called within the test, is counted.
# output:
#   pytest: 1 passed, 1 error
#   pytest-grader: test_read 1/1, Total Score: 1/1 (100%)
#   pytest-gradescope: test_read 1 of 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for plugin in pytest-grader==0.4.1 pytest-gradescope==0.1.6; do
    python3 -m venv "${plugin%%=*}"
    "${plugin%%=*}/bin/python" -m pip install --quiet --disable-pip-version-check "$plugin" pytest==9.2.0
done
tests() {
    cat <<PYTHON
import pytest
from $1 import $2


@pytest.fixture
def network():
    import network

    return network.DeepNeuralNetwork([784, 128, 64, 10])


@$2(1)
def test_read():
    assert open("README.md").read()


@$2(9)
def test_learns(network):
    assert network.accuracy() > 0.9
PYTHON
}
echo "a network" > README.md
tests pytest_grader points > test_grader.py
tests pytest_gradescope weight > test_gradescope.py
pytest-grader/bin/python -m pytest -q -p no:cacheprovider -p pytest_grader.plugins --score test_grader.py > grader.txt 2>&1 || true
pytest-gradescope/bin/python -m pytest -q -p no:cacheprovider test_gradescope.py > gradescope.txt 2>&1 || true
cat > report.py <<'PYTHON'
import json

for test in json.load(open("results.json"))["tests"]:
    print(f"pytest-gradescope: {test['name']} {test['score']} of {test['max_score']}")
PYTHON
{
    echo "pytest: $(grep -oE "[0-9]+ passed, [0-9]+ error" grader.txt)"
    grep -oE "(test_[a-z]+ +[0-9]+/[0-9]+|Total Score: .*\))" grader.txt | tr -s ' ' | sed 's/(.*%)/(100%)/' | paste -sd+ | sed 's/+/, /g; s/^/pytest-grader: /'
    pytest-grader/bin/python report.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest: 1 passed, 1 error
pytest-grader: test_read 1/1, Total Score: 1/1 (100%)
pytest-gradescope: test_read 1 of 1
EXPECTED
