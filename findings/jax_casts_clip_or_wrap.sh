#!/usr/bin/env bash
# In JAX the number 300 becomes 255 by astype(uint8) if it is a float, and 44 if it is an integer; -1 becomes 0 or 255.
#
# versions: jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: astype of floats is XLA's conversion, which takes the nearest number that the type has, and 0 for nan; integers lose
#   their higher bits, as in NumPy. A difference of images is right as floats and has white dots as integers, by the same
#   line; .at[].set does the same, and int32 of 3e9 is 2147483647. In NumPy the cast of a float that does not fit is left to
#   the processor, with a RuntimeWarning; JAX warns of neither. Bitten is who ports the preprocessing of a network to JAX, and
#   compares pixels.
# output:
#   of floats, astype(uint8): [255, 0, 7]
#   of integers, astype(uint8): [44, 255, 7] by NumPy: [44, 255, 7]
#   nan and 3e9, astype(int32): [0, 2147483647]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 numpy==2.4.6
cat > casts.py <<'PYTHON'
import jax.numpy as jnp
import numpy as np

x = np.array([300.0, -1.0, 7.9], np.float32)
print("of floats, astype(uint8):", jnp.asarray(x).astype(jnp.uint8).tolist())
print("of integers, astype(uint8):", jnp.asarray(x.astype(np.int32)).astype(jnp.uint8).tolist(), "by NumPy:", x.astype(np.int32).astype(np.uint8).tolist())
print("nan and 3e9, astype(int32):", jnp.asarray([np.nan, 3e9]).astype(jnp.int32).tolist())
PYTHON
environment/bin/python -W ignore casts.py | tee said.txt
diff said.txt - <<'EXPECTED'
of floats, astype(uint8): [255, 0, 7]
of integers, astype(uint8): [44, 255, 7] by NumPy: [44, 255, 7]
nan and 3e9, astype(int32): [0, 2147483647]
EXPECTED
