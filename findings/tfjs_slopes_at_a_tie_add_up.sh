#!/usr/bin/env bash
# In TensorFlow.js the slopes of max at [3, 3, 1] are 1, 1 and 0, and that of abs at 0 is -1.
#
# versions: @tensorflow/tfjs 4.22.0 (CPU, Node 20), jax 0.10.2, autograd 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: where several numbers are the largest, their slopes have to add up to 1: JAX shares it between them, and a
#   rule that picks one would do. TensorFlow.js gives all of it to each, so that a step moves the largest twice as far
#   as the slope says. A ReLU as maximum(x, 0) has the slope 1 at 0, where tf.relu has 0, and one by clipByValue 1. abs
#   takes the slope of -x at 0 (JAX that of x, autograd 0), which pushes weights off zero where a penalty on their
#   absolute values should keep them. Equal numbers are no rare case: outputs of dead units and pixels of black paper
#   are all 0. Bitten is who compares gradients of a page with those of Python.
# output:
#   TensorFlow.js
#     max at [3, 3, 1]: [1,1,0]
#     maximum(x, x) at 3: [1]
#     maximum(x, 0), relu, clip at 0: [1] [0] [1]
#     abs at 0: [-1]
#   JAX
#     max at [3, 3, 1]: [0.5, 0.5, 0.0]
#     maximum(x, x) at 3: 1.0
#     abs at 0: 1.0
#   autograd
#     max at [3, 3, 1]: [0.5, 0.5, 0.0]
#     maximum(x, x) at 3: 1.0
#     abs at 0: 0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 autograd==1.9.1 numpy==2.4.6
cat > slopes.js <<'JS'
const tf = require('@tensorflow/tfjs');

const slopes = (f, x) => JSON.stringify(Array.from(tf.grad(f)(tf.tensor1d(x)).dataSync()));
console.log('TensorFlow.js');
console.log('  max at [3, 3, 1]:', slopes((x) => tf.max(x), [3, 3, 1]));
console.log('  maximum(x, x) at 3:', slopes((x) => tf.maximum(x, x), [3]));
console.log('  maximum(x, 0), relu, clip at 0:', slopes((x) => tf.maximum(x, 0), [0]), slopes((x) => tf.relu(x), [0]), slopes((x) => tf.clipByValue(x, 0, 9), [0]));
console.log('  abs at 0:', slopes((x) => tf.abs(x), [0]));
JS
cat > slopes.py <<'PYTHON'
import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np

for name, grad, np_ in (("JAX", jax.grad, jnp), ("autograd", autograd.grad, anp)):
    print(name)
    print("  max at [3, 3, 1]:", grad(lambda x: np_.max(x))(np.array([3.0, 3.0, 1.0])).tolist())
    print("  maximum(x, x) at 3:", float(grad(lambda x: np_.maximum(x, x))(3.0)))
    print("  abs at 0:", float(grad(lambda x: np_.abs(x))(0.0)))
PYTHON
{
    node slopes.js 2> noise.txt | grep -vE '^=|^$|Hi, looks|^of '
    environment/bin/python -W ignore slopes.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
TensorFlow.js
  max at [3, 3, 1]: [1,1,0]
  maximum(x, x) at 3: [1]
  maximum(x, 0), relu, clip at 0: [1] [0] [1]
  abs at 0: [-1]
JAX
  max at [3, 3, 1]: [0.5, 0.5, 0.0]
  maximum(x, x) at 3: 1.0
  abs at 0: 1.0
autograd
  max at [3, 3, 1]: [0.5, 0.5, 0.0]
  maximum(x, x) at 3: 1.0
  abs at 0: 0.0
EXPECTED
