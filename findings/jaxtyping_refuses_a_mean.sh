#!/usr/bin/env bash
# jaxtyping's Float[np.ndarray, ""], a float array without axes, refuses np.mean(x), x.sum() and w @ x; with JAX's arrays it takes them.
#
# versions: jaxtyping 0.3.11, beartype 0.23.1, jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: the empty shape is jaxtyping's way to write a scalar, and right for JAX, PyTorch and the array API, where each result is
#   an array. NumPy makes np.float64 of a result without axes, and that is no ndarray, though it has shape and dtype. float is no way
#   out: it takes np.float64, which is a subclass, and refuses np.float32, so that the loss of a float32 network fails. Only np.float32
#   itself, or np.asarray(...) around the result, works. Bitten is who annotates a loss or an accuracy in NumPy after the
#   examples of JAX.
# output:
#   NumPy: np.mean(x) refused, x.sum() refused, x @ x refused, np.asarray(np.mean(x)) accepted
#   JAX: jnp.mean(x) accepted
#   as float: float64 accepted float32 refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jaxtyping==0.3.11 beartype==0.23.1 jax==0.10.2 numpy==2.4.6
cat > losses.py <<'PYTHON'
import jax
import jax.numpy as jnp
import numpy as np
from beartype import beartype
from jaxtyping import Float, TypeCheckError, jaxtyped


def accepted(kind, value):
    @jaxtyped(typechecker=beartype)
    def loss() -> kind:
        return value

    try:
        loss()
    except TypeCheckError:
        return "refused"
    return "accepted"


x = np.ones(3, np.float32)
scalar = Float[np.ndarray, ""]
print("NumPy:", ", ".join(f"{name} {accepted(scalar, value)}" for name, value in {"np.mean(x)": np.mean(x), "x.sum()": x.sum(), "x @ x": x @ x, "np.asarray(np.mean(x))": np.asarray(np.mean(x))}.items()))
print("JAX: jnp.mean(x)", accepted(Float[jax.Array, ""], jnp.mean(jnp.ones(3))))
print("as float: float64", accepted(float, np.mean(x.astype(np.float64))), "float32", accepted(float, np.mean(x)))
PYTHON
environment/bin/python -W ignore losses.py | tee said.txt
diff said.txt - <<'EXPECTED'
NumPy: np.mean(x) refused, x.sum() refused, x @ x refused, np.asarray(np.mean(x)) accepted
JAX: jnp.mean(x) accepted
as float: float64 accepted float32 refused
EXPECTED
