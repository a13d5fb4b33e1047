#!/usr/bin/env bash
# In a kernel of NVIDIA's Warp 7 / 10 is 0, -7 % 3 is -1 beside -7 // 2, which is -4, round(2.5) is 3, and the larger of nan and 1 is 1: the same lines of Python give 0.7, 2, -4 and 2.
#
# versions: warp-lang 1.19.0, numpy 2.4.6, Python 3.11 (on the CPU)
# behaviour: a function under @wp.kernel is Python in its syntax, compiled as C++. / of two integers, counts of hits
#   and images for example, cuts the fraction, so that an accuracy is 0 until it is 1; % has the sign of the number,
#   while // rounds down as in Python, so that (a // b) * b + a % b is not a. wp.round takes halves away from zero;
#   wp.rint rounds as Python. max, min and clamp lose a nan, whichever argument it is: a loss that broke is clamped to
#   the lower bound. Types are not mixed, int / float is refused, so that a float there is a matter of a cast:
#   float(hits) / float(images).
# output:
#   hits / images: Warp 0, Python or NumPy 0.7
#   -hits % 3: Warp -1, Python or NumPy 2
#   -hits // 2: Warp -4, Python or NumPy -4
#   round(2.5): Warp 3, Python or NumPy 2
#   rint(2.5): Warp 2, Python or NumPy 2
#   max(nan, 1): Warp 1, Python or NumPy nan
#   max(1, nan): Warp 1, Python or NumPy nan
#   min(nan, 1): Warp 1, Python or NumPy nan
#   clamp(nan, 0, 1): Warp 0, Python or NumPy nan
#   max(nan, 0): Warp 0, Python or NumPy nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check warp-lang==1.19.0 numpy==2.4.6
cat > kernel.py <<'PYTHON'
import numpy as np
import warp as wp

wp.config.quiet = True
wp.init()
NAMES = ["hits / images", "-hits % 3", "-hits // 2", "round(2.5)", "rint(2.5)"]
NAMES += ["max(nan, 1)", "max(1, nan)", "min(nan, 1)", "clamp(nan, 0, 1)", "max(nan, 0)"]


@wp.kernel
def compute(hits: int, images: int, nan: float, said: wp.array(dtype=float)):
    said[0] = float(hits / images)
    said[1] = float(-hits % 3)
    said[2] = float(-hits // 2)
    said[3] = wp.round(2.5)
    said[4] = wp.rint(2.5)
    said[5] = wp.max(nan, 1.0)
    said[6] = wp.max(1.0, nan)
    said[7] = wp.min(nan, 1.0)
    said[8] = wp.clamp(nan, 0.0, 1.0)
    said[9] = wp.max(nan, 0.0)


said = wp.zeros(10, dtype=float, device="cpu")
wp.launch(compute, dim=1, inputs=[7, 10, float("nan"), said], device="cpu")
hits, images, nan = 7, 10, float("nan")
python = [hits / images, -hits % 3, -hits // 2, round(2.5), round(2.5)]
numpy = [np.maximum(nan, 1), np.maximum(1, nan), np.minimum(nan, 1), np.clip(nan, 0, 1), np.maximum(nan, 0)]
file = open("lines.txt", "w")
for name, theirs, ours in zip(NAMES, said.numpy(), python + numpy):
    print(f"{name}: Warp {theirs:g}, Python or NumPy {ours:g}", file=file)
PYTHON
{ WARP_CACHE_PATH="$folder/cache" environment/bin/python kernel.py > log.txt 2>&1; cat lines.txt; } | tee said.txt
diff said.txt - <<'EXPECTED'
hits / images: Warp 0, Python or NumPy 0.7
-hits % 3: Warp -1, Python or NumPy 2
-hits // 2: Warp -4, Python or NumPy -4
round(2.5): Warp 3, Python or NumPy 2
rint(2.5): Warp 2, Python or NumPy 2
max(nan, 1): Warp 1, Python or NumPy nan
max(1, nan): Warp 1, Python or NumPy nan
min(nan, 1): Warp 1, Python or NumPy nan
clamp(nan, 0, 1): Warp 0, Python or NumPy nan
max(nan, 0): Warp 0, Python or NumPy nan
EXPECTED
