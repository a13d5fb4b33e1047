#!/usr/bin/env bash
# pytest-testmon runs nothing, with status 0, after a feature of pytest-bdd was changed so that its scenario fails.
#
# versions: pytest-testmon 2.2.0, pytest-bdd 9.0.1, pytest 9.2.0, Python 3.11
# behaviour: testmon keeps for each test the Python code that it ran, and selects a test again when that has changed. A feature is
#   no Python, and to pytest-bdd it is the test itself: an expected number, a row of Examples or a step may change, and the
#   scenario counts as up to date. pytest ends with 5 where nothing was collected, but testmon turns that into 0. A new
#   scenario does run, as its test has a new name, and so does every scenario after a change in a step's code.
# output:
#   the first run: 1 passed, status 0
#   after "it is 4" became "it is 5": 1 deselected, status 0
#   the same without testmon: 1 failed, status 1
#   after the step's code changed too: 1 failed, status 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-bdd==9.0.1 pytest-testmon==2.2.0
printf 'Feature: numbers\n  Scenario: twice\n    Given the number 2\n    Then twice it is 4\n' > numbers.feature
cat > test_numbers.py <<'PY'
from pytest_bdd import given, parsers, scenarios, then

scenarios("numbers.feature")


@given(parsers.parse("the number {number:d}"), target_fixture="number")
def number(number):
    return number


@then(parsers.parse("twice it is {expected:d}"))
def twice(number, expected):
    assert number * 2 == expected
PY
run() {
    status=0
    environment/bin/python -m pytest -q "$@" test_numbers.py > said.txt 2>&1 || status=$?
    echo "$(grep -oE '[0-9]+ (passed|failed|deselected)' said.txt | tail -n 1), status $status"
}
echo "the first run: $(run --testmon)" | tee all.txt
sed -i 's/it is 4/it is 5/' numbers.feature
echo "after \"it is 4\" became \"it is 5\": $(run --testmon)" | tee -a all.txt
echo "the same without testmon: $(run -p no:testmon)" | tee -a all.txt
sed -i 's/number \* 2/2 * number/' test_numbers.py
echo "after the step's code changed too: $(run --testmon)" | tee -a all.txt
diff all.txt - <<'EXPECTED'
the first run: 1 passed, status 0
after "it is 4" became "it is 5": 1 deselected, status 0
the same without testmon: 1 failed, status 1
after the step's code changed too: 1 failed, status 1
EXPECTED
