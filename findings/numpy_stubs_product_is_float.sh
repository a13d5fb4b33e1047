#!/usr/bin/env bash
# From NumPy 2.5 on, its stubs type np.prod(x.shape) as float64, so that type checkers refuse np.zeros(np.prod(x.shape)).
#
# versions: numpy 2.4.6 and 2.5.5, mypy 2.4.1, basedpyright 1.40.2, for Python 3.12 (the script runs on 3.11 too)
# behaviour: the shape of an array is tuple[Any, ...] if none is stated, which matches several overloads of np.prod.
#   With 2.4.6 both checkers choose the one for integers. With 2.5.5 both choose float64: they refuse
#   np.zeros(np.prod(x.shape)), which runs, and accept float64 for np.prod(x.shape), which is an int64.
# output:
#   numpy 2.4.6: mypy refuses a float64, basedpyright refuses a float64
#   numpy 2.5.5: mypy refuses zeros of a product, basedpyright refuses zeros of a product
#   in truth: int64
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
pip="environment/bin/python -m pip install --quiet --disable-pip-version-check"
$pip mypy==2.4.1 basedpyright==1.40.2
cat > product.py <<'PYTHON'
import numpy as np


def of_a_product(x: np.ndarray) -> np.ndarray:
    return np.zeros(np.prod(x.shape))  # zeros of a product


def a_float(x: np.ndarray) -> np.float64:
    return np.prod(x.shape)  # a float64
PYTHON
refused() { grep -oE 'product\.py:[0-9]+(:[0-9]+)?( -|:) error' said.txt | cut -d: -f2 | sort -un | while read -r line; do
    sed -n "${line%% *}s/.*  # //p" product.py; done | xargs; }
for numpy in 2.4.6 2.5.5; do  # its files alone: NumPy 2.5 does not run on Python 3.11
    $pip --no-deps --only-binary=:all: --ignore-requires-python --python-version 3.12 --target "numpy-$numpy" "numpy==$numpy"
    MYPYPATH="numpy-$numpy" environment/bin/mypy --python-version 3.12 --no-site-packages --cache-dir "cache-$numpy" product.py > said.txt || true
    mypy=$(refused)
    echo "{\"extraPaths\": [\"numpy-$numpy\"], \"include\": [\"product.py\"], \"pythonVersion\": \"3.12\"}" > pyrightconfig.json
    environment/bin/basedpyright --level error > said.txt || true
    echo "numpy $numpy: mypy refuses $mypy, basedpyright refuses $(refused)" | tee "$numpy.txt"
done
$pip numpy==2.4.6
truth=$(environment/bin/python -c 'import numpy as np, product; product.of_a_product(np.zeros((3, 4))); print(product.a_float(np.zeros((3, 4))).dtype)')
echo "in truth: $truth"
[ "$truth" = int64 ]
[ "$(cat 2.4.6.txt)" = "numpy 2.4.6: mypy refuses a float64, basedpyright refuses a float64" ]
[ "$(cat 2.5.5.txt)" = "numpy 2.5.5: mypy refuses zeros of a product, basedpyright refuses zeros of a product" ]
