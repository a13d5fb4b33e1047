#!/usr/bin/env bash
# np.exp(x) and np.maximum(x, 0) of an array of array-api-strict work: code that calls NumPy by name passes for portable.
#
# versions: array-api-strict 2.6.1, numpy 2.4.6, Python 3.11
# behaviour: the library exists to find what is not in the standard: it refuses xp.exp of a NumPy array, x + a NumPy array, lists as an index
#   and a mean of integers. NumPy's functions, though, take its arrays by __array__, and give NumPy arrays, from
#   which on everything is allowed; np.float64(2) * x does so too, while x * np.float64(2) raises. A network with one np. left
#   over in its last line passes a test on array-api-strict, and fails on a device. Bitten is who tests that a network runs on
#   any library by running it on this one; to look at the type of each result helps.
# output:
#   np.exp(x): numpy.ndarray
#   np.maximum(x, 0): numpy.ndarray
#   np.einsum('ij->j', x): numpy.ndarray
#   np.ones((2, 2)) @ x: numpy.ndarray
#   np.float64(2) * x: numpy.ndarray
#   x * np.float64(2): TypeError
#   x + np.ones((2, 2)): TypeError
#   xp.exp(np.ones(2)): TypeError
#   a softmax with one np.sum, of its own array: TypeError
#   the last line as np.exp(z) / np.sum(np.exp(z)): numpy.ndarray
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check array-api-strict==2.6.1 numpy==2.4.6
cat > strict.py <<'PYTHON'
import array_api_strict as xp
import numpy as np

x = xp.asarray([[1.0, -2.0], [3.0, 4.0]])


def softmax(z):
    e = xp.exp(z - xp.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


CALLS = {
    "np.exp(x)": lambda: np.exp(x),
    "np.maximum(x, 0)": lambda: np.maximum(x, 0),
    "np.einsum('ij->j', x)": lambda: np.einsum("ij->j", x),
    "np.ones((2, 2)) @ x": lambda: np.ones((2, 2)) @ x,
    "np.float64(2) * x": lambda: np.float64(2) * x,
    "x * np.float64(2)": lambda: x * np.float64(2),
    "x + np.ones((2, 2))": lambda: x + np.ones((2, 2)),
    "xp.exp(np.ones(2))": lambda: xp.exp(np.ones(2)),
    "a softmax with one np.sum, of its own array": lambda: softmax(x),
    "the last line as np.exp(z) / np.sum(np.exp(z))": lambda: np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True),
}
for name, call in CALLS.items():
    try:
        came = call()
        print(f"{name}: {type(came).__module__.split('.')[0]}.{type(came).__name__}")
    except TypeError:
        print(f"{name}: TypeError")
PYTHON
environment/bin/python -W error strict.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.exp(x): numpy.ndarray
np.maximum(x, 0): numpy.ndarray
np.einsum('ij->j', x): numpy.ndarray
np.ones((2, 2)) @ x: numpy.ndarray
np.float64(2) * x: numpy.ndarray
x * np.float64(2): TypeError
x + np.ones((2, 2)): TypeError
xp.exp(np.ones(2)): TypeError
a softmax with one np.sum, of its own array: TypeError
the last line as np.exp(z) / np.sum(np.exp(z)): numpy.ndarray
EXPECTED
