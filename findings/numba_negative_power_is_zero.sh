#!/usr/bin/env bash
# Under numba's njit, 10 ** -n is 0 for n = 3, where Python gives 0.001 and NumPy raises: a learning rate of 0.
#
# versions: numba 0.68.1, numpy 2.4.6, Python 3.11
# behaviour: a power of two ints is an int under numba, whatever the sign of the exponent, and a positive power of a tenth
#   is cut to 0. A literal exponent, 10 ** -3, is compiled as a float: the same line is right until a variable takes the
#   place of the number. np.int64(10) ** -3 raises ValueError ("Integers to negative integer powers are not allowed").
#   10.0 ** -n is right everywhere. A training loop that is compiled with such a rate runs, and no weight moves.
# output:
#   10 ** -n: Python 0.001, njit 0
#   10 ** -3: Python 0.001, njit 0.001
#   10.0 ** -n: Python 0.001, njit 0.001
#   np.int64(10) ** -3: ValueError
#   weight after ten steps: Python 0.99, njit 1.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6
cat > rate.py <<'PYTHON'
import numpy as np
from numba import njit


@njit
def variable(n):
    return 10 ** -n


@njit
def literal(n):
    return 10 ** -3


@njit
def floating(n):
    return 10.0 ** -n


@njit
def train(n):
    weight = 1.0
    for _ in range(10):
        weight -= 10 ** -n * weight
    return weight


for name, function in (("10 ** -n", variable), ("10 ** -3", literal), ("10.0 ** -n", floating)):
    print(f"{name}: Python {function.py_func(3)}, njit {function(3)}")
try:
    np.int64(10) ** -3
except ValueError:
    print("np.int64(10) ** -3: ValueError")
print(f"weight after ten steps: Python {train.py_func(3):.2f}, njit {train(3)}")
PYTHON
environment/bin/python rate.py | tee said.txt
diff said.txt - <<'EXPECTED'
10 ** -n: Python 0.001, njit 0
10 ** -3: Python 0.001, njit 0.001
10.0 ** -n: Python 0.001, njit 0.001
np.int64(10) ** -3: ValueError
weight after ten steps: Python 0.99, njit 1.0
EXPECTED
