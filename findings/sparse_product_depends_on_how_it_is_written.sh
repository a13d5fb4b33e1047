#!/usr/bin/env bash
# For sparse, W @ x loses a nan in x where W has a zero, and einsum of the same product does not: [1, nan] and [nan, nan].
#
# versions: sparse 0.19.3, numpy 2.4.6, Python 3.11
# behaviour: a zero that is not stored is skipped in matmul, dot and tensordot, so that 0 * nan and 0 * inf count as 0; the same
#   library computes einsum by elementwise products, in which a zero that is not stored meets nan and gives nan, as in NumPy. A
#   forward pass with a sparse weight or image is finite after its partner went to nan, or not, depending on how it is written.
#   A test that compares the two forms on finite numbers passes.
# output:
#   W = [[0, 1], [2, 0]], x = [nan, 1] and [inf, 1]
#   W @ x: [1.0, nan] [1.0, inf]
#   W.dot(x): [1.0, nan] [1.0, inf]
#   tensordot: [1.0, nan] [1.0, inf]
#   einsum: [nan, nan] [nan, inf]
#   NumPy: [nan, nan] [nan, inf]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check sparse==0.19.3 numpy==2.4.6
cat > product.py <<'PYTHON'
import numpy as np
import sparse

dense = np.array([[0.0, 1.0], [2.0, 0.0]])
W = sparse.COO.from_numpy(dense)
vectors = [np.array([np.nan, 1.0]), np.array([np.inf, 1.0])]
print("W = [[0, 1], [2, 0]], x = [nan, 1] and [inf, 1]")
for name, product in {
    "W @ x": lambda x: W @ x,
    "W.dot(x)": lambda x: W.dot(x),
    "tensordot": lambda x: sparse.tensordot(W, x, 1),
    "einsum": lambda x: sparse.einsum("ij,j->i", W, sparse.COO.from_numpy(x)).todense(),
    "NumPy": lambda x: dense @ x,
}.items():
    print(f"{name}:", *(np.asarray(product(x)).tolist() for x in vectors))
PYTHON
environment/bin/python -W ignore product.py | tee said.txt
diff said.txt - <<'EXPECTED'
W = [[0, 1], [2, 0]], x = [nan, 1] and [inf, 1]
W @ x: [1.0, nan] [1.0, inf]
W.dot(x): [1.0, nan] [1.0, inf]
tensordot: [1.0, nan] [1.0, inf]
einsum: [nan, nan] [nan, inf]
NumPy: [nan, nan] [nan, inf]
EXPECTED
