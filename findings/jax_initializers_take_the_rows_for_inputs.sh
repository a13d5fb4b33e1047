#!/usr/bin/env bash
# The weights of (128, 784) by jax.nn.initializers.lecun_normal have the spread of 128 inputs; the same array has 784 in W @ x.
#
# versions: jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: the initializers read a shape as (inputs, outputs), the order of x @ W. Networks written by hand, and PyTorch, have
#   (outputs, inputs), for W @ x, and the function cannot know. The weights are then 2.5 times as large as meant, and the
#   deviation passes a test that asks only for mean 0 and "small" numbers; glorot_normal is symmetric, and right by chance. With
#   in_axis=-1, out_axis=-2 all is right. The arguments are documented, and easily
#   overlooked. Bitten is who takes a library's start for the right one of an own network.
# output:
#   meant: 1 / sqrt(784) = 0.036, 1 / sqrt(128) = 0.088
#   lecun_normal(): 0.089
#   lecun_normal(in_axis=-1, out_axis=-2): 0.036
#   he_normal() / sqrt(2): 0.089
#   variance of W @ x, lecun_normal(): above 4 True
#   variance of W @ x, with the axes: above 4 False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 numpy==2.4.6
cat > starts.py <<'PYTHON'
import jax
import numpy as np

key, shape = jax.random.key(0), (128, 784)
starts = jax.nn.initializers
print(f"meant: 1 / sqrt(784) = {784**-0.5:.3f}, 1 / sqrt(128) = {128**-0.5:.3f}")
print(f"lecun_normal(): {float(np.std(starts.lecun_normal()(key, shape))):.3f}")
print(f"lecun_normal(in_axis=-1, out_axis=-2): {float(np.std(starts.lecun_normal(in_axis=-1, out_axis=-2)(key, shape))):.3f}")
print(f"he_normal() / sqrt(2): {float(np.std(starts.he_normal()(key, shape))) / 2**0.5:.3f}")
x = np.random.default_rng(0).normal(size=784)
for name, W in (("lecun_normal()", starts.lecun_normal()(key, shape)), ("with the axes", starts.lecun_normal(in_axis=-1, out_axis=-2)(key, shape))):
    print(f"variance of W @ x, {name}: above 4 {bool(np.var(np.asarray(W) @ x) > 4)}")
PYTHON
environment/bin/python -W ignore starts.py | tee said.txt
diff said.txt - <<'EXPECTED'
meant: 1 / sqrt(784) = 0.036, 1 / sqrt(128) = 0.088
lecun_normal(): 0.089
lecun_normal(in_axis=-1, out_axis=-2): 0.036
he_normal() / sqrt(2): 0.089
variance of W @ x, lecun_normal(): above 4 True
variance of W @ x, with the axes: above 4 False
EXPECTED
