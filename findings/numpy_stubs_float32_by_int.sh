#!/usr/bin/env bash
# From NumPy 2.2 on, its stubs type float32 array / int as float64, though NumPy computes float32: a right annotation is refused.
#
# versions: numpy 2.1.3 and 2.4.6, mypy 2.4.1, Python 3.11
# behaviour: a Python int has no precision of its own in NumPy's arithmetic (NEP 50), so float32 pixels divided by 255
#   are float32. The stubs of 2.1.3 leave the precision open. Later ones state float64 for /, but float32 for + and *.
#   So mypy refuses the usual scaling of images with the right annotation, and accepts it with the wrong one.
# output:
#   numpy 2.1.3: mypy refuses nothing
#   numpy 2.4.6: mypy refuses float32
#   in truth: float32
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > scale.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray


def right(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return pixels / 255  # float32


def wrong(pixels: NDArray[np.float32]) -> NDArray[np.float64]:
    return pixels / 255  # float64


def doubled(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return pixels * 2 + 1  # a float32 that is doubled
PYTHON
for numpy in 2.1.3 2.4.6; do
    python3 -m venv "env-$numpy"
    "env-$numpy/bin/python" -m pip install --quiet --disable-pip-version-check "numpy==$numpy" mypy==2.4.1
    "env-$numpy/bin/mypy" --cache-dir "cache-$numpy" scale.py > said.txt || true
    grep -E '^(Success|Found)' said.txt > /dev/null
    refused=$({ grep -oE 'scale\.py:[0-9]+: error' said.txt || true; } | cut -d: -f2 | while read -r line; do sed -n "${line}s/.*  # //p" scale.py; done | xargs)
    echo "numpy $numpy: mypy refuses ${refused:-nothing}" | tee "$numpy.txt"
done
truth=$(env-2.4.6/bin/python -c 'import numpy as np, scale; print(scale.wrong(np.ones(3, np.float32)).dtype)')
echo "in truth: $truth"
[ "$truth" = float32 ] && [ "$(cat 2.1.3.txt)" = "numpy 2.1.3: mypy refuses nothing" ]
[ "$(cat 2.4.6.txt)" = "numpy 2.4.6: mypy refuses float32" ]
