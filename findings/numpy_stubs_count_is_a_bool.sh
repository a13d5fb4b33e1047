#!/usr/bin/env bash
# To mypy and pyright, np.sum of bools is a np.bool, and np.sum of a uint8 image a uint8: the right types are refused.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, Python 3.11
# behaviour: NumPy adds bools and small integers as its default integer, so that the count of right answers is an int64. The
#   stubs of np.sum give the type of the elements: both checkers refuse np.int64 for the count, and accept np.bool, which it
#   never is. np.clip(pixels, 0.0, 0.5) is a uint8 to them as well, and a float64 in truth. np.prod is right in the stubs; the
#   methods, x.sum(), are Any.
# output:
#   mypy refuses: a count, a sum of pixels, clipped pixels
#   basedpyright refuses: a count, a sum of pixels, clipped pixels
#   in truth: int64, uint64, float64
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 basedpyright==1.40.2
cat > count.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray


def count(hits: NDArray[np.bool]) -> np.int64:
    total = np.sum(hits)
    return total  # a count


def no_count(hits: NDArray[np.bool]) -> np.bool:
    total = np.sum(hits)
    return total  # a bool


def light(pixels: NDArray[np.uint8]) -> np.uint64:
    total = np.sum(pixels)
    return total  # a sum of pixels


def product(pixels: NDArray[np.uint8]) -> np.uint64:
    total = np.prod(pixels)
    return total  # a product of pixels


def clipped(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    dim = np.clip(pixels, 0.0, 0.5)
    return dim  # clipped pixels
PYTHON
refused() { grep -oE 'count\.py:[0-9]+(:[0-9]+)?( -|:) error' said.txt | cut -d: -f2 | sort -un | while read -r line; do
    sed -n "${line%% *}s/.*  # /, /p" count.py; done | tr -d '\n' | sed 's/^, //'; }
environment/bin/mypy --cache-dir cache count.py > said.txt || true
echo "mypy refuses: $(refused)" | tee all.txt
environment/bin/basedpyright --level error count.py > said.txt || true
echo "basedpyright refuses: $(refused)" | tee -a all.txt
environment/bin/python -c '
import numpy as np, count
pixels = np.ones(3, np.uint8)
print("in truth:", ", ".join(str(came.dtype) for came in (count.count(pixels > 0), count.light(pixels), count.clipped(pixels))))' | tee -a all.txt
diff all.txt - <<'EXPECTED'
mypy refuses: a count, a sum of pixels, clipped pixels
basedpyright refuses: a count, a sum of pixels, clipped pixels
in truth: int64, uint64, float64
EXPECTED
