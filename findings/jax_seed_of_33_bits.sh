#!/usr/bin/env bash
# jax.random.key(2**32 + 1) is jax.random.key(1), and key(-1) is key(2**32 - 1): the higher bits of a seed are cut off.
#
# versions: jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: a key has 64 bits, but without 64-bit mode a seed is truncated to 32, without a warning. Seeds made from a
#   time in nanoseconds, a hash or a student's number of ten digits coincide if they differ by a multiple of
#   4294967296; NumPy's default_rng takes a seed of any length whole, and refuses a negative one.
# output:
#   jax, 2**32 + 1 and 1: True -1 and 2**32 - 1: True 1 and 2: False
#   numbers: True
#   NumPy, 2**32 + 1 and 1: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jax==0.10.2 numpy==2.4.6
cat > keys.py <<'PYTHON'
import jax
import numpy as np


def same(one, other):
    return bool((jax.random.key_data(jax.random.key(one)) == jax.random.key_data(jax.random.key(other))).all())


print("jax, 2**32 + 1 and 1:", same(2**32 + 1, 1), "-1 and 2**32 - 1:", same(-1, 2**32 - 1), "1 and 2:", same(1, 2))
print("numbers:", float(jax.random.uniform(jax.random.key(2**32 + 1))) == float(jax.random.uniform(jax.random.key(1))))
print("NumPy, 2**32 + 1 and 1:", np.random.default_rng(2**32 + 1).random() == np.random.default_rng(1).random())
PYTHON
environment/bin/python -W error keys.py | tee said.txt
diff said.txt - <<'EXPECTED'
jax, 2**32 + 1 and 1: True -1 and 2**32 - 1: True 1 and 2: False
numbers: True
NumPy, 2**32 + 1 and 1: False
EXPECTED
