#!/usr/bin/env bash
# numcodecs' Delta, a filter before a lossless compressor, gives other float weights back: of 100,000 in float32 hardly one is right.
#
# versions: numcodecs 0.16.6, numpy 2.4.6, Python 3.11
# behaviour: the filter stores differences, and adds them up again on reading, in the type of the array. For integers,
#   which wrap around, that is exact, in uint8 too. For floats each difference and each sum is rounded, and the errors
#   add up along the array: [1e8, 0.1, 0.2] comes back as [1e8, 0, 0.1], and weights get a random walk on top. It stands
#   among the filters with Shuffle and PackBits, which lose nothing, takes f4 and f8 as a type, and its page has no word
#   on floats. Its neighbour FixedScaleOffset is lossy by purpose, but wraps what does not fit its integers: 2.6 in
#   steps of a hundredth in u1 is 0.04. No warning. Bitten is who compresses arrays in zarr, and compares a network's
#   answers afterwards.
# output:
#   f4: [100000000.0, 0.0, 0.10000000149011612]
#   f8: [1e+16, 0.0, 1.0]
#   u1: [5, 3, 200]
#   weights that come back: fewer than 1 % True largest error above 1e-5 True
#   FixedScaleOffset: [0.0, 2.5, 0.04, 2.55]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numcodecs==0.16.6 numpy==2.4.6
cat > delta.py <<'PYTHON'
import numpy as np
from numcodecs import Delta, FixedScaleOffset


def back(codec, x):
    return codec.decode(codec.encode(x))


print("f4:", back(Delta(dtype="f4"), np.array([1e8, 0.1, 0.2], np.float32)).tolist())
print("f8:", back(Delta(dtype="f8"), np.array([1e16, 1.0, 2.0])).tolist())
print("u1:", back(Delta(dtype="u1"), np.array([5, 3, 200], np.uint8)).tolist())
weights = np.random.default_rng(7).normal(size=100_000).astype(np.float32)
came = back(Delta(dtype="f4"), weights)
print("weights that come back: fewer than 1 %", bool(np.mean(came == weights) < 0.01), "largest error above 1e-5", bool(np.max(np.abs(came - weights)) > 1e-5))
print("FixedScaleOffset:", np.round(back(FixedScaleOffset(offset=0, scale=100, dtype="f8", astype="u1"), np.array([0.0, 2.5, 2.6, -0.01])), 2).tolist())
PYTHON
environment/bin/python -W ignore delta.py | tee said.txt
diff said.txt - <<'EXPECTED'
f4: [100000000.0, 0.0, 0.10000000149011612]
f8: [1e+16, 0.0, 1.0]
u1: [5, 3, 200]
weights that come back: fewer than 1 % True largest error above 1e-5 True
FixedScaleOffset: [0.0, 2.5, 0.04, 2.55]
EXPECTED
