#!/usr/bin/env bash
# jupyter-lab-progress accepts a column of three ones where a row is expected, and refuses np.float32(0.3) and [0.1 + 0.2] for 0.3, at any tolerance.
#
# versions: jupyter-lab-progress 1.1.4, ipython 9.18.1, pandas 3.0.6, numpy 2.4.6, Python 3.11
# behaviour: validate_output compares two floats within a tolerance of 1e-6, and two arrays by np.allclose, which
#   stretches one to the shape of the other: of a column and a row, or of one number and a whole layer, all pairs are
#   compared, and the shape is never asked. To the tolerance np.allclose adds 1e-5 of the value, so that 1000.005 is
#   1000. A number of another kind, np.float32 or a list of floats, is compared by == and the tolerance is not used,
#   though it may be passed. check_embedding_shape takes the length first: of a batch of 5 embeddings of 64 numbers it
#   sees the 5, and a batch of 64 of any size is right.
# output:
#   column for a row: right
#   one number for a row: right
#   1000.005 for 1000, floats: wrong
#   1000.005 for 1000, arrays: right
#   0.1 + 0.2 for 0.3: right
#   [0.1 + 0.2] for [0.3]: wrong
#   np.float32(0.3) for 0.29999, tolerance 0.1: wrong
#   5 embeddings of 64: wrong
#   64 embeddings of 3: right
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jupyter-lab-progress==1.1.4 \
  ipython==9.18.1 pandas==3.0.6 numpy==2.4.6
cat > validate.py <<'PYTHON'
import contextlib
import io

import numpy as np
from jupyter_lab_progress import LabValidator

validator = LabValidator()


def verdict(method, *arguments, **options):
    with contextlib.redirect_stdout(io.StringIO()):
        return "right" if method(*arguments, **options) else "wrong"


row, output = np.ones((1, 3)), validator.validate_output
print("column for a row:", verdict(output, np.ones((3, 1)), row))
print("one number for a row:", verdict(output, np.ones(1), row))
print("1000.005 for 1000, floats:", verdict(output, 1000.005, 1000.0))
print("1000.005 for 1000, arrays:", verdict(output, np.array([1000.005]), np.array([1000.0])))
print("0.1 + 0.2 for 0.3:", verdict(output, 0.1 + 0.2, 0.3))
print("[0.1 + 0.2] for [0.3]:", verdict(output, [0.1 + 0.2], [0.3]))
print("np.float32(0.3) for 0.29999, tolerance 0.1:", verdict(output, np.float32(0.3), 0.29999, tolerance=0.1))
print("5 embeddings of 64:", verdict(validator.check_embedding_shape, np.ones((5, 64)), 64))
print("64 embeddings of 3:", verdict(validator.check_embedding_shape, np.ones((64, 3)), 64))
PYTHON
environment/bin/python validate.py | tee said.txt
diff said.txt - <<'EXPECTED'
column for a row: right
one number for a row: right
1000.005 for 1000, floats: wrong
1000.005 for 1000, arrays: right
0.1 + 0.2 for 0.3: right
[0.1 + 0.2] for [0.3]: wrong
np.float32(0.3) for 0.29999, tolerance 0.1: wrong
5 embeddings of 64: wrong
64 embeddings of 3: right
EXPECTED
