#!/usr/bin/env bash
# xarray's mean of the marks 200 and 100 in uint8 is 150, and 22 if they are weighted by a mask that is True for both; their integral is 22.
#
# versions: xarray 2026.9.0, pandas 3.1.1, numpy 2.4.6, Python 3.11
# behaviour: Most of xarray's reductions of small integers add in 64 bits or in floats: mean, sum, rolling, coarsen,
#   groupby and cumsum are right. weighted() makes a dot product of the data and the weights, which stays in uint8 if
#   the weights are bool or uint8, and wraps; the sum of the weights, by which it divides, is made of integers. With
#   weights of int64 or floats the result is right. The weighted variance is far off, too. integrate and
#   cumulative_integrate add neighbours before they halve them, in uint8. np.average with the same weights is 150.
# output:
#   weights of uint8: mean 22, sum 44, var 18884
#   weights of bool: mean 22, sum 44, var 18884
#   weights of int64: mean 150, sum 300, var 2500
#   weights of float64: mean 150, sum 300, var 2500
#   without weights: mean 150, sum 300, var 2500
#   rolling mean 150, integral 22, of floats 150, np.average 150
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check xarray==2026.9.0 pandas==3.1.1 numpy==2.4.6
cat > marks.py <<'PYTHON'
import numpy as np
import xarray as xr

marks = xr.DataArray(np.array([200, 100], np.uint8), dims="student", coords={"student": [0, 1]})
ones = xr.ones_like(marks)
for name, weights in (("uint8", ones), ("bool", ones.astype(bool)), ("int64", ones.astype(np.int64)), ("float64", ones.astype(float))):
    weighted = marks.weighted(weights)
    print(f"weights of {name}: mean {weighted.mean().item():g}, sum {weighted.sum().item():g}, var {weighted.var().item():g}")
print(f"without weights: mean {marks.mean().item():g}, sum {marks.sum().item():g}, var {marks.var().item():g}")
print(f"rolling mean {marks.rolling(student=2).mean().values[1]:g}, integral {marks.integrate('student').item():g}", end=", ")
print(f"of floats {marks.astype(float).integrate('student').item():g}, np.average {np.average(marks, weights=ones):g}")
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
weights of uint8: mean 22, sum 44, var 18884
weights of bool: mean 22, sum 44, var 18884
weights of int64: mean 150, sum 300, var 2500
weights of float64: mean 150, sum 300, var 2500
without weights: mean 150, sum 300, var 2500
rolling mean 150, integral 22, of floats 150, np.average 150
EXPECTED
