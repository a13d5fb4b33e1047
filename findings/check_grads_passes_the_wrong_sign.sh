#!/usr/bin/env bash
# JAX's check_grads passes a gradient with the wrong sign, or of zeros, if the loss is small: a thousandth of a cross-entropy in float32.
#
# versions: jax 0.10.2, pytensor 3.0.7, autograd 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: a slope along a random direction is compared with a difference. The tolerance is absolute as well as relative, 0.002 in
#   float32 and 1e-5 in float64, and looks at neither the loss nor the gradient: where both slopes are below, nothing is
#   compared. A mean over a batch or over pixels, or a sum with a small weight, is enough. The right gradient passes too, so that
#   a green test says nothing. PyTensor's verify_grad takes the smaller of the two errors and is as blind at a
#   hundred-thousandth; autograd's check_grads has 1e-6. Multiply the loss by a large number before the check.
# output:
#   1 of the cross-entropy, JAX, float32 passes: right
#   1 of the cross-entropy, JAX, float64 passes: right
#   1 of the cross-entropy, PyTensor passes: right
#   1 of the cross-entropy, autograd passes: right
#   0.001 of the cross-entropy, JAX, float32 passes: right twice zeros minus
#   0.001 of the cross-entropy, JAX, float64 passes: right
#   0.001 of the cross-entropy, PyTensor passes: right
#   0.001 of the cross-entropy, autograd passes: right
#   1e-05 of the cross-entropy, JAX, float32 passes: right twice zeros minus
#   1e-05 of the cross-entropy, JAX, float64 passes: right twice zeros minus
#   1e-05 of the cross-entropy, PyTensor passes: right twice zeros minus
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 pytensor==3.0.7 autograd==1.9.1 numpy==2.4.6
cat > slopes.py <<'PYTHON'
import autograd.test_util
import jax
import jax.numpy as jnp
import numpy as np
import pytensor
import pytensor.tensor as pt
from autograd.extend import defvjp, primitive
from jax.test_util import check_grads

W = np.random.default_rng(0).normal(size=(10, 784)) / 28
X = np.random.default_rng(1).random(784)
LABEL = np.eye(10)[0]
GRADIENTS = {"right": 1.0, "twice": 2.0, "zeros": 0.0, "minus": -1.0}


def cross_entropy(x):
    z = W @ x
    return np.log(np.exp(z).sum()) - z[0]


def slope(x):
    e = np.exp(W @ x)
    return W.T @ (e / e.sum() - LABEL)


def in_jax(scale, factor, dtype):
    jax.config.update("jax_enable_x64", dtype == "float64")
    weights, label = jnp.asarray(W, dtype), jnp.asarray(LABEL, dtype)
    loss = jax.custom_vjp(lambda x: -jax.nn.log_softmax(weights @ x)[0] * scale)
    loss.defvjp(
        lambda x: (loss(x), jax.nn.softmax(weights @ x)),
        lambda output, g: (weights.T @ (output - label) * (scale * factor) * g,),
    )
    check_grads(loss, (jnp.asarray(X, dtype),), order=1, modes=["rev"])


def in_autograd(scale, factor):
    loss = primitive(lambda x: cross_entropy(x) * scale)
    defvjp(loss, lambda answer, x: lambda g: g * slope(x) * scale * factor)
    autograd.test_util.check_grads(loss, modes=["rev"], order=1)(X)


def in_pytensor(scale, factor):
    class Loss(pytensor.graph.op.Op):
        __props__ = ()

        def make_node(self, x):
            return pytensor.graph.basic.Apply(self, [pt.as_tensor(x)], [pt.dscalar()])

        def perform(self, node, inputs, outputs):
            outputs[0][0] = np.asarray(cross_entropy(inputs[0]) * scale)

        def pullback(self, inputs, outputs, gradients):
            output = pt.special.softmax(pt.as_tensor(W) @ inputs[0])
            return [pt.as_tensor(W.T) @ (output - LABEL) * (scale * factor) * gradients[0]]

    pytensor.gradient.verify_grad(Loss(), [X], rng=np.random.default_rng(2))


CHECKS = {
    "JAX, float32": lambda s, f: in_jax(s, f, "float32"),
    "JAX, float64": lambda s, f: in_jax(s, f, "float64"),
    "PyTensor": in_pytensor,
    "autograd": in_autograd,
}
for scale in (1, 1e-3, 1e-5):
    for name, check in CHECKS.items() if scale > 1e-5 else list(CHECKS.items())[:3]:
        np.random.seed(0)  # autograd's direction
        passed = []
        for gradient, factor in GRADIENTS.items():
            try:
                check(scale, factor)
                passed.append(gradient)
            except (AssertionError, pytensor.gradient.GradientError):
                pass
        print(f"{scale:g} of the cross-entropy, {name} passes:", *passed)
PYTHON
JAX_PLATFORMS=cpu environment/bin/python slopes.py 2>errors.txt | tee said.txt || { cat errors.txt >&2; exit 1; }
diff said.txt - <<'EXPECTED'
1 of the cross-entropy, JAX, float32 passes: right
1 of the cross-entropy, JAX, float64 passes: right
1 of the cross-entropy, PyTensor passes: right
1 of the cross-entropy, autograd passes: right
0.001 of the cross-entropy, JAX, float32 passes: right twice zeros minus
0.001 of the cross-entropy, JAX, float64 passes: right
0.001 of the cross-entropy, PyTensor passes: right
0.001 of the cross-entropy, autograd passes: right
1e-05 of the cross-entropy, JAX, float32 passes: right twice zeros minus
1e-05 of the cross-entropy, JAX, float64 passes: right twice zeros minus
1e-05 of the cross-entropy, PyTensor passes: right twice zeros minus
EXPECTED
