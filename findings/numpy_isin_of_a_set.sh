#!/usr/bin/env bash
# np.isin(labels, {3, 5}) is False for every label, and so is np.isin(labels, counts.keys()) of a dict.
#
# versions: numpy 2.4.6, pandas 3.1.1, Python 3.11
# behaviour: to NumPy a set, or the keys of a dict, is one object and no collection, so that each label is compared
#   with the set as a whole. The right argument is a list or an array. There is no warning; with invert=True all labels
#   remain. np.setdiff1d with a set takes nothing away; only np.intersect1d raises. pandas' isin takes a set as its
#   elements.
# output:
#   isin a list: [True, True, False] a set: [False, False, False]
#   isin keys: [False, False, False] inverted: [True, True, True]
#   pandas, a set: [True, True, False]
#   setdiff1d, a list: [7] a set: [3, 5, 7]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 pandas==3.1.1
cat > labels.py <<'PYTHON'
import numpy as np
import pandas as pd

labels = np.array([3, 5, 7])
print("isin a list:", np.isin(labels, [3, 5]).tolist(), "a set:", np.isin(labels, {3, 5}).tolist())
print("isin keys:", np.isin(labels, {3: "a", 5: "b"}.keys()).tolist(), "inverted:", np.isin(labels, {3, 5}, invert=True).tolist())
print("pandas, a set:", pd.Series(labels).isin({3, 5}).tolist())
print("setdiff1d, a list:", np.setdiff1d(labels, [3, 5]).tolist(), "a set:", np.setdiff1d(labels, {3, 5}).tolist())
PYTHON
environment/bin/python -W error labels.py | tee said.txt
diff said.txt - <<'EXPECTED'
isin a list: [True, True, False] a set: [False, False, False]
isin keys: [False, False, False] inverted: [True, True, True]
pandas, a set: [True, True, False]
setdiff1d, a list: [7] a set: [3, 5, 7]
EXPECTED
