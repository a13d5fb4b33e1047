#!/usr/bin/env bash
# The mean of 33,554,432 ones in float32 is 0.5 by bottleneck's nanmean and by numba; NumPy's is 1.
#
# versions: bottleneck 1.6.0, numba 0.68.1, numpy 2.4.6, Python 3.11
# behaviour: both add one number after the other in float32, where 16777216 + 1 is 16777216: the sum stays there. NumPy
#   adds pairwise. bottleneck is a drop-in replacement "for speed" and np.mean under njit is NumPy's name, so that the
#   same line gives another mean. In float64 all agree.
# output:
#   float32: NumPy 1.0, NumPy nanmean 1.0, bottleneck nanmean 0.5, numba 0.5
#   float64: NumPy 1.0, NumPy nanmean 1.0, bottleneck nanmean 1.0, numba 1.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check bottleneck==1.6.0 numba==0.68.1 numpy==2.4.6
cat > ones.py <<'PYTHON'
import bottleneck
import numba
import numpy as np

ones = np.ones(2**25, np.float32)
means = {"NumPy": np.mean, "NumPy nanmean": np.nanmean, "bottleneck nanmean": bottleneck.nanmean, "numba": numba.njit(lambda x: np.mean(x))}
for kind in (np.float32, np.float64):
    x = ones.astype(kind)
    print(f"{x.dtype}:", ", ".join(f"{name} {float(mean(x))}" for name, mean in means.items()))
PYTHON
environment/bin/python -W error ones.py | tee said.txt
diff said.txt - <<'EXPECTED'
float32: NumPy 1.0, NumPy nanmean 1.0, bottleneck nanmean 0.5, numba 0.5
float64: NumPy 1.0, NumPy nanmean 1.0, bottleneck nanmean 1.0, numba 1.0
EXPECTED
