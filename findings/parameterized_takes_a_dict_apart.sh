#!/usr/bin/env bash
# parameterized.expand([{"rate": 0.1}]) gives the test the text "rate"; ddt and pytest give it the dict.
#
# versions: parameterized 0.9.0, ddt 1.7.2, pytest 9.2.0, Python 3.11
# behaviour: a case that is no tuple is taken for the only argument if it is a text or a number; a dict is taken for a list
#   of arguments, and its keys are passed, so that the settings themselves never arrive. With one key nothing fails as long as
#   the test asks for truth, a length or a text; with two keys there is a TypeError about the number of arguments. A set is
#   taken apart too, in whatever order. Bitten is who moves tests with settings from pytest to unittest: ({"rate": 0.1},) is
#   right.
# output:
#   parameterized: 'rate' for a dict, 'relu' for a text, 3 for a number
#   ddt: {'rate': 0.1} for a dict
#   pytest: {'rate': 0.1} for a dict
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check parameterized==0.9.0 ddt==1.7.2 pytest==9.2.0
cat > test_settings.py <<'PYTHON'
import unittest

import pytest
from ddt import data, ddt
from parameterized import parameterized

SETTINGS = {"rate": 0.1}
KINDS = "a dict", "a text", "a number"
got: dict[str, list[str]] = {"parameterized": [], "ddt": [], "pytest": []}


@ddt
class Settings(unittest.TestCase):
    @parameterized.expand([SETTINGS, "relu", 3])
    def test_expand(self, value):
        got["parameterized"].append(repr(value))

    @data(SETTINGS)
    def test_data(self, value):
        got["ddt"].append(repr(value))


@pytest.mark.parametrize("value", [SETTINGS])
def test_mark(value):
    got["pytest"].append(repr(value))


def test_shown():
    for tool, values in got.items():
        print(f"\n{tool}: {', '.join(f'{value} for {kind}' for value, kind in zip(values, KINDS))}", end="")
PYTHON
environment/bin/python -m pytest -q -s test_settings.py | grep -o '^\(parameterized\|ddt\|pytest\): .*[a-z]' | tee said.txt
diff said.txt - <<'EXPECTED'
parameterized: 'rate' for a dict, 'relu' for a text, 3 for a number
ddt: {'rate': 0.1} for a dict
pytest: {'rate': 0.1} for a dict
EXPECTED
