#!/usr/bin/env bash
# np.testing.assert_equal(0.0, -0.0) fails; for arrays with these numbers it passes.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: for numbers assert_equal compares the sign of a zero, and it compares a list, a tuple or a dict number by
#   number; arrays go to assert_array_equal, where 0.0 == -0.0. So the same expectation fails as a list and passes as an
#   array, and a right slope of -0.0 (0 times a negative number) fails if a float is compared.
# output:
#   0.0 == -0.0: True
#   numbers: fails
#   lists: fails
#   arrays: passes
#   a list and an array: passes
#   assert_array_equal of numbers: passes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > zero.py <<'PYTHON'
import numpy as np


def told(check, came, expected):
    try:
        check(came, expected)
    except AssertionError:
        return "fails"
    return "passes"


equal, array_equal = np.testing.assert_equal, np.testing.assert_array_equal
print("0.0 == -0.0:", 0.0 == -0.0)
print("numbers:", told(equal, 0.0, -0.0))
print("lists:", told(equal, [1.0, 0.0], [1.0, -0.0]))
print("arrays:", told(equal, np.array([1.0, 0.0]), np.array([1.0, -0.0])))
print("a list and an array:", told(equal, [1.0, 0.0], np.array([1.0, -0.0])))
print("assert_array_equal of numbers:", told(array_equal, 0.0, -0.0))
PYTHON
environment/bin/python zero.py | tee said.txt
diff said.txt - <<'EXPECTED'
0.0 == -0.0: True
numbers: fails
lists: fails
arrays: passes
a list and an array: passes
assert_array_equal of numbers: passes
EXPECTED
