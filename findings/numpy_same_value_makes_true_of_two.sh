#!/usr/bin/env bash
# NumPy 2.4's casting="same_value", "the values must not change", makes True of 2, of 0.5 and of nan, and 0 of -0.0; of 2.5 it makes no int, of 300 no uint8.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: the new option of astype is there to convert without loss: it raises ValueError where a number is
#   rounded, does not fit or has an imaginary part. For bool it never raises. A label 7 is True, as by plain astype,
#   so that a column of marks taken for a mask by mistake goes through the one check that was asked for, and comes
#   back as ones. The sign of a zero, which 1 / x shows, is lost in the same way, while NaN among the floats passes,
#   though it equals nothing. The documentation has no exception for bool.
# output:
#   int64 2 to bool: bool True, back again 1
#   float64 0.5 to bool: bool True, back again 1.0
#   float64 nan to bool: bool True, back again 1.0
#   float64 -0.0 to int64: int64 0, back again 0.0
#   float64 nan to float32: float32 nan, back again nan
#   float64 2.5 to int64: ValueError
#   int64 300 to uint8: ValueError
#   float64 0.1 to float32: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > casts.py <<'PYTHON'
import numpy as np

for number, dtype in ((2, bool), (0.5, bool), (np.nan, bool), (-0.0, int), (np.nan, np.float32), (2.5, int), (300, np.uint8), (0.1, np.float32)):
    array = np.array([number])
    try:
        cast = array.astype(dtype, casting="same_value")
        said = f"{cast.dtype} {cast[0]}, back again {cast.astype(array.dtype)[0]}"
    except ValueError as refusal:
        said = type(refusal).__name__
    print(f"{array.dtype} {number} to {np.dtype(dtype)}: {said}")
PYTHON
environment/bin/python casts.py | tee said.txt
diff said.txt - <<'EXPECTED'
int64 2 to bool: bool True, back again 1
float64 0.5 to bool: bool True, back again 1.0
float64 nan to bool: bool True, back again 1.0
float64 -0.0 to int64: int64 0, back again 0.0
float64 nan to float32: float32 nan, back again nan
float64 2.5 to int64: ValueError
int64 300 to uint8: ValueError
float64 0.1 to float32: ValueError
EXPECTED
