#!/usr/bin/env bash
# Keras' cross-entropy of the outputs 0.9 and 0.9, the second being right, is -log(0.5), not -log(0.9), and its gradient differs too.
#
# versions: keras 3.15.1 with jax 0.10.2 and numpy 2.4.6, Python 3.11
# behaviour: CategoricalCrossentropy divides outputs by their sum before it takes the logarithm, also for labels that are
#   numbers. Behind a softmax this changes nothing. Behind ten sigmoids, as in a network that forgot the softmax, the
#   loss looks sane, and its slopes are others than those of the formula: to outputs twice as large it is the same, and
#   the wrong class has a slope of its own. A gradient by hand that is right for -log(p) fails the comparison with Keras,
#   a wrong one may pass it. The page of the loss says only that outputs are taken for a distribution.
# output:
#   keras: loss 0.693, by label 0.693, of outputs twice as large 0.693, slopes [0.556, -0.556]
#   the formula: loss 0.105, slopes [0.0, -1.111]
#   behind a softmax: keras 0.313, the formula 0.313
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.4.6
cat > divides.py <<'PYTHON'
import jax
import jax.numpy as jnp
import keras

LABEL = jnp.array([[0.0, 1.0]])
OUTPUT = jnp.array([[0.9, 0.9]])


def by_keras(output: jax.Array) -> jax.Array:
    return keras.losses.CategoricalCrossentropy()(LABEL, output)


def by_formula(output: jax.Array) -> jax.Array:
    return -jnp.sum(LABEL * jnp.log(output))


def slopes(loss) -> list[float]:
    return [round(float(slope), 3) for slope in jax.grad(loss)(OUTPUT)[0]]


by_label = keras.losses.SparseCategoricalCrossentropy()(jnp.array([1]), OUTPUT)
print(f"keras: loss {by_keras(OUTPUT):.3f}, by label {by_label:.3f}, of outputs twice as large {by_keras(2 * OUTPUT):.3f}, slopes {slopes(by_keras)}")
print(f"the formula: loss {by_formula(OUTPUT):.3f}, slopes {slopes(by_formula)}".replace("-0.0,", "0.0,"))
softmax = jax.nn.softmax(jnp.array([[1.0, 2.0]]))
print(f"behind a softmax: keras {by_keras(softmax):.3f}, the formula {by_formula(softmax):.3f}")
PYTHON
KERAS_BACKEND=jax KERAS_HOME="$folder" JAX_PLATFORMS=cpu environment/bin/python divides.py | tee said.txt
diff said.txt - <<'EXPECTED'
keras: loss 0.693, by label 0.693, of outputs twice as large 0.693, slopes [0.556, -0.556]
the formula: loss 0.105, slopes [0.0, -1.111]
behind a softmax: keras 0.313, the formula 0.313
EXPECTED
