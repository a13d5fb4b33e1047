#!/usr/bin/env bash
# np.vectorize(lambda z: max(0, z)), a ReLU, gives [0, 0, 2] for [-1, 0.5, 2.7] and [0.5, 0, 2.7] for [0.5, -1, 2.7].
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: the type of the whole result is that of the first number: where the first one is negative, max gives the integer 0,
#   and every other result loses its fraction. np.apply_along_axis does the same with the first row, and np.piecewise
#   takes the type of its argument: a leaky ReLU of integers is 0 below 0. No exception, no warning. Whether a network works
#   depends on the sign of its first neuron; a gradient of such a ReLU is checked at points that happen to be positive.
# output:
#   ReLU of [-1.0, 0.5, 2.7]: [0, 0, 2]
#   ReLU of [0.5, -1.0, 2.7]: [0.5, 0.0, 2.7]
#   mean of each row, or 0 for a black one: [0, 1], rows in the other order: [1.5, 0.0]
#   leaky ReLU of [-3, 2] by np.piecewise: [0, 2]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > relu.py <<'PYTHON'
import numpy as np

relu = np.vectorize(lambda z: max(0, z))
for z in ([-1.0, 0.5, 2.7], [0.5, -1.0, 2.7]):
    print(f"ReLU of {z}: {relu(z).tolist()}")


def mean(row):
    return row.mean() if row.any() else 0


images = np.array([[0.0, 0.0], [1.0, 2.0]])
means = [np.apply_along_axis(mean, 1, rows).tolist() for rows in (images, images[::-1])]
print(f"mean of each row, or 0 for a black one: {means[0]}, rows in the other order: {means[1]}")
z = np.array([-3, 2])
print(f"leaky ReLU of [-3, 2] by np.piecewise: {np.piecewise(z, [z < 0], [lambda z: 0.01 * z, lambda z: z]).tolist()}")
PYTHON
environment/bin/python -W error relu.py | tee said.txt
diff said.txt - <<'EXPECTED'
ReLU of [-1.0, 0.5, 2.7]: [0, 0, 2]
ReLU of [0.5, -1.0, 2.7]: [0.5, 0.0, 2.7]
mean of each row, or 0 for a black one: [0, 1], rows in the other order: [1.5, 0.0]
leaky ReLU of [-3, 2] by np.piecewise: [0, 2]
EXPECTED
