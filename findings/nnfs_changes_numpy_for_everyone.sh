#!/usr/bin/env bash
# After nnfs.init(), np.dot computes float32 for every module, so that a right gradient differs from its central difference by 3 %.
#
# versions: nnfs 0.5.1, numpy 2.4.6, Python 3.11
# behaviour: nnfs is the companion package of a book on neural networks from scratch. Its init() replaces np.dot, np.zeros,
#   np.eye and np.random.randn in NumPy itself, also for a test in the same process: float64 arguments give a float32.
#   A difference quotient in a step of 1e-6 is then a multiple of 0.0037, and np.dot of whole numbers a float that skips
#   16777217. `@` keeps float64, so that two spellings of one product differ. np.dot of two lists, right for NumPy,
#   raises AttributeError. init() is there for reproducible numbers, and says so; that it reaches NumPy's other users is
#   what nobody expects of a line at the top of a script.
# output:
#   before: slopes [0.1, 0.2, 0.3], np.dot float64, @ float64, np.zeros float64, [16777217] . [1] = 16777217
#   after: slopes [0.0969, 0.2012, 0.298], np.dot float32, @ float64, np.zeros float32, [16777217] . [1] = 16777216.0
#   np.dot([1, 2], [3, 4]): AttributeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nnfs==0.5.1 numpy==2.4.6
cat > init.py <<'PYTHON'
import nnfs
import numpy as np

WEIGHTS = np.array([0.1, 0.2, 0.3])


def loss(weights: np.ndarray) -> float:
    return float(np.dot(weights, weights)) / 2


def report(when: str) -> None:
    steps = 1e-6 * np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    slopes = [round((loss(WEIGHTS + step) - loss(WEIGHTS - step)) / 2e-6, 4) for step in steps]
    whole = np.dot(np.array([16777217]), np.array([1]))
    types = f"np.dot {np.dot(WEIGHTS, WEIGHTS).dtype}, @ {(WEIGHTS @ WEIGHTS).dtype}, np.zeros {np.zeros(3).dtype}"
    print(f"{when}: slopes {slopes}, {types}, [16777217] . [1] = {whole}")


report("before")
nnfs.init()
report("after")
try:
    np.dot([1, 2], [3, 4])
except AttributeError:
    print("np.dot([1, 2], [3, 4]): AttributeError")
PYTHON
environment/bin/python init.py | tee said.txt
diff said.txt - <<'EXPECTED'
before: slopes [0.1, 0.2, 0.3], np.dot float64, @ float64, np.zeros float64, [16777217] . [1] = 16777217
after: slopes [0.0969, 0.2012, 0.298], np.dot float32, @ float64, np.zeros float32, [16777217] . [1] = 16777216.0
np.dot([1, 2], [3, 4]): AttributeError
EXPECTED
