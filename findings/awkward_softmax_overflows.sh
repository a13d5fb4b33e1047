#!/usr/bin/env bash
# Awkward Array's ak.softmax of [800, 799] is [nan, nan]; the two functions of SciPy and JAX give [0.731, 0.269].
#
# versions: awkward 2.14.0, scipy 1.17.1, jax 0.10.2, numpy 2.4.6, Python 3.11
# behaviour: it computes exp(x) / sum(exp(x)) without taking off the maximum first, the mistake that a course on neural
#   networks shows to beginners. Large outputs give nan, small ones too (0 / 0), float32 from 89 on; a RuntimeWarning of NumPy is
#   the only sign. It also has no mercy with a whole row: one large output spoils it. The page of the function states the
#   formula, and no limit. Bitten is who takes a library's softmax as the right answer, or for ragged batches.
# output:
#   small ones: awkward [0.731, 0.269], scipy [0.731, 0.269], jax [0.731, 0.269]
#   800 and 799: awkward [nan, nan], scipy [0.731, 0.269], jax [0.731, 0.269]
#   -800 and -799: awkward [nan, nan], scipy [0.269, 0.731], jax [0.269, 0.731]
#   90 and 89 in float32: awkward [nan, nan], scipy [0.731, 0.269], jax [0.731, 0.269]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check awkward==2.14.0 scipy==1.17.1 jax==0.10.2 numpy==2.4.6
cat > softmax.py <<'PYTHON'
import awkward as ak
import jax
import numpy as np
import scipy.special

for name, row in {
    "small ones": np.array([2.0, 1.0]),
    "800 and 799": np.array([800.0, 799.0]),
    "-800 and -799": np.array([-800.0, -799.0]),
    "90 and 89 in float32": np.array([90, 89], np.float32),
}.items():
    came = {
        "awkward": ak.softmax(ak.Array(row[None]), axis=-1).to_numpy()[0],
        "scipy": scipy.special.softmax(row),
        "jax": np.asarray(jax.nn.softmax(row)),
    }
    print(f"{name}:", ", ".join(f"{tool} {numbers.round(3).astype(float).round(3).tolist()}" for tool, numbers in came.items()))
PYTHON
environment/bin/python -W ignore softmax.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
small ones: awkward [0.731, 0.269], scipy [0.731, 0.269], jax [0.731, 0.269]
800 and 799: awkward [nan, nan], scipy [0.731, 0.269], jax [0.731, 0.269]
-800 and -799: awkward [nan, nan], scipy [0.269, 0.731], jax [0.269, 0.731]
90 and 89 in float32: awkward [nan, nan], scipy [0.731, 0.269], jax [0.731, 0.269]
EXPECTED
