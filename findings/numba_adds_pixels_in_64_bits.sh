#!/usr/bin/env bash
# Under numba's njit the difference of the pixels 200 and 201 is 18446744073709551615, without it 255; their sum is 401 or 145.
#
# versions: numba 0.68.1, numpy 2.4.6, Python 3.11
# behaviour: single elements of a uint8 array become 64-bit integers in compiled arithmetic, as the result of every
#   operation has at least the machine's word. The difference of two stays unsigned: it does not become -1. With a
#   Python int beside it, it is signed. Whole arrays keep uint8, so a loop and its vectorized form differ in the
#   compiled function, and agree in the plain one. NumPy warns, numba does not.
# output:
#   p[0] + p[1]: plain 145, compiled 401
#   p[0] - p[1]: plain 255, compiled 18446744073709551615
#   p[0] - 201: plain 255, compiled -1
#   p[:1] + p[1:]: plain [145], compiled [145]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6
cat > pixels.py <<'PYTHON'
import numba
import numpy as np

pixels = np.array([200, 201], np.uint8)
functions = {
    "p[0] + p[1]": lambda p: p[0] + p[1],
    "p[0] - p[1]": lambda p: p[0] - p[1],
    "p[0] - 201": lambda p: p[0] - 201,
    "p[:1] + p[1:]": lambda p: p[:1] + p[1:],
}
for name, function in functions.items():
    print(f"{name}: plain {np.asarray(function(pixels)).tolist()}, compiled {np.asarray(numba.njit(function)(pixels)).tolist()}")
PYTHON
environment/bin/python -W ignore pixels.py | tee said.txt
diff said.txt - <<'EXPECTED'
p[0] + p[1]: plain 145, compiled 401
p[0] - p[1]: plain 255, compiled 18446744073709551615
p[0] - 201: plain 255, compiled -1
p[:1] + p[1:]: plain [145], compiled [145]
EXPECTED
