#!/usr/bin/env bash
# The cross-entropy of the logits [0, -90] for the second class is inf by -jnp.log(jax.nn.softmax(z)), and 90 by NumPy, both in float32.
#
# versions: jax 0.10.2 on the CPU, numpy 2.4.6, Python 3.11
# behaviour: XLA flushes subnormal numbers, in float32 those below 1.2e-38, to 0, for speed; IEEE 754 and NumPy go on to 1.4e-45. So
#   exp(-88) is 0 in JAX: a probability, a learning rate times a slope, or a sigmoid of -88 vanishes, its logarithm is -inf, and
#   tests with "the same numbers in float32" differ by all of the loss. There is no flag in the array: x > 0 is False as well. Nothing
#   warns. jax.nn.log_softmax, which does not go through the probability, is right. Bitten is who compares an own network with JAX.
# output:
#   exp(-88): jax 0, NumPy 6.05e-39; exp(-87): jax 1.65e-38, NumPy 1.65e-38
#   probability: jax 0, NumPy 8.19e-40 (float32)
#   loss: jax inf, NumPy 90.000, jax log_softmax 90.000
#   1e-40 > 0: jax False, NumPy True; 1e-30 * 1e-10: jax 0, NumPy 1e-40
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 numpy==2.4.6
cat > small.py <<'PYTHON'
import jax
import jax.numpy as jnp
import numpy as np

z = np.array([0, -90], np.float32)
p = np.exp(z) / np.exp(z).sum()
print(f"exp(-88): jax {float(jnp.exp(jnp.float32(-88))):.3g}, NumPy {np.exp(np.float32(-88)):.3g}; exp(-87): jax {float(jnp.exp(jnp.float32(-87))):.3g}, NumPy {np.exp(np.float32(-87)):.3g}")
print(f"probability: jax {float(jax.nn.softmax(z)[1]):.3g}, NumPy {p[1]:.3g} ({p.dtype})")
print(f"loss: jax {-float(jnp.log(jax.nn.softmax(z))[1]):.3f}, NumPy {-np.log(p)[1]:.3f}, jax log_softmax {-float(jax.nn.log_softmax(z)[1]):.3f}")
small = np.float32(1e-40)
print(f"1e-40 > 0: jax {bool(jnp.asarray(small) > 0)}, NumPy {bool(small > 0)}; 1e-30 * 1e-10: jax {float(jnp.float32(1e-30) * jnp.float32(1e-10)):.3g}, NumPy {np.float32(1e-30) * np.float32(1e-10):.3g}")
PYTHON
environment/bin/python -W ignore small.py | tee said.txt
diff said.txt - <<'EXPECTED'
exp(-88): jax 0, NumPy 6.05e-39; exp(-87): jax 1.65e-38, NumPy 1.65e-38
probability: jax 0, NumPy 8.19e-40 (float32)
loss: jax inf, NumPy 90.000, jax log_softmax 90.000
1e-40 > 0: jax False, NumPy True; 1e-30 * 1e-10: jax 0, NumPy 1e-40
EXPECTED
