#!/usr/bin/env bash
# blosc2.argmax of [1, 3, nan] is 0, and so is argmin: with a nan anywhere the first place is both the largest and the smallest number.
#
# versions: blosc2 4.14.1, numpy 2.4.6, Python 3.11
# behaviour: NumPy's argmax gives the place of the nan. blosc2.max of the same array is nan, as NumPy's, but argmax
#   answers 0, a place that holds neither. As a class 0 is a digit like any other: a network that went to nan in one of ten outputs
#   is right for every image of a zero. Along an axis each row that has a nan gets 0, the other rows are right. No warning.
#   Bitten is who keeps outputs or activations compressed and counts hits there.
# output:
#   [1.0, 3.0, nan]: blosc2 argmax 0, argmin 0, max nan; NumPy argmax 2, argmin 2, max nan
#   [3.0, nan, 1.0]: blosc2 argmax 0, argmin 0, max nan; NumPy argmax 1, argmin 1, max nan
#   [2.0, 1.0, 3.0]: blosc2 argmax 2, argmin 1, max 3.0; NumPy argmax 2, argmin 1, max 3.0
#   rows: blosc2 [1, 0, 0], NumPy [1, 1, 2]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check blosc2==4.14.1 numpy==2.4.6
cat > places.py <<'PYTHON'
import blosc2
import numpy as np

for row in ([1.0, 3.0, np.nan], [3.0, np.nan, 1.0], [2.0, 1.0, 3.0]):
    x = blosc2.asarray(np.array(row))
    print(
        f"{row}: blosc2 argmax {blosc2.argmax(x)}, argmin {blosc2.argmin(x)}, max {blosc2.max(x)};"
        f" NumPy argmax {np.argmax(row)}, argmin {np.argmin(row)}, max {np.max(row)}"
    )
rows = np.array([[1.0, 5.0, 2.0], [7.0, np.nan, 0.0], [0.0, 1.0, np.nan]])
print(f"rows: blosc2 {blosc2.argmax(blosc2.asarray(rows), axis=1).tolist()}, NumPy {rows.argmax(axis=1).tolist()}")
PYTHON
environment/bin/python -W error places.py | tee said.txt
diff said.txt - <<'EXPECTED'
[1.0, 3.0, nan]: blosc2 argmax 0, argmin 0, max nan; NumPy argmax 2, argmin 2, max nan
[3.0, nan, 1.0]: blosc2 argmax 0, argmin 0, max nan; NumPy argmax 1, argmin 1, max nan
[2.0, 1.0, 3.0]: blosc2 argmax 2, argmin 1, max 3.0; NumPy argmax 2, argmin 1, max 3.0
rows: blosc2 [1, 0, 0], NumPy [1, 1, 2]
EXPECTED
