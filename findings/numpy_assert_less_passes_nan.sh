#!/usr/bin/env bash
# np.testing.assert_array_less passes if both sides are nan: "the loss falls" holds for a network full of nan.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.testing's array assertions treat nan as equal to nan, and so does assert_array_less: places with nan on
#   both sides are left out of the comparison, for any operator. With nan on one side it fails, as it does for inf
#   against inf. A training with a loss of nan before and after passes the test that its loss fell.
# output:
#   nan < nan: False
#   assert_array_less(nan, nan): passes
#   assert_array_less([1, nan], [2, nan]): passes
#   assert_array_less(1, nan): fails
#   assert_array_less(inf, inf): fails
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > less.py <<'PYTHON'
import numpy as np
from numpy import inf, nan


def told(after, before):
    try:
        np.testing.assert_array_less(after, before)
    except AssertionError:
        return "fails"
    return "passes"


print("nan < nan:", nan < nan)
print("assert_array_less(nan, nan):", told(nan, nan))
print("assert_array_less([1, nan], [2, nan]):", told([1, nan], [2, nan]))
print("assert_array_less(1, nan):", told(1, nan))
print("assert_array_less(inf, inf):", told(inf, inf))
PYTHON
environment/bin/python less.py | tee said.txt
diff said.txt - <<'EXPECTED'
nan < nan: False
assert_array_less(nan, nan): passes
assert_array_less([1, nan], [2, nan]): passes
assert_array_less(1, nan): fails
assert_array_less(inf, inf): fails
EXPECTED
