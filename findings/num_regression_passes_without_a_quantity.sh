#!/usr/bin/env bash
# pytest-regressions' num_regression passes if a recorded quantity is no longer computed; ndarrays_regression fails.
#
# versions: pytest-regressions 2.11.0, pytest 9.2.0, numpy 2.4.6, pandas 3.1.1, Python 3.11
# behaviour: it iterates over the present columns, and compares each with the recorded one: a missing column goes
#   unnoticed, though a new one fails. A change from integers to floats goes unnoticed too, and so does nan at the end
#   of a formerly shorter list: the file has empty cells there, and nan equals nan.
# output:
#   recorded {"loss": 3, "accuracy": 2}, now {"loss": 3}: num_regression passed, ndarrays_regression failed
#   recorded {"loss": 3}, now {"loss": 3, "accuracy": 2}: num_regression failed, ndarrays_regression failed
#   recorded {"a": [1, 2, 3], "b": [1, 2]}, now "b": [1, 2, nan]: num_regression passed, ndarrays_regression failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-regressions==2.11.0 pytest==9.2.0 numpy==2.4.6 pandas==3.1.1
cat > test_it.py <<'PYTHON'
import os

import numpy as np
import pytest

ONE, TWO = {"loss": [3.0]}, {"loss": [3.0], "accuracy": [2.0]}
SHORT, LONG = {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0]}, {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, np.nan]}
CASES = {"gone": (TWO, ONE), "new": (ONE, TWO), "longer": (SHORT, LONG)}


def quantities(case):
    return {name: np.array(values) for name, values in CASES[case]["NOW" in os.environ].items()}


@pytest.mark.parametrize("case", CASES)
def test_num(num_regression, case):
    num_regression.check(quantities(case))


@pytest.mark.parametrize("case", CASES)
def test_nd(ndarrays_regression, case):
    ndarrays_regression.check(quantities(case))
PYTHON
environment/bin/python -m pytest -q --force-regen -p no:cacheprovider test_it.py > said.txt || true
environment/bin/python -m pytest -q -p no:cacheprovider test_it.py > said.txt
NOW=1 environment/bin/python -m pytest -q -rA --tb=no -p no:cacheprovider test_it.py > said.txt || true
told() { grep -oE "^(PASSED|FAILED) test_it.py::test_$1\[$2\]" said.txt | cut -d' ' -f1 | tr '[:upper:]' '[:lower:]'; }
tell() { echo "$2: num_regression $(told num "$1"), ndarrays_regression $(told nd "$1")"; }
{
    tell gone 'recorded {"loss": 3, "accuracy": 2}, now {"loss": 3}'
    tell new 'recorded {"loss": 3}, now {"loss": 3, "accuracy": 2}'
    tell longer 'recorded {"a": [1, 2, 3], "b": [1, 2]}, now "b": [1, 2, nan]'
} | tee all.txt
diff all.txt - <<'EXPECTED'
recorded {"loss": 3, "accuracy": 2}, now {"loss": 3}: num_regression passed, ndarrays_regression failed
recorded {"loss": 3}, now {"loss": 3, "accuracy": 2}: num_regression failed, ndarrays_regression failed
recorded {"a": [1, 2, 3], "b": [1, 2]}, now "b": [1, 2, nan]: num_regression passed, ndarrays_regression failed
EXPECTED
