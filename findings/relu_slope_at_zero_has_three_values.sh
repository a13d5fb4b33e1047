#!/usr/bin/env bash
# The slope of a ReLU at 0 is 0, 0.5, 1 or nan to jax and autograd, depending on how the ReLU is written.
#
# versions: jax 0.10.2, autograd 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: all lines below compute the same numbers. Where its two arguments are equal, maximum shares the slope
#   between them, while a comparison decides for one side; of clip and abs the two libraries think differently.
#   Exactly 0 is no rare number: a black image or a dead layer gives it to every unit whose bias is 0, as biases are at
#   the start. Two right networks then differ in all gradients of such a sample, and random inputs never show it.
#   0.5 for jnp.maximum is meant so; jax.nn.relu is written anew in order to have 0.
# output:
#   relu: jax 0.0
#   maximum(x, 0): jax 0.5, autograd 0.5
#   clip(x, 0, 9): jax 0.5, autograd 0.0
#   where(x > 0, x, 0): jax 0.0, autograd 0.0
#   where(x >= 0, x, 0): jax 1.0, autograd 1.0
#   (x + abs(x)) / 2: jax 1.0, autograd 0.5
#   (x + sqrt(x * x)) / 2: jax nan, autograd nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 autograd==1.9.1 numpy==2.4.6
cat > slope.py <<'PYTHON'
import warnings

import autograd
import autograd.numpy
import jax
import jax.numpy

warnings.simplefilter("ignore")
RELUS = {
    "maximum(x, 0)": lambda np, x: np.maximum(x, 0.0),
    "clip(x, 0, 9)": lambda np, x: np.clip(x, 0.0, 9.0),
    "where(x > 0, x, 0)": lambda np, x: np.where(x > 0, x, 0.0),
    "where(x >= 0, x, 0)": lambda np, x: np.where(x >= 0, x, 0.0),
    "(x + abs(x)) / 2": lambda np, x: (x + np.abs(x)) / 2,
    "(x + sqrt(x * x)) / 2": lambda np, x: (x + np.sqrt(x * x)) / 2,
}
print("relu: jax", float(jax.grad(jax.nn.relu)(0.0)))
for name, relu in RELUS.items():
    by_jax = float(jax.grad(lambda x: relu(jax.numpy, x))(0.0))
    by_autograd = float(autograd.grad(lambda x: relu(autograd.numpy, x))(0.0))
    print(f"{name}: jax {by_jax}, autograd {by_autograd}")
PYTHON
JAX_PLATFORMS=cpu environment/bin/python slope.py | tee said.txt
diff said.txt - <<'EXPECTED'
relu: jax 0.0
maximum(x, 0): jax 0.5, autograd 0.5
clip(x, 0, 9): jax 0.5, autograd 0.0
where(x > 0, x, 0): jax 0.0, autograd 0.0
where(x >= 0, x, 0): jax 1.0, autograd 1.0
(x + abs(x)) / 2: jax 1.0, autograd 0.5
(x + sqrt(x * x)) / 2: jax nan, autograd nan
EXPECTED
