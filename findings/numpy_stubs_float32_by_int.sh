#!/usr/bin/env bash
# From NumPy 2.2 on, its stubs give float32 array / int as float64, where NumPy gives float32: a right annotation is refused.
#
# versions: numpy 2.1.3 and 2.4.6, mypy 2.4.1, Python 3.11
# behaviour: a Python int takes part in NumPy's arithmetic without a precision of its own (NEP 50), so that pixels of float32
#   divided by 255 are float32. The stubs of 2.1.3 leave the precision open there. Later ones say float64 of /, though float32
#   of + and *, so that mypy refuses the usual scaling of images where its result is annotated as it is, and accepts the
#   annotation that is wrong.
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
