#!/usr/bin/env bash
# In pytest-bdd "Given the width 5" after "Given the width 3" changes the width, and the network built from it keeps 3.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, Python 3.11
# behaviour: a step with target_fixture sets a fixture, and fixtures that ask for it later are built from the new value. But
#   a fixture that was built before, here the network made from the width, stays as it is: pytest keeps a fixture until its
#   scope ends, and setting one does not throw away the fixtures made of it. From the second Given on, steps see the new width
#   and the old network side by side. A scenario that only looks at shapes the two share passes. The step may ask for the
#   network by a function (a factory) instead.
# output:
#   the width is 3, the network has 3 rows
#   the width is 5, the network has 3 rows
#   1 passed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-bdd==9.0.1 pytest==9.2.0
cat > network.feature <<'FEATURE'
Feature: network
  Scenario: two widths
    Given the width 3
    Then width and network are shown
    Given the width 5
    Then width and network are shown
FEATURE
cat > test_network.py <<'PYTHON'
import pytest
from pytest_bdd import given, parsers, scenarios, then

scenarios("network.feature")


@given(parsers.parse("the width {number:d}"), target_fixture="width")
def set_width(number):
    return number


@pytest.fixture
def network(width):
    return [[0.0]] * width


@then("width and network are shown")
def show(width, network):
    print(f"\nthe width is {width}, the network has {len(network)} rows")
PYTHON
environment/bin/python -m pytest -q -s test_network.py | grep -o 'the width.*\|[0-9]* passed' | tee said.txt
diff said.txt - <<'EXPECTED'
the width is 3, the network has 3 rows
the width is 5, the network has 3 rows
1 passed
EXPECTED
