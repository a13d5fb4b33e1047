#!/usr/bin/env bash
# A label 10 of ten classes is a row of zeros to jax.nn.one_hot and a loss of nan to optax; -1 is a row of zeros, or class 9.
#
# versions: jax 0.10.2, optax 0.2.8, numpy 2.4.6, Python 3.11
# behaviour: no index raises in JAX. A row of zeros makes a loss of 0 with every output, the best possible one. optax's
#   loss with integer labels takes -1 as Python's index, the last class, so that an unknown label, as -1 usually means,
#   is trained as a 9. Reading beyond an array gives its last element, and writing there does nothing.
# output:
#   labels: [9, 10, -1] sums of one_hot: [1.0, 0.0, 0.0]
#   loss by one_hot: [0.459, -0.0, -0.0]
#   loss by labels: [0.459, nan, 0.459]
#   arange(3)[5]: 2 after .at[5].set(9): [0, 1, 2]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 optax==0.2.8 numpy==2.4.6
cat > labels.py <<'PYTHON'
import jax
import jax.numpy as jnp
import optax

scores, labels = jnp.arange(10.0), jnp.array([9, 10, -1])
one_hot = jax.nn.one_hot(labels, 10)
print("labels:", labels.tolist(), "sums of one_hot:", one_hot.sum(axis=1).tolist())
by_rows = optax.softmax_cross_entropy(jnp.stack([scores] * 3), one_hot)
print("loss by one_hot:", [round(float(loss), 3) for loss in by_rows])
by_labels = optax.softmax_cross_entropy_with_integer_labels(jnp.stack([scores] * 3), labels)
print("loss by labels:", [round(float(loss), 3) for loss in by_labels])
print("arange(3)[5]:", int(jnp.arange(3)[5]), "after .at[5].set(9):", jnp.arange(3).at[5].set(9).tolist())
PYTHON
environment/bin/python labels.py | tee said.txt
diff said.txt - <<'EXPECTED'
labels: [9, 10, -1] sums of one_hot: [1.0, 0.0, 0.0]
loss by one_hot: [0.459, -0.0, -0.0]
loss by labels: [0.459, nan, 0.459]
arange(3)[5]: 2 after .at[5].set(9): [0, 1, 2]
EXPECTED
