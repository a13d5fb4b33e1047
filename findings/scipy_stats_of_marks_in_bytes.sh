#!/usr/bin/env bash
# SciPy's paired t-test of marks in uint8 that all went up says that they went down, with p = 1e-7; the tmean of 200, 100 and 250 is 12.67.
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: ttest_rel subtracts the two samples in their own type, where 10 - 20 is 246, and tests whether these
#   differ from 0. tmean, the mean within limits, adds in the array's type, also where no limit is given, and kstat,
#   an unbiased variance for n=2, squares in it, so that a variance is negative. The results are floats. ttest_ind,
#   trim_mean, sem, wilcoxon, skew, levene and the rest of the functions tried here convert first. No warning. Bitten
#   is who compares two exercises, or errors before and after a change, that are kept in a uint8.
# output:
#   ttest_rel: uint8 82.32 (p = 1e-07), int64 -5.49 (p = 0.005)
#   tmean: uint8 12.67, int64 183.33
#   kstat, n=2: uint8 -50358.67, int64 5833.33
#   ttest_ind: uint8 -1.31, int64 -1.31
#   trim_mean: uint8 183.33, int64 183.33
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > marks.py <<'PYTHON'
import numpy as np
from scipy import stats

BEFORE, AFTER = [10, 20, 30, 40, 50], [20, 30, 45, 60, 75]
PIXELS = [200, 100, 250]


def told(title, compute):
    print(f"{title}: uint8 {compute(np.uint8)}, int64 {compute(np.int64)}")


def paired(kind):
    came = stats.ttest_rel(np.array(BEFORE, kind), np.array(AFTER, kind))
    return f"{came.statistic:.2f} (p = {came.pvalue:.0g})"


told("ttest_rel", paired)
told("tmean", lambda kind: f"{stats.tmean(np.array(PIXELS, kind)):.2f}")
told("kstat, n=2", lambda kind: f"{stats.kstat(np.array(PIXELS, kind), 2):.2f}")
told("ttest_ind", lambda kind: f"{stats.ttest_ind(np.array(BEFORE, kind), np.array(AFTER, kind)).statistic:.2f}")
told("trim_mean", lambda kind: f"{stats.trim_mean(np.array(PIXELS, kind), 0.1):.2f}")
PYTHON
environment/bin/python -W error marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
ttest_rel: uint8 82.32 (p = 1e-07), int64 -5.49 (p = 0.005)
tmean: uint8 12.67, int64 183.33
kstat, n=2: uint8 -50358.67, int64 5833.33
ttest_ind: uint8 -1.31, int64 -1.31
trim_mean: uint8 183.33, int64 183.33
EXPECTED
