#!/usr/bin/env bash
# To type checkers np.bincount with weights gives integers, a uint8 image & 1 signed ones, and np.fft.fft of float32 complex128: the true types are refused.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2 in pyright's standard mode, Python 3.11
# behaviour: np.bincount(labels, weights=losses) adds the losses per class and gives float64, as documented; its stub has
#   one result for both uses, the counts, so that a mean loss per class is NDArray[np.float64] in truth and refused. An
#   operator for bits with a Python int gives "some signed integer" for a uint8, which it is not, and + and * of the same give
#   uint8. np.fft.fft keeps float32's precision since NumPy 2.0, complex64, and the stub has stayed at complex128. In each of
#   these a wrong annotation passes instead. ty says the same. Bitten is who types a network with the dtypes that it prints.
# output:
#   NumPy: bincount float64, pixels & 1 uint8, fft complex64
#   mypy: 3 true annotations refused, 0 wrong ones refused
#   pyright: 3 true annotations refused, 0 wrong ones refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 basedpyright==1.40.2
cat > begin.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray

labels: NDArray[np.int64] = np.array([0, 1, 1])
losses: NDArray[np.float32] = np.ones(3, np.float32)
pixels: NDArray[np.uint8] = np.ones(3, np.uint8)
PYTHON
cat begin.py - > true.py <<'PYTHON'
per_class: NDArray[np.float64] = np.bincount(labels, weights=losses)
odd: NDArray[np.uint8] = pixels & 1
waves: NDArray[np.complex64] = np.fft.fft(losses)
print(f"NumPy: bincount {per_class.dtype}, pixels & 1 {odd.dtype}, fft {waves.dtype}")
PYTHON
cat begin.py - > wrong.py <<'PYTHON'
per_class: NDArray[np.intp] = np.bincount(labels, weights=losses)
odd: NDArray[np.signedinteger] = pixels & 1
waves: NDArray[np.complex128] = np.fft.fft(losses)
PYTHON
environment/bin/python true.py | tee said.txt
cat > pyrightconfig.json <<'JSON'
{"typeCheckingMode": "standard"}
JSON
for checker in mypy pyright; do
    command=mypy
    [ "$checker" = mypy ] || command=basedpyright
    true=$(environment/bin/$command true.py | grep -c ' error: ' || true)
    wrong=$(environment/bin/$command wrong.py | grep -c ' error: ' || true)
    echo "$checker: $true true annotations refused, $wrong wrong ones refused"
done | tee -a said.txt
diff said.txt - <<'EXPECTED'
NumPy: bincount float64, pixels & 1 uint8, fft complex64
mypy: 3 true annotations refused, 0 wrong ones refused
pyright: 3 true annotations refused, 0 wrong ones refused
EXPECTED
