#!/usr/bin/env bash
# To AutoFeedback, which checks students' variables, [0.52] is not 0.5 within 0.1, as np.array([0.52]) is, and {"loss": 0.1 + 0.2} is not {"loss": 0.3}.
#
# versions: AutoFeedback 2.24, numpy 2.4.6, sympy 1.14.0, Python 3.11
# behaviour: check_vars takes a tolerance, and hands it to the comparison of numbers and arrays. A list or a tuple
#   is compared element by element, and there the tolerance is 1e-9 and a hundred-thousandth again, whatever was
#   given: a list of right losses is wrong, and the same losses as an array are right. A dict is compared by ==, so
#   that the usual last digit of a sum decides, and one with arrays raises ValueError. With a tolerance of 0 the
#   hundred-thousandth of np.isclose stays: 100000.5 is 100000. The documentation calls tol the tolerance for
#   numerical calculations. No issue was found upstream.
# output:
#   0.52 for 0.5 within 0.1: right
#   array([0.52]) for array([0.5]) within 0.1: right
#   array([0.52]) for [0.5] within 0.1: right
#   [0.52] for [0.5] within 0.1: wrong
#   (0.52,) for (0.5,) within 0.1: wrong
#   {'loss': 0.30000000000000004} for {'loss': 0.3} within 0.1: wrong
#   {'W': array([1., 1.])} for {'W': array([1., 1.])} within 0.1: ValueError
#   100000.5 for 100000.0 within 0: right
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check AutoFeedback==2.24 numpy==2.4.6 \
  sympy==1.14.0
cat > check.py <<'PYTHON'
import numpy as np
from AutoFeedback.varchecks import check_vars


def verdict(answer, expected, tol):
    try:
        return "right" if check_vars(answer, expected, output=False, tol=tol) else "wrong"
    except ValueError as refusal:
        return type(refusal).__name__


for answer, expected, tol in (
    (0.52, 0.5, 0.1),
    (np.array([0.52]), np.array([0.5]), 0.1),
    (np.array([0.52]), [0.5], 0.1),
    ([0.52], [0.5], 0.1),
    ((0.52,), (0.5,), 0.1),
    ({"loss": 0.1 + 0.2}, {"loss": 0.3}, 0.1),
    ({"W": np.ones(2)}, {"W": np.ones(2)}, 0.1),
    (100000.5, 100000.0, 0),
):
    print(f"{answer!r} for {expected!r} within {tol}: {verdict(answer, expected, tol)}")
PYTHON
environment/bin/python check.py | tee said.txt
diff said.txt - <<'EXPECTED'
0.52 for 0.5 within 0.1: right
array([0.52]) for array([0.5]) within 0.1: right
array([0.52]) for [0.5] within 0.1: right
[0.52] for [0.5] within 0.1: wrong
(0.52,) for (0.5,) within 0.1: wrong
{'loss': 0.30000000000000004} for {'loss': 0.3} within 0.1: wrong
{'W': array([1., 1.])} for {'W': array([1., 1.])} within 0.1: ValueError
100000.5 for 100000.0 within 0: right
EXPECTED
