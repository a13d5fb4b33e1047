#!/usr/bin/env bash
# JAX makes -1294967296 of the student's number 3000000000 in a NumPy array, and 0 of 2**40, without a word; the same numbers in a list raise OverflowError, and a float of 1e300 warns.
#
# versions: jax 0.10.2, numpy 2.4.6, Python 3.11 (on the CPU)
# behaviour: JAX computes with 32 bits unless jax_enable_x64 is set, which is well known, and for a dtype that is
#   asked for by name it warns that it gives less. An array of int64 that is handed over, to jnp.asarray,
#   jax.device_put, a function under jit or any of jnp, is cut to its lower 32 bits: two students become one in
#   jnp.unique, a sort has the largest number first, and a key or a hash is another. Nothing is said, in contrast to
#   the list and astype. uint64 is cut likewise. Numbers in float64 above 2**24 lose digits, as float32 does, and one
#   that becomes inf has NumPy's RuntimeWarning. The page on sharp bits speaks of the dtypes of results, of float64
#   above all. Whoever compares the values before and after, np.array_equal(x, jnp.asarray(x)), sees it.
# output:
#   jnp.asarray: [-1294967296, 0, 7, 7], no warning
#   jax.device_put: [-1294967296, 0, 7, 7], no warning
#   jax.jit(lambda x: x): [-1294967296, 0, 7, 7], no warning
#   jnp.sort: [-1294967296, 0, 7, 7], no warning
#   jnp.unique: [-1294967296, 0, 7], no warning
#   uint64: [3000000000, 0, 7, 7], no warning
#   a list: OverflowError, no warning
#   astype(jnp.int64): [7], a warning
#   jnp.asarray(x, jnp.int64): [-1294967296, 0, 7, 7], a warning
#   1e300 in float64: [inf], a warning
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 numpy==2.4.6
cat > students.py <<'PYTHON'
import os
import warnings
from collections.abc import Callable

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

students = np.array([3_000_000_000, 2**40, 2**32 + 7, 7])
calls: dict[str, Callable[[], object]] = {
    "jnp.asarray": lambda: jnp.asarray(students),
    "jax.device_put": lambda: jax.device_put(students),
    "jax.jit(lambda x: x)": lambda: jax.jit(lambda x: x)(students),
    "jnp.sort": lambda: jnp.sort(students),
    "jnp.unique": lambda: jnp.unique(students),
    "uint64": lambda: jnp.asarray(students.astype(np.uint64)),
    "a list": lambda: jnp.asarray(students.tolist()),
    "astype(jnp.int64)": lambda: jnp.asarray(np.array([7])).astype(jnp.int64),
    "jnp.asarray(x, jnp.int64)": lambda: jnp.asarray(students, jnp.int64),
    "1e300 in float64": lambda: jnp.asarray(np.array([1e300])),
}
for name, call in calls.items():
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            answer = f"{np.asarray(call()).tolist()}"
        except OverflowError:
            answer = "OverflowError"
    print(f"{name}: {answer}, {'a warning' if said else 'no warning'}")
PYTHON
environment/bin/python students.py | tee said.txt
diff said.txt - <<'EXPECTED'
jnp.asarray: [-1294967296, 0, 7, 7], no warning
jax.device_put: [-1294967296, 0, 7, 7], no warning
jax.jit(lambda x: x): [-1294967296, 0, 7, 7], no warning
jnp.sort: [-1294967296, 0, 7, 7], no warning
jnp.unique: [-1294967296, 0, 7], no warning
uint64: [3000000000, 0, 7, 7], no warning
a list: OverflowError, no warning
astype(jnp.int64): [7], a warning
jnp.asarray(x, jnp.int64): [-1294967296, 0, 7, 7], a warning
1e300 in float64: [inf], a warning
EXPECTED
