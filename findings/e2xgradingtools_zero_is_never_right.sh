#!/usr/bin/env bash
# To e2xgradingtools, comparators for e2xgrader and nbgrader, the answer 0 is wrong where 0 is expected: the relative error divides by it. A lambda gets no points either.
#
# versions: e2xgradingtools 0.0.4, numpy 2.4.6, Python 3.11
# behaviour: a test of a variable or a function passes if the absolute or the relative error is small enough. Both
#   are computed first, and abs(error / expected) raises ZeroDivisionError for an expected 0 or 0.0; the exception is
#   taken for a failure of the student's, who reads "float division by zero", and loses the points for a right answer.
#   Where the 0 comes as a NumPy number the division gives nan and a warning, and the test passes. A ReLU or a loss of
#   a perfect network is such a test. A function written as a lambda has no return statement for it, so that none of
#   its cases runs.
# output:
#   loss 0.0, expected 0.0: (0.0, ['float division by zero'])
#   loss 0.0, expected np.float64(0): (1.0, [])
#   relu of -1, 2: (0.5, ['division by zero'])
#   half, a lambda: (0.0, ['half does not have a return statement!'])
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check e2xgradingtools==0.0.4 numpy==2.4.6
cat > grade.py <<'PYTHON'
import contextlib
import io
import warnings

import numpy as np
from e2xgradingtools import FunctionTest, VariableTest
from student import half, relu, loss

warnings.simplefilter("ignore")


def points(test, cases):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        share = test.test(cases)
    reasons = [line for line in said.getvalue().splitlines() if "division" in line or "return statement" in line]
    return share, reasons


names = {"relu": relu, "half": half, "loss": loss}
print("loss 0.0, expected 0.0:", points(VariableTest(names, a_tol=1e-6, r_tol=1e-6), [{"name": "loss", "expected": 0.0}]))
print("loss 0.0, expected np.float64(0):", points(VariableTest(names, a_tol=1e-6), [{"name": "loss", "expected": np.float64(0)}]))
print("relu of -1, 2:", points(FunctionTest(names, "relu", a_tol=1e-6), [{"arg": -1, "target": 0}, {"arg": 2, "target": 2}]))
print("half, a lambda:", points(FunctionTest(names, "half", a_tol=1e-6), [{"arg": 2, "target": 1}]))
PYTHON
cat > student.py <<'PYTHON'
loss = 0.0
half = lambda x: x / 2


def relu(x):
    return max(x, 0)
PYTHON
environment/bin/python grade.py | tee said.txt
diff said.txt - <<'EXPECTED'
loss 0.0, expected 0.0: (0.0, ['float division by zero'])
loss 0.0, expected np.float64(0): (1.0, [])
relu of -1, 2: (0.5, ['division by zero'])
half, a lambda: (0.0, ['half does not have a return statement!'])
EXPECTED
