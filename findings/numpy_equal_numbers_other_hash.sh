#!/usr/bin/env bash
# Since NumPy 2, np.float32(0.1) == 0.1 is True, but their hashes differ: a list finds the number, a set does not.
#
# versions: numpy 1.26.4 and 2.4.6, Python 3.11
# behaviour: a Python float takes the precision of the NumPy scalar that it is compared with (NEP 50), so 0.1 is rounded
#   to float32 first. This breaks Python's rule that equal objects have equal hashes: x is in the list [0.1] and not in
#   the set {0.1}. One threshold gives True as a Python float and False as a np.float64. np.isin, which makes an array
#   of 0.1, finds it in 1.26, where == does not, and does not find it in 2.4, where == does.
# output:
#   numpy 1.26.4: x == 0.1 False, in a list False, in a set False, x <= 0.3 False, x <= np.float64(0.3) False, np.isin True
#   numpy 2.4.6: x == 0.1 True, in a list True, in a set False, x <= 0.3 True, x <= np.float64(0.3) False, np.isin False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > compare.py <<'PYTHON'
import numpy as np

x, limit = np.float32(0.1), np.float32(0.3)
print(
    f"numpy {np.__version__}: x == 0.1 {x == 0.1}, in a list {x in [0.1]}, in a set {x in {0.1}},"
    f" x <= 0.3 {limit <= 0.3}, x <= np.float64(0.3) {limit <= np.float64(0.3)}, np.isin {np.isin(x, 0.1)}"
)
PYTHON
python3 -m venv old
old/bin/python -m pip install --quiet --disable-pip-version-check numpy==1.26.4
old/bin/python compare.py | tee said-1.26.4.txt
python3 -m venv new
new/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
new/bin/python compare.py | tee said-2.4.6.txt
[ "$(cat said-1.26.4.txt)" = "numpy 1.26.4: x == 0.1 False, in a list False, in a set False, x <= 0.3 False, x <= np.float64(0.3) False, np.isin True" ]
[ "$(cat said-2.4.6.txt)" = "numpy 2.4.6: x == 0.1 True, in a list True, in a set False, x <= 0.3 True, x <= np.float64(0.3) False, np.isin False" ]
