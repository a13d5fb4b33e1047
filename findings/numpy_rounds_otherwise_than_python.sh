#!/usr/bin/env bash
# round(1.15, 1) is 1.1, and 1.2 for the same number as a np.float64; formatted with one digit both are 1.1.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: Python rounds the exact value of the float, which is a little below 1.15. NumPy multiplies by 10, which gives
#   11.5 exactly, rounds that to the even 12, and divides; and round() of a np.float64, a subclass of float, is NumPy's. A
#   mean by np.mean is one, so that a mark is rounded up or down by where it was computed, and round(x, 1) differs from
#   f"{x:.1f}" of the same x.
# output:
#   1.15 == np.float64(1.15): True
#   round: float 1.1, np.float64 1.2
#   format: float 1.1, np.float64 1.1
#   of 0.05, 0.15, ... 99.95 NumPy rounds 402 otherwise
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > marks.py <<'PYTHON'
import numpy as np

mark = 1.15
print("1.15 == np.float64(1.15):", mark == np.float64(mark))
print(f"round: float {round(mark, 1)}, np.float64 {round(np.float64(mark), 1)}")
print(f"format: float {mark:.1f}, np.float64 {np.float64(mark):.1f}")
halves = [(10 * n + 5) / 100 for n in range(1000)]
others = sum(round(x, 1) != round(np.float64(x), 1) for x in halves)
print(f"of 0.05, 0.15, ... 99.95 NumPy rounds {others} otherwise")
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
1.15 == np.float64(1.15): True
round: float 1.1, np.float64 1.2
format: float 1.1, np.float64 1.1
of 0.05, 0.15, ... 99.95 NumPy rounds 402 otherwise
EXPECTED
