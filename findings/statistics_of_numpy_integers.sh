#!/usr/bin/env bash
# The mean of 1 and 2 is 1: Python's statistics drops the fraction of the mean of NumPy's integers.
#
# versions: numpy 2.4.6, Python 3.11 (3.13 does the same)
# behaviour: statistics computes the exact fraction, 3/2, and converts it to the type of the numbers; for an int that
#   cannot hold it, it uses a float. np.int64 is not a subclass of int, so it computes np.int64(Fraction(3, 2)), which
#   is 1. The variance loses its fraction too. The median and fmean, which compute in floats, are right, and so is the
#   mean of the same numbers after tolist().
# output:
#   mean: 1, after tolist(): 1.5
#   variance of 1 to 4: 1, after tolist(): 1.6666666666666667
#   fmean: 1.5, median: 1.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > middle.py <<'PYTHON'
from statistics import fmean, mean, median, variance

import numpy as np

two, four = np.array([1, 2]), np.array([1, 2, 3, 4])
print(f"mean: {mean(two)}, after tolist(): {mean(two.tolist())}")
print(f"variance of 1 to 4: {variance(four)}, after tolist(): {variance(four.tolist())}")
print(f"fmean: {fmean(two)}, median: {median(two)}")
PYTHON
environment/bin/python middle.py | tee said.txt
diff said.txt - <<'EXPECTED'
mean: 1, after tolist(): 1.5
variance of 1 to 4: 1, after tolist(): 1.6666666666666667
fmean: 1.5, median: 1.5
EXPECTED
