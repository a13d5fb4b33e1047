#!/usr/bin/env bash
# SciPy's softmax of the uint8 values 200 and 100 is 0 and nan, and its log_softmax of 100 and 200 is -inf twice.
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: the function subtracts the largest value first, so that nothing overflows. In uint8 the difference 100 -
#   200 wraps around to 156, and NumPy computes exp of a uint8 in float16, where that overflows. A warning on the
#   overflow in exp is the only sign. Of 1 and 3, the difference 254 does the same. logsumexp of the same values is
#   right, and so is softmax of int64.
# output:
#   softmax of [200, 100]: uint8 [0.0, nan], int64 [1.0, 0.0]
#   softmax of [1, 3]: uint8 [nan, 0.0], int64 [0.119, 0.881]
#   log_softmax of [100, 200]: [-inf, -inf] int64: [-100.0, 0.0]
#   logsumexp of [100, 200]: 200.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > scores.py <<'PYTHON'
import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

for values in ([200, 100], [1, 3]):
    scores = np.array(values, np.uint8)
    print(f"softmax of {values}: uint8 {softmax(scores).tolist()}, int64 {np.round(softmax(scores.astype(int)), 3).tolist()}")
scores = np.array([100, 200], np.uint8)
print("log_softmax of [100, 200]:", log_softmax(scores).tolist(), "int64:", log_softmax(scores.astype(int)).tolist())
print("logsumexp of [100, 200]:", logsumexp(scores))
PYTHON
environment/bin/python -W ignore scores.py | tee said.txt
diff said.txt - <<'EXPECTED'
softmax of [200, 100]: uint8 [0.0, nan], int64 [1.0, 0.0]
softmax of [1, 3]: uint8 [nan, 0.0], int64 [0.119, 0.881]
log_softmax of [100, 200]: [-inf, -inf] int64: [-100.0, 0.0]
logsumexp of [100, 200]: 200.0
EXPECTED
