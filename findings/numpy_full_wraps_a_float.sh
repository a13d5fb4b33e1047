#!/usr/bin/env bash
# np.full(3, 300.0, np.uint8) is full of 44, and np.pad with 300 around pixels writes 44; np.full(3, 300), np.array([300.0]), fill and x[:] = 300.0 raise.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: Since NumPy 2 a Python number that does not fit an array of integers raises OverflowError, be it
#   written 300 or 300.0. np.full and np.full_like raise for the int and wrap the float, so that a grey computed as
#   255 * 1.2 is nearly black; a list wraps in them in either way. np.pad wraps both in constant_values, and its
#   reflect_type="odd" wraps as well, since it subtracts pixels from twice the edge: 2 * 200 - 100 is 44 there. The
#   documentation of the three says nothing of it.
# output:
#   np.full(3, number) | 300: OverflowError, 300.0: [44, 44, 44]
#   np.full_like(pixels, number) | 300: OverflowError, 300.0: [44, 44, 44]
#   np.full(3, [number]) | 300: [44, 44, 44], 300.0: [44, 44, 44]
#   np.pad(pixels, 1, constant_values=number) | 300: [44, 0, 44], 300.0: [44, 0, 44]
#   np.array([number] * 3) | 300: OverflowError, 300.0: OverflowError
#   pixels[:] = number | 300: OverflowError, 300.0: OverflowError
#   pixels.fill(number) | 300: OverflowError, 300.0: OverflowError
#   odd reflection of 200, 100: [44, 200, 100, 0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > fill.py <<'PYTHON'
import numpy as np


def assigned(number):
    pixels = np.zeros(3, np.uint8)
    pixels[:] = number
    return pixels


def filled(number):
    pixels = np.zeros(3, np.uint8)
    pixels.fill(number)
    return pixels


ways = {
    "np.full(3, number)": lambda number: np.full(3, number, np.uint8),
    "np.full_like(pixels, number)": lambda number: np.full_like(np.zeros(3, np.uint8), number),
    "np.full(3, [number])": lambda number: np.full(3, [number], np.uint8),
    "np.pad(pixels, 1, constant_values=number)": lambda number: np.pad(np.zeros(1, np.uint8), 1, constant_values=number),
    "np.array([number] * 3)": lambda number: np.array([number] * 3, np.uint8),
    "pixels[:] = number": assigned,
    "pixels.fill(number)": filled,
}
for name, way in ways.items():
    said = []
    for number in (300, 300.0):
        try:
            said.append(f"{number}: {way(number).tolist()}")
        except OverflowError as refusal:
            said.append(f"{number}: {type(refusal).__name__}")
    print(name, "|", ", ".join(said))
print("odd reflection of 200, 100:", np.pad(np.array([200, 100], np.uint8), 1, mode="reflect", reflect_type="odd").tolist())
PYTHON
environment/bin/python fill.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.full(3, number) | 300: OverflowError, 300.0: [44, 44, 44]
np.full_like(pixels, number) | 300: OverflowError, 300.0: [44, 44, 44]
np.full(3, [number]) | 300: [44, 44, 44], 300.0: [44, 44, 44]
np.pad(pixels, 1, constant_values=number) | 300: [44, 0, 44], 300.0: [44, 0, 44]
np.array([number] * 3) | 300: OverflowError, 300.0: OverflowError
pixels[:] = number | 300: OverflowError, 300.0: OverflowError
pixels.fill(number) | 300: OverflowError, 300.0: OverflowError
odd reflection of 200, 100: [44, 200, 100, 0]
EXPECTED
