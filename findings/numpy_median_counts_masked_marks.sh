#!/usr/bin/env bash
# The median of the marks 2, 4 and a masked 90 is 4 by np.median, above the mean of 3, as it counts the 90; W @ marks raises ValueError, and np.append forgets the mask.
#
# versions: numpy 2.4.6, scipy 1.17.1, Python 3.11
# behaviour: np.mean, sum, std, max, prod, cumsum, sort and unique of a masked array leave out what is masked, as
#   they call its methods. np.median, nanmedian, cov, linalg.norm, dot, histogram and isin take the numbers below the
#   mask, SciPy's describe does too, and none says so: a list of the mean, the median and the maximum mixes both. ptp
#   finds 88 and forgets the mask in its answer. np.percentile raises ValueError ("output array is read-only") where
#   its only answer would be masked. Products by @ and np.vecdot raise, of a vector with itself too, since the mask is
#   broadcast like a sum's. np.ma.median, np.ma.cov, np.ma.dot and np.ma.append leave the mark out.
# output:
#   np.mean(marks): 3.0
#   np.max(marks): 4.0
#   np.median(marks): 4.0
#   np.ma.median(marks): 3.0
#   np.percentile(marks, 50): ValueError
#   np.var(marks, ddof=1): 2.0
#   np.cov(marks): 2524.0
#   np.ma.cov(marks): 2.0
#   scipy.stats.describe(marks).mean: 32.0
#   np.histogram(marks, 3)[0]: [2 0 1]
#   np.isin(90, marks): True
#   np.linalg.norm(marks): 90.11
#   np.sqrt(np.sum(marks**2)): 4.47
#   np.dot(marks, marks): 8120.0
#   np.ma.dot(marks, marks): 20.0
#   marks @ marks: ValueError
#   np.ones((2, 3)) @ marks: ValueError
#   np.append(marks, 6).mean(): 25.5
#   np.ma.append(marks, 6).mean(): 4.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 scipy==1.17.1
cat > marks.py <<'PYTHON'
import warnings

import numpy as np
import scipy.stats

marks = np.ma.array([2.0, 4.0, 90.0], mask=[False, False, True])
calls = {
    "np.mean(marks)": lambda: np.mean(marks),
    "np.max(marks)": lambda: np.max(marks),
    "np.median(marks)": lambda: np.median(marks),
    "np.ma.median(marks)": lambda: np.ma.median(marks),
    "np.percentile(marks, 50)": lambda: np.percentile(marks, 50),
    "np.var(marks, ddof=1)": lambda: np.var(marks, ddof=1),
    "np.cov(marks)": lambda: np.cov(marks),
    "np.ma.cov(marks)": lambda: np.ma.cov(marks),
    "scipy.stats.describe(marks).mean": lambda: scipy.stats.describe(marks).mean,
    "np.histogram(marks, 3)[0]": lambda: np.histogram(marks, 3)[0],
    "np.isin(90, marks)": lambda: np.isin(90, marks),
    "np.linalg.norm(marks)": lambda: np.linalg.norm(marks).round(2),
    "np.sqrt(np.sum(marks**2))": lambda: np.sqrt(np.sum(marks**2)).round(2),
    "np.dot(marks, marks)": lambda: np.dot(marks, marks),
    "np.ma.dot(marks, marks)": lambda: np.ma.dot(marks, marks),
    "marks @ marks": lambda: marks @ marks,
    "np.ones((2, 3)) @ marks": lambda: np.ones((2, 3)) @ marks,
    "np.append(marks, 6).mean()": lambda: np.append(marks, 6).mean(),
    "np.ma.append(marks, 6).mean()": lambda: np.ma.append(marks, 6).mean(),
}
warnings.simplefilter("ignore")
for name, call in calls.items():
    try:
        print(f"{name}: {call()}")
    except ValueError as refusal:
        print(f"{name}: ValueError")
PYTHON
environment/bin/python marks.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
np.mean(marks): 3.0
np.max(marks): 4.0
np.median(marks): 4.0
np.ma.median(marks): 3.0
np.percentile(marks, 50): ValueError
np.var(marks, ddof=1): 2.0
np.cov(marks): 2524.0
np.ma.cov(marks): 2.0
scipy.stats.describe(marks).mean: 32.0
np.histogram(marks, 3)[0]: [2 0 1]
np.isin(90, marks): True
np.linalg.norm(marks): 90.11
np.sqrt(np.sum(marks**2)): 4.47
np.dot(marks, marks): 8120.0
np.ma.dot(marks, marks): 20.0
marks @ marks: ValueError
np.ones((2, 3)) @ marks: ValueError
np.append(marks, 6).mean(): 25.5
np.ma.append(marks, 6).mean(): 4.0
EXPECTED
