#!/usr/bin/env bash
# np.round(pixels, -1) makes 4 of a uint8 of 255: rounding up to 260 wraps around.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: a negative number of decimals rounds integers to tens or hundreds, in their own type. A result that does
#   not fit wraps around, without a warning: white becomes nearly black, and an int8 of 127 becomes negative. NumPy
#   raises OverflowError if such a number is written by hand, and Python's round() of an int is right. np.round with
#   decimals of 0 or more leaves integers alone.
# output:
#   np.round, -1: [0, 250, 250, 4] by Python: [0, 250, 250, 260]
#   np.round, -2: [0, 200, 44, 44] by Python: [0, 200, 300, 300]
#   an int8 of 127: -126
#   written by hand: OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > tens.py <<'PYTHON'
import numpy as np

pixels = np.array([3, 249, 254, 255], np.uint8)
print("np.round, -1:", np.round(pixels, -1).tolist(), "by Python:", [round(pixel, -1) for pixel in pixels.tolist()])
print("np.round, -2:", np.round(pixels, -2).tolist(), "by Python:", [round(pixel, -2) for pixel in pixels.tolist()])
print("an int8 of 127:", int(np.round(np.array([127], np.int8), -1)[0]))
try:
    pixels[0] = 260
except OverflowError as error:
    print("written by hand:", type(error).__name__)
PYTHON
environment/bin/python -W error tens.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.round, -1: [0, 250, 250, 4] by Python: [0, 250, 250, 260]
np.round, -2: [0, 200, 44, 44] by Python: [0, 200, 300, 300]
an int8 of 127: -126
written by hand: OverflowError
EXPECTED
