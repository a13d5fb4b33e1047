#!/usr/bin/env bash
# A snapshot test of syrupy passes after a weight has changed: the snapshot of an array contains only its edges.
#
# versions: syrupy 7.0.1, pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: an object that is not a Python container is stored as its repr(), and NumPy's repr of more than 1000
#   elements has three rows and columns at each end, and dots between. So a dict of weights is compared by 36 of 8192
#   numbers, and by eight digits of each. An array of 1000 elements is stored whole.
# output:
#   snapshot made: 2 passed
#   one of 8192 weights changed: 1 failed, 1 passed; FAILED test_weights.py::test_small
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check syrupy==7.0.1 pytest==9.2.0 numpy==2.4.6
cat > test_weights.py <<'PYTHON'
import os

import numpy as np

CHANGED = float(os.environ.get("CHANGED", "0"))


def test_large(snapshot):
    weights = np.zeros((64, 128))
    weights[30, 60] = CHANGED
    assert {"W2": weights} == snapshot


def test_small(snapshot):
    weights = np.zeros((10, 64))
    weights[5, 30] = CHANGED
    assert {"W3": weights} == snapshot
PYTHON
run() { environment/bin/python -m pytest -q --tb=no -p no:cacheprovider "$@" > said.txt || true; }
counts() { tail -1 said.txt | sed 's/ in [0-9.]*s//'; }
run --snapshot-update
made=$(counts)
echo "snapshot made: $made"
CHANGED=5 run
changed="$(counts); $(grep -oE '^FAILED [^ ]*' said.txt)"
echo "one of 8192 weights changed: $changed"
[ "$made" = "2 passed" ] && [ "$changed" = "1 failed, 1 passed; FAILED test_weights.py::test_small" ]
