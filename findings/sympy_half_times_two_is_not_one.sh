#!/usr/bin/env bash
# In SymPy 0.5 * 2 == 1 is False, and the slope of the sigmoid at 0 == 0.25 too; 1.12 said True for both.
#
# versions: sympy 1.14.0 and 1.12, numpy 2.4.6, Python 3.11
# behaviour: since SymPy 1.13 a Float equals no Integer and no Rational, whatever their values: x ** 2 at 0.5 has the slope
#   1.00000000000000, which is neither less than 1, nor greater, nor ==. Python's floats become Floats, also on the other
#   side of ==. So `2.0 in [Integer(2)]` is False, and an array of SymPy's numbers differs from the same of NumPy's. 0.0 == 0 is
#   False as well, so that a loop that stops at a zero slope goes on. Eq(a, b) and converting to float compare the values.
# output:
#   1.12:   slope of x**2 at 0.5 == 1: True, of the sigmoid at 0 == 0.25: True, Float(0.0) == 0: True, in an array: True
#   1.12:   1.00000000000000 < 1: False, > 1: False, <= 1: True, Eq: True
#   1.14.0: slope of x**2 at 0.5 == 1: False, of the sigmoid at 0 == 0.25: False, Float(0.0) == 0: False, in an array: False
#   1.14.0: 1.00000000000000 < 1: False, > 1: False, <= 1: True, Eq: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > slopes.py <<'PYTHON'
import numpy as np
import sympy
from sympy import Eq, Float, Symbol, diff, exp

x = Symbol("x")
one = diff(x**2, x).subs(x, 0.5)
quarter = diff(1 / (1 + exp(-x)), x).subs(x, 0)
array = bool((np.array([one]) == np.array([1])).all())
name = f"{sympy.__version__}:".ljust(8)
print(f"{name}slope of x**2 at 0.5 == 1: {one == 1}, of the sigmoid at 0 == 0.25: {quarter == 0.25}, ", end="")
print(f"Float(0.0) == 0: {Float(0.0) == 0}, in an array: {array}")
print(f"{name}{one} < 1: {one < 1}, > 1: {one > 1}, <= 1: {one <= 1}, Eq: {Eq(one, 1)}")
PYTHON
for version in 1.12 1.14.0; do
    python3 -m venv "env-$version"
    "env-$version/bin/python" -m pip install --quiet --disable-pip-version-check "sympy==$version" numpy==2.4.6
    "env-$version/bin/python" slopes.py
done | tee said.txt
diff said.txt - <<'EXPECTED'
1.12:   slope of x**2 at 0.5 == 1: True, of the sigmoid at 0 == 0.25: True, Float(0.0) == 0: True, in an array: True
1.12:   1.00000000000000 < 1: False, > 1: False, <= 1: True, Eq: True
1.14.0: slope of x**2 at 0.5 == 1: False, of the sigmoid at 0 == 0.25: False, Float(0.0) == 0: False, in an array: False
1.14.0: 1.00000000000000 < 1: False, > 1: False, <= 1: True, Eq: True
EXPECTED
