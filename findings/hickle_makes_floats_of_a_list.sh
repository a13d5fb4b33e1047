#!/usr/bin/env bash
# hickle gives back the list [3, 0.5, True] as three np.float64, and [1, 2] as two np.int64; with a text beside them all stay as they were.
#
# versions: hickle 5.0.3, h5py 3.16.0, numpy 2.4.6, Python 3.11
# behaviour: hickle is pickle's interface on HDF5 files. A list, a tuple or a set of nothing but numbers is stored as
#   one array, whose elements come back, in the one type that holds all: a mark of 3 becomes 3.0, True becomes 1.0, and
#   2**53 + 1 loses its last digit if a float stands beside it. isinstance(x, int) and json.dumps of what was read then
#   fail. A list that holds a text or None, and a dict keep each element. No exception, no warning. Bitten is who stores
#   the settings or results of a training, sizes and rates in one list.
# output:
#   [3, 0.5, True]: [np.float64(3.0), np.float64(0.5), np.float64(1.0)]
#   [1, 2]: [np.int64(1), np.int64(2)]
#   [9007199254740993, 0.5]: [np.float64(9007199254740992.0), np.float64(0.5)]
#   [3, 0.5, 'adam']: [3, 0.5, 'adam']
#   [3, 0.5, None]: [3, 0.5, None]
#   (3, 0.5, True): (np.float64(3.0), np.float64(0.5), np.float64(1.0))
#   {'a': 3, 'b': 0.5}: {'a': 3, 'b': 0.5}
#   {3, 4}: {np.int64(3), np.int64(4)}
#   json.dumps of sizes: Object of type int64 is not JSON serializable
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check hickle==5.0.3 h5py==3.16.0 numpy==2.4.6
cat > store.py <<'PYTHON'
import json

import hickle


def back(value):
    hickle.dump(value, "x.hkl")
    return hickle.load("x.hkl")


for value in ([3, 0.5, True], [1, 2], [2**53 + 1, 0.5], [3, 0.5, "adam"], [3, 0.5, None], (3, 0.5, True), {"a": 3, "b": 0.5}, {3, 4}):
    came = back(value)
    print(f"{value!r}: {came!r}")
try:
    json.dumps(back([784, 128, 10]))
except TypeError as error:
    print("json.dumps of sizes:", error)
PYTHON
environment/bin/python -W ignore store.py | tee said.txt
diff said.txt - <<'EXPECTED'
[3, 0.5, True]: [np.float64(3.0), np.float64(0.5), np.float64(1.0)]
[1, 2]: [np.int64(1), np.int64(2)]
[9007199254740993, 0.5]: [np.float64(9007199254740992.0), np.float64(0.5)]
[3, 0.5, 'adam']: [3, 0.5, 'adam']
[3, 0.5, None]: [3, 0.5, None]
(3, 0.5, True): (np.float64(3.0), np.float64(0.5), np.float64(1.0))
{'a': 3, 'b': 0.5}: {'a': 3, 'b': 0.5}
{3, 4}: {np.int64(3), np.int64(4)}
json.dumps of sizes: Object of type int64 is not JSON serializable
EXPECTED
