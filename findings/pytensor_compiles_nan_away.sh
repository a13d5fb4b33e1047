#!/usr/bin/env bash
# PyTensor's compiled x != x finds no nan, and x - x, 0 * x and x / x of nan are 0, 0 and 1; without its rewrites nan.
#
# versions: pytensor 3.0.7, numpy 2.4.6, Python 3.11
# behaviour: before it compiles, PyTensor simplifies an expression as in a textbook: x - x is 0, x / x is 1, x == x is True. This
#   does not hold for nan and inf, nor x / x at 0. A weight of 0 cleans a loss that went to nan, a normalisation by itself makes
#   1 of it, and x != x, the usual test for nan, finds none; isnan finds it. All modes with a name, FAST_COMPILE too, and eval()
#   do so; the other numbers come only from a mode made without rewrites.
# output:
#   x = [0, nan, inf, -2]
#   x != x: fast_run [False, False, False, False], without rewrites [False, True, False, False]
#   x - x: fast_run [0.0, 0.0, 0.0, 0.0], without rewrites [0.0, nan, nan, 0.0]
#   0 * x: fast_run [0.0, 0.0, 0.0, 0.0], without rewrites [0.0, nan, nan, -0.0]
#   x / x: fast_run [1.0, 1.0, 1.0, 1.0], without rewrites [nan, nan, nan, 1.0]
#   isnan(x): fast_run [False, True, False, False], without rewrites [False, True, False, False]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytensor==3.0.7 numpy==2.4.6
cat > modes.py <<'PYTHON'
import numpy as np
import pytensor
import pytensor.tensor as pt

x = pt.dvector("x")
numbers = np.array([0.0, np.nan, np.inf, -2.0])
print("x = [0, nan, inf, -2]")
for name, expression in {
    "x != x": pt.neq(x, x),
    "x - x": x - x,
    "0 * x": 0 * x,
    "x / x": x / x,
    "isnan(x)": pt.isnan(x),
}.items():
    fast, plain = (
        pytensor.function([x], expression, mode=pytensor.compile.mode.Mode("py", rewrites))(numbers).tolist()
        for rewrites in ("fast_run", None)
    )
    print(f"{name}: fast_run {fast}, without rewrites {plain}")
PYTHON
PYTENSOR_FLAGS="base_compiledir=$folder/compiled,cxx=" environment/bin/python -W ignore modes.py 2> noise.txt | tee said.txt
diff said.txt - <<'EXPECTED'
x = [0, nan, inf, -2]
x != x: fast_run [False, False, False, False], without rewrites [False, True, False, False]
x - x: fast_run [0.0, 0.0, 0.0, 0.0], without rewrites [0.0, nan, nan, 0.0]
0 * x: fast_run [0.0, 0.0, 0.0, 0.0], without rewrites [0.0, nan, nan, -0.0]
x / x: fast_run [1.0, 1.0, 1.0, 1.0], without rewrites [nan, nan, nan, 1.0]
isnan(x): fast_run [False, True, False, False], without rewrites [False, True, False, False]
EXPECTED
