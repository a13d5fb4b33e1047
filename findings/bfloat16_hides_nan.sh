#!/usr/bin/env bash
# In ml_dtypes' bfloat16 np.sort leaves [2, nan, 1] as it is and nine numbers with a nan have a median; the mean of ones in int4 is 0.
#
# versions: ml_dtypes 0.6.0, numpy 2.4.6, jax 0.10.2, Python 3.11
# behaviour: NumPy's functions take arrays of these types, but without the care that they have for its own. np.sort does not put nan
#   last, np.median looks for it there, and so a layer that went to nan has a median. The sum of int8 is an int64; that of int4 is an
#   int4 and wraps around at 8. Mean and std of float16 add in float32; in bfloat16 one is added after the other, and 256 + 1 is 256
#   there (known since issue 63 of ml_dtypes), so that 1000 equal numbers have a deviation of 0.5. No warning, and JAX, whose types
#   these are, says 1 of the same array. Bitten is who looks at weights or losses from JAX by NumPy; .astype(np.float32) first is right.
# output:
#   float16: mean 1.0, sum 1000.0, std 0.0, sorted [1.0, 2.0, nan], median of nine with a nan nan, mean by JAX 1.0
#   bfloat16: mean 0.255859375, sum 256.0, std 0.50390625, sorted [2.0, nan, 1.0], median of nine with a nan 3.0, mean by JAX 1.0
#   int8: mean 1.0, sum 1000 in int64
#   int4: mean 0.0, sum -8 in int4
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2
cat > ones.py <<'PYTHON'
import jax.numpy as jnp
import ml_dtypes
import numpy as np

for kind in (np.float16, ml_dtypes.bfloat16):
    ones, few, nine = np.ones(1000, kind), np.array([2, np.nan, 1], kind), np.array([5, 1, np.nan, 9, 2, 3, 4, 6, 7], kind)
    print(f"{kind.__name__}: mean {float(ones.mean())}, sum {float(ones.sum())}, std {float(ones.std())}", end="")
    print(f", sorted {np.sort(few).astype(float).tolist()}, median of nine with a nan {float(np.median(nine))}", end="")
    print(f", mean by JAX {float(jnp.mean(jnp.asarray(ones)))}")
for kind in (np.int8, ml_dtypes.int4):
    ones = np.ones(1000, kind)
    print(f"{kind.__name__}: mean {float(ones.mean())}, sum {int(ones.sum())} in {ones.sum().dtype}")
PYTHON
JAX_PLATFORMS=cpu environment/bin/python -W error ones.py 2>errors.txt | tee said.txt || { cat errors.txt >&2; exit 1; }
diff said.txt - <<'EXPECTED'
float16: mean 1.0, sum 1000.0, std 0.0, sorted [1.0, 2.0, nan], median of nine with a nan nan, mean by JAX 1.0
bfloat16: mean 0.255859375, sum 256.0, std 0.50390625, sorted [2.0, nan, 1.0], median of nine with a nan 3.0, mean by JAX 1.0
int8: mean 1.0, sum 1000 in int64
int4: mean 0.0, sum -8 in int4
EXPECTED
