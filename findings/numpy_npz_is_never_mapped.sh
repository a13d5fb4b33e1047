#!/usr/bin/env bash
# np.load("x.npz", mmap_mode="r+") maps nothing into memory: what is written to the array is lost, and each access reads anew.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: for an .npy file the option gives an array whose changes go to the file. For an archive it is accepted and
#   ignored, without a warning, compressed or not: every access to a name reads the whole array again, and gives
#   another array. So archive["x"][0] = 5 changes a copy that nobody keeps, also without the option.
# output:
#   npy: [5.0, 0.0, 0.0] memmap
#   npz: [0.0, 0.0, 0.0] ndarray
#   npz, the same archive: [0.0, 0.0, 0.0] one array twice: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > mapped.py <<'PYTHON'
import numpy as np

np.save("x.npy", np.zeros(3))
np.savez("x.npz", x=np.zeros(3))
np.load("x.npy", mmap_mode="r+")[0] = 5
archive = np.load("x.npz", mmap_mode="r+")
archive["x"][0] = 5
print("npy:", np.load("x.npy").tolist(), type(np.load("x.npy", mmap_mode="r+")).__name__)
print("npz:", np.load("x.npz")["x"].tolist(), type(archive["x"]).__name__)
print("npz, the same archive:", archive["x"].tolist(), "one array twice:", archive["x"] is archive["x"])
PYTHON
environment/bin/python -W error mapped.py | tee said.txt
diff said.txt - <<'EXPECTED'
npy: [5.0, 0.0, 0.0] memmap
npz: [0.0, 0.0, 0.0] ndarray
npz, the same archive: [0.0, 0.0, 0.0] one array twice: False
EXPECTED
