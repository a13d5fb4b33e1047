#!/usr/bin/env bash
# In blosc2 -7 % 3 is -1, and 2 in an array of one number or with a // in the same expression; 0.5 and 2.5 are rounded to 1 and 3, or to 0 and 2.
#
# versions: blosc2 4.14.1, numexpr 2.14.2, numpy 2.4.6, Python 3.11
# behaviour: blosc2 hands an expression of its arrays to one of two engines, by its operators, shapes and chunks:
#   its own, which gives a remainder the sign of the number, as C does, and rounds halves away from zero, or numexpr,
#   which does as NumPy does. So the value of a part depends on how many numbers the array has and on what stands
#   beside it, here a term that is 0. The documentation calls the remainder Python's %, and refers to NumPy's
#   functions for both. A constant of 1000 is cut down to the dtype of the pixels in either way, where NumPy raises
#   OverflowError. No warning.
# output:
#   % by 3 of -7, 7 and -1: alone [-1, 1, -1] with // beside it [2, 1, 2] numexpr [2, 1, 2] numpy [2, 1, 2]
#   round of the halves: alone [1.0, 2.0, 3.0, -1.0] with // beside it [0.0, 2.0, 2.0, -0.0] numpy [0.0, 2.0, 2.0, -0.0]
#   % by 3 of an array with -7 alone: blosc2 [2] numpy [2]
#   pixels + 1000: blosc2 [176] numpy OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check blosc2==4.14.1 numexpr==2.14.2 numpy==2.4.6
cat > parts.py <<'PYTHON'
import blosc2
import numexpr
import numpy as np


def numbers(made):
    return np.asarray(made[:]).tolist()


whole, halves, pixels = np.array([-7, 7, -1]), np.array([0.5, 1.5, 2.5, -0.5]), np.array([200], np.uint8)
ours, theirs = blosc2.asarray(whole), blosc2.asarray(halves)
zero, zeros = (ours // 3) * 0, (theirs // 3) * 0
print("% by 3 of -7, 7 and -1: alone", numbers(ours % 3), "with // beside it", numbers(ours % 3 + zero), end=" ")
print("numexpr", numexpr.evaluate("whole % 3").tolist(), "numpy", (whole % 3).tolist())
print("round of the halves: alone", numbers(blosc2.round(theirs)), "with // beside it", numbers(blosc2.round(theirs) + zeros), end=" ")
print("numpy", np.round(halves).tolist())
print("% by 3 of an array with -7 alone: blosc2", numbers(blosc2.asarray(whole[:1]) % 3), "numpy", (whole[:1] % 3).tolist())
print("pixels + 1000: blosc2", numbers(blosc2.asarray(pixels) + 1000), end=" ")
try:
    print("numpy", (pixels + 1000).tolist())
except OverflowError as refusal:
    print("numpy", type(refusal).__name__)
PYTHON
environment/bin/python parts.py | tee said.txt
diff said.txt - <<'EXPECTED'
% by 3 of -7, 7 and -1: alone [-1, 1, -1] with // beside it [2, 1, 2] numexpr [2, 1, 2] numpy [2, 1, 2]
round of the halves: alone [1.0, 2.0, 3.0, -1.0] with // beside it [0.0, 2.0, 2.0, -0.0] numpy [0.0, 2.0, 2.0, -0.0]
% by 3 of an array with -7 alone: blosc2 [2] numpy [2]
pixels + 1000: blosc2 [176] numpy OverflowError
EXPECTED
