#!/usr/bin/env bash
# A ReLU by np.vectorize(lambda z: z if z > 0 else 0) gives 0 for 0.5 if the first number is negative.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.vectorize calls the function on the first element to find the type of the result: 0, an int, for a
#   negative one. All other results are then truncated to integers, without a warning. With a positive number first,
#   the same function gives floats, so that it works in a small test. np.apply_along_axis does the same with the first
#   row, and np.piecewise takes the type of x. Only the literal 0.0, or otypes=[float], is right for any order.
# output:
#   vectorize, negative first: [0, 0, 2] positive first: [0.5, 0.0, 2.7]
#   with 0.0: [0.0, 0.5, 2.7]
#   with otypes: [0.0, 0.5, 2.7]
#   apply_along_axis: [0, 0] rows in reverse: [0.7, 0.0]
#   piecewise of integers: [0, 0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > relu.py <<'PYTHON'
import numpy as np

relu = np.vectorize(lambda z: z if z > 0 else 0)
print("vectorize, negative first:", relu([-1.0, 0.5, 2.7]).tolist(), "positive first:", relu([0.5, -1.0, 2.7]).tolist())
print("with 0.0:", np.vectorize(lambda z: z if z > 0 else 0.0)([-1.0, 0.5, 2.7]).tolist())
print("with otypes:", np.vectorize(lambda z: z if z > 0 else 0, otypes=[float])([-1.0, 0.5, 2.7]).tolist())
rows = np.array([[-1.0, 0.0], [0.5, 0.2]])
print("apply_along_axis:", np.apply_along_axis(lambda row: max(row.sum(), 0), 1, rows).tolist(), end=" ")
print("rows in reverse:", np.apply_along_axis(lambda row: max(row.sum(), 0), 1, rows[::-1]).tolist())
x = np.array([-1, 1])
print("piecewise of integers:", np.piecewise(x, [x > 0], [lambda z: z / 4, 0]).tolist())
PYTHON
environment/bin/python -W error relu.py | tee said.txt
diff said.txt - <<'EXPECTED'
vectorize, negative first: [0, 0, 2] positive first: [0.5, 0.0, 2.7]
with 0.0: [0.0, 0.5, 2.7]
with otypes: [0.0, 0.5, 2.7]
apply_along_axis: [0, 0] rows in reverse: [0.7, 0.0]
piecewise of integers: [0, 0]
EXPECTED
