#!/usr/bin/env bash
# The sum of an array of ones in float16 is 2048 or 4096, depending on its order in memory.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: NumPy adds pairwise, with float32 for float16 in between, only along the axis that is contiguous in memory.
#   Along the other it adds row by row in float16, where 2048 + 1 is 2048. The gradient of a bias, a sum over a batch of
#   rows, is the bad case; its transpose, the same memory, is bad along axis 1, and a copy in the other order is right.
#   mean, which adds in float32, and a product with ones are right in both orders.
# output:
#   sum over the rows, C order: 2048, Fortran order: 4096
#   sum over the columns of the transpose: 2048, of a copy of it: 4096
#   mean: 1, ones @ x: 4096, last of cumsum: 2048
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > ones.py <<'PYTHON'
import numpy as np

x = np.ones((4096, 2), np.float16)
assert np.array_equal(x, np.asfortranarray(x))
print(f"sum over the rows, C order: {x.sum(axis=0)[0]:g}, Fortran order: {np.asfortranarray(x).sum(axis=0)[0]:g}")
print(f"sum over the columns of the transpose: {x.T.sum(axis=1)[0]:g}, of a copy of it: {x.T.copy().sum(axis=1)[0]:g}")
ones = np.ones(4096, np.float16)
print(f"mean: {x.mean(axis=0)[0]:g}, ones @ x: {(ones @ x)[0]:g}, last of cumsum: {ones.cumsum()[-1]:g}")
PYTHON
environment/bin/python ones.py | tee said.txt
diff said.txt - <<'EXPECTED'
sum over the rows, C order: 2048, Fortran order: 4096
sum over the columns of the transpose: 2048, of a copy of it: 4096
mean: 1, ones @ x: 4096, last of cumsum: 2048
EXPECTED
