#!/usr/bin/env bash
# da.linalg.norm of a uint8 image is 17.7 where NumPy's is 339.1; the mean of float16 is inf in Dask, and np.unique's count of nan is 0.
#
# versions: dask 2026.8.0, numpy 2.4.6, Python 3.11
# behaviour: NumPy's norm converts integers to floats first; Dask's squares them in their own type, where 200 * 200 is 64,
#   and sums afterwards. np.mean adds float16 in float32, Dask's mean in float16, chunk by chunk. np.unique counts the nan of
#   an array together; da.unique counts each value by ==, which nan is not: the counts sum up to less than the array has. The
#   dot product of uint8 wraps around in NumPy and is a uint64 in Dask, so that neither is the safe one. Bitten is who puts
#   da. in place of np. in a training or its measures.
# output:
#   norm of pixels: NumPy 339.1, Dask 17.7
#   mean of float16: NumPy 20.0, Dask inf
#   counts of [3, nan, 1, 2]: NumPy [1, 1, 1, 1], Dask [1, 1, 1, 0]
#   product of pixels: NumPy 56, Dask 312
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check 'dask[array]==2026.8.0' numpy==2.4.6
cat > measures.py <<'PYTHON'
import dask.array as da
import numpy as np

pixels = np.array([200, 100, 50, 250], np.uint8)
half = np.full(5000, 20, np.float16)
losses = np.array([3, np.nan, 1, 2])
image, halves, lost = (da.from_array(x, chunks=2) for x in (pixels, half, losses))
print(f"norm of pixels: NumPy {np.linalg.norm(pixels):.1f}, Dask {da.linalg.norm(image).compute():.1f}")
print(f"mean of float16: NumPy {np.mean(half)}, Dask {da.mean(halves).compute()}")
counts = np.unique(losses, return_counts=True)[1].tolist()
print(f"counts of [3, nan, 1, 2]: NumPy {counts}, Dask {da.unique(lost, return_counts=True)[1].compute().tolist()}")
print(f"product of pixels: NumPy {np.dot(pixels, pixels)}, Dask {da.dot(image, image).compute()}")
PYTHON
environment/bin/python -W ignore measures.py | tee said.txt
diff said.txt - <<'EXPECTED'
norm of pixels: NumPy 339.1, Dask 17.7
mean of float16: NumPy 20.0, Dask inf
counts of [3, nan, 1, 2]: NumPy [1, 1, 1, 1], Dask [1, 1, 1, 0]
product of pixels: NumPy 56, Dask 312
EXPECTED
