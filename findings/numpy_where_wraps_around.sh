#!/usr/bin/env bash
# np.where(mask, pixels, 1000), np.select and np.choose write 232 into a uint8, where + and an assignment raise OverflowError.
#
# versions: numpy 1.26.4 and 2.4.6, Python 3.11
# behaviour: a Python int takes the type of the array beside it (NEP 50), and OverflowError is raised if it does not
#   fit: by +, np.maximum, np.full_like, np.putmask and pixels[0] = 1000. np.where, np.select and np.choose take the type, and
#   truncate the number. In NumPy 1.26 the result is a uint16 without loss: code that marks the background of an image
#   by a number above 255 silently changes.
# output:
#   numpy 1.26.4: where uint16 1000, select uint16 1000, choose uint16 1000, maximum uint16 1000
#   numpy 2.4.6: where uint8 232, select uint8 232, choose uint8 232, maximum OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > where.py <<'PYTHON'
import numpy as np

pixels = np.array([7], np.uint8)


def told(make):
    try:
        came = make()
    except OverflowError:
        return "OverflowError"
    return f"{came.dtype} {came[0]}"


ways = {
    "where": lambda: np.where(pixels > 9, pixels, 1000),
    "select": lambda: np.select([pixels > 9], [pixels], 1000),
    "choose": lambda: np.choose([1], [pixels, 1000]),
    "maximum": lambda: np.maximum(pixels, 1000),
}
print(f"numpy {np.__version__}:", ", ".join(f"{name} {told(make)}" for name, make in ways.items()))
PYTHON
for pinned in numpy==1.26.4 numpy==2.4.6; do
    python3 -m venv "env-$pinned"
    "env-$pinned/bin/python" -m pip install --quiet --disable-pip-version-check "$pinned"
    "env-$pinned/bin/python" where.py | tee -a said.txt
done
diff said.txt - <<'EXPECTED'
numpy 1.26.4: where uint16 1000, select uint16 1000, choose uint16 1000, maximum uint16 1000
numpy 2.4.6: where uint8 232, select uint8 232, choose uint8 232, maximum OverflowError
EXPECTED
