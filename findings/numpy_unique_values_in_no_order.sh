#!/usr/bin/env bash
# From NumPy 2.3 on, np.unique_values gives the values in no order, while np.unique and np.unique_counts sort them.
#
# versions: numpy 2.2.6 and 2.4.6, Python 3.11
# behaviour: the array API standard leaves the order open, and 2.3 introduced a hash table for np.unique_values alone.
#   np.unique, np.unique_counts and np.unique_inverse still sort, so values from one function and counts from the other
#   do not belong together: combined, here, the digit 7 gets the count of another one. A one-hot column per value
#   (labels[:, None] == values) moves to another place.
# output: labels 7 twice, 0 to 9 else once
#   numpy 2.2.6: unique_values sorted, unique_counts sorted; by both, 7 occurs 2 times
#   numpy 2.4.6: unique_values not sorted, unique_counts sorted; by both, 7 occurs 1 times
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > unique.py <<'PYTHON'
import numpy as np

labels = np.array([3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 7])
values, counted = np.unique_values(labels), np.unique_counts(labels)


def told(found):
    return "sorted" if found.tolist() == sorted(set(labels.tolist())) else "not sorted"


assert sorted(values.tolist()) == list(range(10))
times = counted.counts[values.tolist().index(7)]
print(f"numpy {np.__version__}: unique_values {told(values)}, unique_counts {told(counted.values)}; by both, 7 occurs {times} times")
PYTHON
for pinned in numpy==2.2.6 numpy==2.4.6; do
    python3 -m venv "env-$pinned"
    "env-$pinned/bin/python" -m pip install --quiet --disable-pip-version-check "$pinned"
    "env-$pinned/bin/python" unique.py | tee -a said.txt
done
diff said.txt - <<'EXPECTED'
numpy 2.2.6: unique_values sorted, unique_counts sorted; by both, 7 occurs 2 times
numpy 2.4.6: unique_values not sorted, unique_counts sorted; by both, 7 occurs 1 times
EXPECTED
