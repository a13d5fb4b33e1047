#!/usr/bin/env bash
# safetensors.numpy saves the transpose of a matrix scrambled: the shape of W.T with the numbers in the order of W.
#
# versions: safetensors 0.8.0, numpy 2.4.6, Python 3.11
# behaviour: save writes the memory of an array as it lies, in any order, with the shape. W.T, and a matrix in
#   Fortran order, as SciPy and np.asfortranarray make it, is another matrix after load; no exception, no warning. np.savez
#   keeps both. np.ascontiguousarray has to come before it.
# output:
#   W.T: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
#   safetensors: [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
#   savez: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
#   in Fortran order: safetensors False, savez True
#   after np.ascontiguousarray: safetensors True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
cat > save.py <<'PYTHON'
import io

import numpy as np
from safetensors.numpy import load, save


def by_safetensors(weights):
    return load(save({"W": weights}))["W"]


def by_savez(weights):
    content = io.BytesIO()
    np.savez(content, W=weights)
    content.seek(0)
    return np.load(content)["W"]


weights = np.arange(6.0).reshape(2, 3)
fortran = np.asfortranarray(weights)
print("W.T:", weights.T.tolist())
print("safetensors:", by_safetensors(weights.T).tolist())
print("savez:", by_savez(weights.T).tolist())
same = [np.array_equal(by(fortran), weights) for by in (by_safetensors, by_savez)]
print("in Fortran order: safetensors {}, savez {}".format(*same))
print("after np.ascontiguousarray: safetensors", np.array_equal(by_safetensors(np.ascontiguousarray(weights.T)), weights.T))
PYTHON
environment/bin/python save.py | tee said.txt
diff said.txt - <<'EXPECTED'
W.T: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
safetensors: [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
savez: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
in Fortran order: safetensors False, savez True
after np.ascontiguousarray: safetensors True
EXPECTED
