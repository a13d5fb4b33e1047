#!/usr/bin/env bash
# np.trace and np.linalg.trace of a batch of matrices differ, and so do np.diagonal, np.outer and np.linalg's namesakes.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.trace and np.diagonal take the first two axes, the new functions of np.linalg (array API standard) the
#   last two. A batch of as many matrices as they have rows gives one shape by both. np.linalg.norm(x, 2) of a matrix
#   is its largest singular value, np.linalg.vector_norm(x, ord=2) the root of the sum of squares, which is what both
#   give without the 2. np.outer flattens, np.linalg.outer refuses more than one axis.
# output:
#   trace: [36.0, 39.0, 42.0] linalg.trace: [12.0, 39.0, 66.0] one by one: [12.0, 39.0, 66.0]
#   diagonal of the first: [0.0, 12.0, 24.0] linalg.diagonal: [0.0, 4.0, 8.0]
#   norm(x, 2): 5.465, vector_norm(x, ord=2): 5.477, norm(x): 5.477
#   outer: (4, 4) linalg.outer: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > batch.py <<'PYTHON'
import numpy as np

batch = np.arange(27.0).reshape(3, 3, 3)
print("trace:", np.trace(batch).tolist(), "linalg.trace:", np.linalg.trace(batch).tolist(), "one by one:", [float(np.trace(m)) for m in batch])
print("diagonal of the first:", np.diagonal(batch)[0].tolist(), "linalg.diagonal:", np.linalg.diagonal(batch)[0].tolist())
square = np.array([[1.0, 2.0], [3.0, 4.0]])
print(f"norm(x, 2): {np.linalg.norm(square, 2):.3f}, vector_norm(x, ord=2): {np.linalg.vector_norm(square, ord=2):.3f}, norm(x): {np.linalg.norm(square):.3f}")
try:
    np.linalg.outer(square, square)
except ValueError:
    print("outer:", np.outer(square, square).shape, "linalg.outer: ValueError")
PYTHON
environment/bin/python batch.py | tee said.txt
diff said.txt - <<'EXPECTED'
trace: [36.0, 39.0, 42.0] linalg.trace: [12.0, 39.0, 66.0] one by one: [12.0, 39.0, 66.0]
diagonal of the first: [0.0, 12.0, 24.0] linalg.diagonal: [0.0, 4.0, 8.0]
norm(x, 2): 5.465, vector_norm(x, ord=2): 5.477, norm(x): 5.477
outer: (4, 4) linalg.outer: ValueError
EXPECTED
