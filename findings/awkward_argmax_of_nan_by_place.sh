#!/usr/bin/env bash
# ak.argmax of [1, nan, 3] is 2, of [nan, 1, 3] it is 0 and of [1, 3, nan] it is 1: what nan is depends on its place.
#
# versions: awkward 2.14.0, numpy 2.4.6, Python 3.11
# behaviour: NumPy's argmax gives the place of the first nan, so that a network that went to nan is seen, in whatever row. In
#   Awkward Array the first element is the one to beat, and nothing beats nan nor is beaten by it: nan wins at the front and
#   is passed over elsewhere. ak.max is another rule again: nan for a flat array, the largest number without nan for rows (axis=1).
#   np.argmax of an Awkward array is the same function. Its page calls argmax the same as NumPy's for lists of one length.
#   Bitten is who counts right answers of a half-broken network.
# output:
#   argmax: awkward [2, 0, 0, 1] numpy [1, 0, 1, 2]
#   np.argmax of an Awkward array: [2, 0, 0, 1]
#   max of rows: awkward [3.0, 3.0, 3.0, 3.0] numpy [nan, nan, nan, nan]
#   max of a flat array: awkward nan numpy nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check awkward==2.14.0 numpy==2.4.6
cat > places.py <<'PYTHON'
import awkward as ak
import numpy as np

nan = np.nan
rows = [[1, nan, 3], [nan, 1, 3], [3, nan, 1], [1, 3, nan]]
print("argmax: awkward", ak.argmax(ak.Array(rows), axis=1).to_list(), "numpy", np.argmax(rows, axis=1).tolist())
print("np.argmax of an Awkward array:", np.argmax(ak.Array(rows), axis=1).to_list())
print("max of rows: awkward", ak.max(ak.Array(rows), axis=1).to_list(), "numpy", np.max(rows, axis=1).tolist())
print("max of a flat array: awkward", float(ak.max(ak.Array(rows[0]))), "numpy", float(np.max(rows[0])))
PYTHON
environment/bin/python places.py | tee said.txt
diff said.txt - <<'EXPECTED'
argmax: awkward [2, 0, 0, 1] numpy [1, 0, 1, 2]
np.argmax of an Awkward array: [2, 0, 0, 1]
max of rows: awkward [3.0, 3.0, 3.0, 3.0] numpy [nan, nan, nan, nan]
max of a flat array: awkward nan numpy nan
EXPECTED
