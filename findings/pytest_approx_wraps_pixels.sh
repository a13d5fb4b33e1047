#!/usr/bin/env bash
# A pixel of 255 is approximately 0 for pytest: approx subtracts np.uint8 from np.uint8, and 0 - 255 is 1.
#
# versions: pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: pytest.approx of a number, or of a list of numbers, subtracts in the type of its operands. For two
#   np.uint8, as image[0, 0] or max(image.flat) give them, the difference wraps around, and 1 is within abs=2; NumPy's
#   RuntimeWarning appears at the end of the run and fails nothing. approx of an array converts the numbers first, and
#   is right.
# output:
#   np.uint8(255) == approx(np.uint8(0), abs=2): True
#   a list of them: True
#   an array of them: False
#   an array and a number: True
#   pytest: 1 passed, 1 warning
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 numpy==2.4.6
cat > pixels.py <<'PYTHON'
import numpy as np
from pytest import approx

white, black = np.uint8(255), np.uint8(0)
print("np.uint8(255) == approx(np.uint8(0), abs=2):", white == approx(black, abs=2))
print("a list of them:", [white] == approx([black], abs=2))
print("an array of them:", np.array([white]) == approx(np.array([black]), abs=2))
print("an array and a number:", np.array([white]) == approx(black, abs=2))
PYTHON
cat > test_pixels.py <<'PYTHON'
import numpy as np
import pytest


def test_the_corner_is_black():
    image = np.full((28, 28), 255, np.uint8)
    assert image[0, 0] == pytest.approx(np.zeros((28, 28), np.uint8)[0, 0], abs=2)
PYTHON
environment/bin/python -W ignore pixels.py | tee said.txt
environment/bin/python -m pytest -q -p no:cacheprovider test_pixels.py | tail -1 | sed 's/ in [0-9.]*s//;s/^/pytest: /' | tee -a said.txt
diff said.txt - <<'EXPECTED'
np.uint8(255) == approx(np.uint8(0), abs=2): True
a list of them: True
an array of them: False
an array and a number: True
pytest: 1 passed, 1 warning
EXPECTED
