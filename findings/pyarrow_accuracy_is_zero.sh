#!/usr/bin/env bash
# pyarrow's pc.divide of 9 hits by 10 images is 0, and its maximum of a loss of 1 and a nan is 1.
#
# versions: pyarrow 26.0.1, numpy 2.4.6, Python 3.11
# behaviour: the functions of pyarrow.compute have NumPy's names, and the rules of SQL. Two integer columns give an integer,
#   cut towards zero: accuracies per class, hits through images, are all 0 but the perfect ones. max and min_max leave
#   nan out, while sum and mean do not: a run that went to nan has a best and a worst loss like any other. The sum of
#   two uint8 wraps around, but sum() of a column does not. divide_checked and add_checked refuse what overflows, and
#   give 0 for 9 through 10 too. The docstrings tell of wrapping, not of the type of a quotient, nor of nan.
# output:
#   hits through images: divide [0, 1], divide_checked [0, 1], NumPy [0.9, 1.0]
#   -7 through 2: divide -3, NumPy -3.5, Python's // -4
#   loss of 1 and nan: max 1.0, min_max 1.0 to 1.0, sum nan, mean nan, NumPy's max nan
#   200 + 100 in uint8: add [44], sum of the column 300
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyarrow==26.0.1 numpy==2.4.6
cat > quotient.py <<'PYTHON'
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

hits, images = pa.array([9, 10]), pa.array([10, 10])
quotients = [function(hits, images).to_pylist() for function in (pc.divide, pc.divide_checked)]
print(f"hits through images: divide {quotients[0]}, divide_checked {quotients[1]}, NumPy {(hits.to_numpy() / images.to_numpy()).tolist()}")
print(f"-7 through 2: divide {pc.divide(-7, 2)}, NumPy {np.divide(-7, 2)}, Python's // {-7 // 2}")
losses = pa.array([1.0, np.nan])
both = pc.min_max(losses)
print(f"loss of 1 and nan: max {pc.max(losses)}, min_max {both['min']} to {both['max']},", end=" ")
print(f"sum {pc.sum(losses)}, mean {pc.mean(losses)}, NumPy's max {np.max(losses.to_numpy())}")
pixels = pa.array([200, 100], pa.uint8())
print(f"200 + 100 in uint8: add {pc.add(pixels[:1], pixels[1:]).to_pylist()}, sum of the column {pc.sum(pixels)}")
PYTHON
environment/bin/python quotient.py | tee said.txt
diff said.txt - <<'EXPECTED'
hits through images: divide [0, 1], divide_checked [0, 1], NumPy [0.9, 1.0]
-7 through 2: divide -3, NumPy -3.5, Python's // -4
loss of 1 and nan: max 1.0, min_max 1.0 to 1.0, sum nan, mean nan, NumPy's max nan
200 + 100 in uint8: add [44], sum of the column 300
EXPECTED
