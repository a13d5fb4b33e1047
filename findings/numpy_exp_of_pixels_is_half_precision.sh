#!/usr/bin/env bash
# np.exp of a uint8 image is inf from the grey level 12 on, and np.sqrt has three digits: both compute in float16.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: pixels / 255 and np.mean(pixels) are float64. The functions of one argument (exp, sqrt, log, tanh, sin) take
#   the smallest float that holds all uint8, which is float16: the largest number is 65504, and e^12 is 162755. A sigmoid
#   or softmax of raw pixels then fails at 12 instead of 710. int16 gives float32, int32 gives float64, so that the type
#   of the file decides. float16 spreads: a sum of sqrt(pixels) stays float16, and of 10,000 pixels of 100 it is inf.
#   The table of types is documented (np.exp.types); jax computes the same in float32.
# output:
#   exp of 11 and 12: uint8 59872 and inf, int16 59874 and 162755, int64 59874 and 162755
#   sqrt of 200: uint8 14.140625, int64 14.142136; pixels / 255: float64
#   sum of 10,000 roots of 100: uint8 inf, int64 100000.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > half.py <<'PYTHON'
import warnings

import numpy as np

warnings.simplefilter("ignore")
powers = {name: np.exp(np.array([11, 12], dtype=name)) for name in ("uint8", "int16", "int64")}
print("exp of 11 and 12:", ", ".join(f"{name} {power[0]:.0f} and {power[1]:.0f}" for name, power in powers.items()))
pixels = np.full(10000, 100, dtype=np.uint8)
print(f"sqrt of 200: uint8 {np.sqrt(np.uint8(200))}, int64 {np.sqrt(np.int64(200)):.6f}; pixels / 255: {(pixels / 255).dtype}")
print(f"sum of 10,000 roots of 100: uint8 {np.sqrt(pixels).sum()}, int64 {np.sqrt(pixels.astype(int)).sum()}")
PYTHON
environment/bin/python half.py | tee said.txt
diff said.txt - <<'EXPECTED'
exp of 11 and 12: uint8 59872 and inf, int16 59874 and 162755, int64 59874 and 162755
sqrt of 200: uint8 14.140625, int64 14.142136; pixels / 255: float64
sum of 10,000 roots of 100: uint8 inf, int64 100000.0
EXPECTED
