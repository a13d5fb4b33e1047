#!/usr/bin/env bash
# chex.assert_scalar_positive and assert_scalar_non_negative accept nan, and assert_trees_all_equal a matrix and the number 1.
#
# versions: chex 0.1.92, jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: the two fail if the number is below 0, which nan is not; assert_scalar_in, which asks whether it is within, refuses nan.
#   "The loss is positive" so holds for a training that went to nan. Trees are compared leaf by leaf with
#   NumPy's assertions, in which a plain number stands for any shape: a bias of 64 ones equals the leaf 1, whatever its dtype, though
#   assert_trees_all_equal_shapes beside it would fail. strict=True, of both, looks at shape
#   and dtype, and is off. Bitten is who tests a network in JAX with them.
# output:
#   assert_scalar_positive of nan: passes
#   assert_scalar_non_negative of nan: passes
#   assert_scalar_in of nan: fails
#   assert_trees_all_equal of 64 ones and a 1: passes
#   assert_trees_all_close of 64 ones and a 1: passes
#   assert_trees_all_equal_shapes of 64 ones and a 1: fails
#   assert_trees_all_equal, strict: fails
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check chex==0.1.92 jax==0.10.2 numpy==2.4.6
cat > asserted.py <<'PYTHON'
import chex
import numpy as np

nan, bias, number = float("nan"), {"b": np.ones(64, np.float32)}, {"b": np.float64(1)}


def told(name, *arguments, **options):
    try:
        getattr(chex, name)(*arguments, **options)
    except AssertionError:
        return "fails"
    return "passes"


for name, arguments in {"assert_scalar_positive": [nan], "assert_scalar_non_negative": [nan], "assert_scalar_in": [nan, 0, 9]}.items():
    print(f"{name} of nan: {told(name, *arguments)}")
for name in ("assert_trees_all_equal", "assert_trees_all_close", "assert_trees_all_equal_shapes"):
    print(f"{name} of 64 ones and a 1: {told(name, bias, number)}")
print(f"assert_trees_all_equal, strict: {told('assert_trees_all_equal', bias, number, strict=True)}")
PYTHON
environment/bin/python -W ignore asserted.py | tee said.txt
diff said.txt - <<'EXPECTED'
assert_scalar_positive of nan: passes
assert_scalar_non_negative of nan: passes
assert_scalar_in of nan: fails
assert_trees_all_equal of 64 ones and a 1: passes
assert_trees_all_close of 64 ones and a 1: passes
assert_trees_all_equal_shapes of 64 ones and a 1: fails
assert_trees_all_equal, strict: fails
EXPECTED
