#!/usr/bin/env bash
# A pixel of 255 is almost a pixel of 0 for pytest.approx, unittest and np.testing: they subtract np.uint8 from np.uint8, and 0 - 255 is 1.
#
# versions: pytest 9.2.0, numpy 2.4.6, Python 3.11 with its unittest
# behaviour: the difference of two np.uint8, as image[0, 0] or max(image.flat) give them, wraps around. So 1 is within a
#   tolerance of 2. pytest.approx does it for numbers and for lists of numbers; unittest's assertAlmostEqual and
#   np.testing.assert_almost_equal do it in one order of the arguments, and fail in the other (unittest subtracts the
#   second from the first, np.testing the first from the second). Of arrays, approx and np.testing convert the numbers
#   first, and are right, and math.isclose is too. NumPy's RuntimeWarning fails nothing. Bitten is who tests the corner
#   of an image with a tolerance.
# output:
#   approx: 255 and 0 True lists True arrays False
#   assertAlmostEqual: 0 and 255 passes 255 and 0 fails
#   np.testing: 0 and 255 fails 255 and 0 passes arrays fails
#   math.isclose: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 numpy==2.4.6
cat > pixels.py <<'PYTHON'
import math
import unittest

import numpy as np
from pytest import approx

white, black = np.uint8(255), np.uint8(0)


def told(check, *arguments, **options):
    try:
        check(*arguments, **options)
    except AssertionError:
        return "fails"
    return "passes"


case, testing = unittest.TestCase(), np.testing
print("approx: 255 and 0", white == approx(black, abs=2), "lists", [white] == approx([black], abs=2), end=" ")
print("arrays", np.array([white]) == approx(np.array([black]), abs=2))
almost, delta = case.assertAlmostEqual, {"delta": 2}
print("assertAlmostEqual: 0 and 255", told(almost, black, white, **delta), "255 and 0", told(almost, white, black, **delta))
almost = testing.assert_almost_equal
print("np.testing: 0 and 255", told(almost, black, white, decimal=0), "255 and 0", told(almost, white, black, decimal=0), end=" ")
print("arrays", told(almost, np.array([white]), np.array([black]), decimal=0))
print("math.isclose:", math.isclose(white, black, abs_tol=2))
PYTHON
environment/bin/python -W ignore pixels.py | tee said.txt
diff said.txt - <<'EXPECTED'
approx: 255 and 0 True lists True arrays False
assertAlmostEqual: 0 and 255 passes 255 and 0 fails
np.testing: 0 and 255 fails 255 and 0 passes arrays fails
math.isclose: False
EXPECTED
