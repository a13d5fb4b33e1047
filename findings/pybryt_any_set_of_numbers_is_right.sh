#!/usr/bin/env bash
# To PyBryt {0, 3, 4} is the expected set {1, 2, 7}, the losses {1: 0.1} are {1: 0.9}, and the float 0.3 is not np.float64(0.3).
#
# versions: pybryt 0.7.0, numpy 2.4.6, pandas 3.1.1, Python 3.11
# behaviour: PyBryt grades a notebook by values that have to occur in the student's run. Sets, and dicts with numbers as keys, are
#   compared pair by pair by np.array(...).all() of a generator, which is True for any numbers; of sets the length counts, of
#   such dicts not even that. Lists go to np.allclose, which broadcasts: [1.0] is the expected [1.0, 1.0]. An expected
#   NumPy number, as np.mean gives it, has a shape, and a Python float has none and is refused; the other way round it is
#   accepted, so a reference by NumPy refuses students who return float(...). A dict with texts as keys is right.
# output:
#   expected {1, 2, 7}, came {0, 3, 4}: accepted
#   expected {1: 0.9}, came {1: 0.1}: accepted
#   expected {'W1': 0.9}, came {'W1': 0.1}: refused
#   expected [1.0, 1.0], came [1.0]: accepted
#   expected [1.0, 1.0], came [1.0, 2.0]: refused
#   expected np.float64(0.3), came 0.3: refused
#   expected 0.3, came np.float64(0.3): accepted
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pybryt==0.7.0 numpy==2.4.6 pandas==3.1.1
environment/bin/python -W ignore - > said.txt <<'PY'
import numpy as np
import pybryt

for expected, came in (
    ({1, 2, 7}, {0, 3, 4}),
    ({1: 0.9}, {1: 0.1}),
    ({"W1": 0.9}, {"W1": 0.1}),
    ([1.0, 1.0], [1.0]),
    ([1.0, 1.0], [1.0, 2.0]),
    (np.float64(0.3), 0.3),
    (0.3, np.float64(0.3)),
):
    accepted = pybryt.Value(expected).check_against(came)
    print(f"expected {expected!r}, came {came!r}:", "accepted" if accepted else "refused")
PY
cat said.txt
diff said.txt - <<'EXPECTED'
expected {1, 2, 7}, came {0, 3, 4}: accepted
expected {1: 0.9}, came {1: 0.1}: accepted
expected {'W1': 0.9}, came {'W1': 0.1}: refused
expected [1.0, 1.0], came [1.0]: accepted
expected [1.0, 1.0], came [1.0, 2.0]: refused
expected np.float64(0.3), came 0.3: refused
expected 0.3, came np.float64(0.3): accepted
EXPECTED
