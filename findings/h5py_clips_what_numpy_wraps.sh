#!/usr/bin/env bash
# An array with 300 and -1 written to an h5py dataset of uint8 becomes 255 and 0; NumPy's assignment makes 44 and 255 of it.
#
# versions: h5py 3.16.0, numpy 2.4.6, Python 3.11
# behaviour: HDF5 converts the numbers itself, and takes the nearest one that the type has; inf becomes 255 too. No
#   exception, no warning. So dataset[:] = x and array[:] = x store other numbers, and values out of range look like
#   real white and black. A list with the same numbers is first made an array of uint8 by NumPy, and raises
#   OverflowError. Reading integers by astype clips as well.
# output:
#   h5py: [255, 0, 7], of inf, -1.5 and 7.9: [255, 0, 7]
#   create_dataset: [255, 0, 7]
#   read by astype: [255, 0, 7]
#   NumPy: [44, 255, 7]
#   h5py, a list: OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check h5py==3.16.0 numpy==2.4.6
cat > clip.py <<'PYTHON'
import h5py
import numpy as np

values = np.array([300, -1, 7])
with h5py.File("x.h5", "w") as file:
    pixels = file.create_dataset("pixels", (3,), "u1")
    pixels[:] = values
    print("h5py:", pixels[:].tolist(), end=", ")
    pixels[:] = np.array([np.inf, -1.5, 7.9])
    print("of inf, -1.5 and 7.9:", pixels[:].tolist())
    print("create_dataset:", file.create_dataset("made", data=values, dtype="u1")[:].tolist())
    print("read by astype:", file.create_dataset("wide", data=values).astype("u1")[:].tolist())
    array = np.zeros(3, np.uint8)
    array[:] = values
    print("NumPy:", array.tolist())
    try:
        pixels[:] = values.tolist()
    except OverflowError:
        print("h5py, a list: OverflowError")
PYTHON
environment/bin/python -W error clip.py | tee said.txt
diff said.txt - <<'EXPECTED'
h5py: [255, 0, 7], of inf, -1.5 and 7.9: [255, 0, 7]
create_dataset: [255, 0, 7]
read by astype: [255, 0, 7]
NumPy: [44, 255, 7]
h5py, a list: OverflowError
EXPECTED
