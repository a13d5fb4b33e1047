#!/usr/bin/env bash
# SciPy's minimize of a loss in float32 ends at its start, and says "Optimization terminated successfully".
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: without a gradient of the user, BFGS, L-BFGS-B, CG, SLSQP and TNC take differences with a step of 1.5e-8,
#   the root of float64's precision. A function that computes in float32 gives the same value there, so the gradient is
#   0 and the start counts as a minimum: success is True. approx_fprime gives 0 as well. Nelder-Mead, without a
#   gradient, finds the minimum, and so do all in float64.
# output: the minimum of w @ w from [3, -2]
#   in float32: BFGS [3, -2] L-BFGS-B [3, -2] CG [3, -2] SLSQP [3, -2] TNC [3, -2] Nelder-Mead [0, 0]
#   in float64: BFGS [0, 0] L-BFGS-B [0, 0] CG [0, 0] SLSQP [0, 0] TNC [0, 0] Nelder-Mead [0, 0]
#   approx_fprime: in float32 [0, 0], in float64 [6, -4]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 scipy==1.17.1
cat > descend.py <<'PYTHON'
import numpy as np
from scipy.optimize import approx_fprime, minimize

START = np.array([3.0, -2.0])
METHODS = "BFGS", "L-BFGS-B", "CG", "SLSQP", "TNC", "Nelder-Mead"


def loss(dtype):
    return lambda w: w.astype(dtype) @ w.astype(dtype)


def whole(numbers):
    return [round(float(number)) for number in numbers]


for name in ("float32", "float64"):
    ended = {method: minimize(loss(name), START, method=method) for method in METHODS}
    assert all(one.success for one in ended.values())
    print(f"in {name}:", *(f"{method} {whole(one.x)}" for method, one in ended.items()))
slopes = (f"in {name} {whole(approx_fprime(START, loss(name)))}" for name in ("float32", "float64"))
print("approx_fprime:", ", ".join(slopes))
PYTHON
environment/bin/python descend.py | tee said.txt
diff said.txt - <<'EXPECTED'
in float32: BFGS [3, -2] L-BFGS-B [3, -2] CG [3, -2] SLSQP [3, -2] TNC [3, -2] Nelder-Mead [0, 0]
in float64: BFGS [0, 0] L-BFGS-B [0, 0] CG [0, 0] SLSQP [0, 0] TNC [0, 0] Nelder-Mead [0, 0]
approx_fprime: in float32 [0, 0], in float64 [6, -4]
EXPECTED
