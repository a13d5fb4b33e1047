#!/usr/bin/env bash
# Python's random.shuffle loses rows of a NumPy matrix: of the ten images some are there twice or more, and others not at all.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: it swaps two elements by x[i], x[j] = x[j], x[i]. A row of a matrix is a view: the first assignment
#   changes the memory that the second one reads, so that a row is copied over the other instead. No exception, no
#   warning; the shape is right, and labels shuffled in the same way no longer fit. A vector is shuffled well, and so
#   is a list of rows, and by NumPy's own shuffle the matrix.
# output:
#   different rows of ten: random.shuffle 6 of a list 10 of a vector 10 NumPy's 10
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > rows.py <<'PYTHON'
import random

import numpy as np


def different(shuffle, x):
    shuffle(x)
    return len({tuple(np.atleast_1d(row).tolist()) for row in x})


matrix = np.arange(20).reshape(10, 2)
random.seed(0)
print("different rows of ten: random.shuffle", different(random.shuffle, matrix.copy()), "of a list", different(random.shuffle, list(matrix.copy())), end=" ")
print("of a vector", different(random.shuffle, np.arange(10)), "NumPy's", different(np.random.default_rng(0).shuffle, matrix.copy()))
PYTHON
environment/bin/python -W error rows.py | tee said.txt
diff said.txt - <<'EXPECTED'
different rows of ten: random.shuffle 6 of a list 10 of a vector 10 NumPy's 10
EXPECTED
