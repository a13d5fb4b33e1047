#!/usr/bin/env bash
# pytest.approx([1, 2]) equals the matrix [[1, 1, 1], [2, 2, 2]], and approx(5) an array without elements.
#
# versions: pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: approx of a list takes the other side element by element, and each element of a matrix is a row: a row
#   equals a number if all its numbers do. So a gradient that was not summed over the batch, or a bias that became a
#   matrix, passes if its rows are constant, as those of zeros, of one sample or of ones are. approx of a number asks
#   the same of an array of any shape, and all of nothing is true: the losses of an empty batch are approximately
#   anything. approx of an array compares the shapes first, and fails in all these. The page says that arrays can be
#   compared with a number, and neither that the shape is ignored below a list nor that nothing equals everything.
#   Bitten is who writes expected weights as lists.
# output:
#   matrix == approx([1, 2]): True
#   zeros of (2, 64) == approx([0, 0]): True
#   zeros of (2, 3, 4) == approx([0, 0]): True
#   nothing == approx(5): True in a dict: True
#   nothing of (2, 0) == approx([5, 7]): True
#   the same lists as arrays: False False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 numpy==2.4.6
cat > rows.py <<'PYTHON'
import numpy as np
from pytest import approx

matrix = np.array([[1, 1, 1], [2, 2, 2]])
print("matrix == approx([1, 2]):", matrix == approx([1, 2]))
print("zeros of (2, 64) == approx([0, 0]):", np.zeros((2, 64)) == approx([0, 0]))
print("zeros of (2, 3, 4) == approx([0, 0]):", np.zeros((2, 3, 4)) == approx([0, 0]))
print("nothing == approx(5):", np.array([]) == approx(5), "in a dict:", {"losses": np.array([])} == approx({"losses": 5}))
print("nothing of (2, 0) == approx([5, 7]):", np.empty((2, 0)) == approx([5, 7]))
print("the same lists as arrays:", matrix == approx(np.array([1, 2])), np.array([]) == approx(np.array(5)))
PYTHON
environment/bin/python -W error rows.py | tee said.txt
diff said.txt - <<'EXPECTED'
matrix == approx([1, 2]): True
zeros of (2, 64) == approx([0, 0]): True
zeros of (2, 3, 4) == approx([0, 0]): True
nothing == approx(5): True in a dict: True
nothing of (2, 0) == approx([5, 7]): True
the same lists as arrays: False False
EXPECTED
