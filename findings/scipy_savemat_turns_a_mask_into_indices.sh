#!/usr/bin/env bash
# A bool mask that SciPy saved with savemat comes back as uint8 with two axes: as an index it picks rows 0 and 1.
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: MATLAB's format has a mark for logical arrays, and loadmat gives the integers. images[mask] with bools
#   picks the marked images, with integers the images of these numbers, again and again: another shape, and no
#   exception. A vector comes back as one row, a number as a matrix of one; squeeze_me=True takes these axes away, and
#   an axis of length one of the data too.
# output:
#   before: bool (3,) [10, 30]
#   after: uint8 (1, 3) [[20, 10, 20]]
#   squeeze_me: uint8 (3,) [20, 10, 20]
#   shapes of a vector, a number and (1, 3): (1, 3) (1, 1) (1, 3); squeezed: (3,) () (3,)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > mask.py <<'PYTHON'
import numpy as np
from scipy.io import loadmat, savemat

images, mask = np.array([10, 20, 30]), np.array([True, False, True])
savemat("x.mat", {"mask": mask, "vector": np.arange(3.0), "number": 2.0, "one": np.zeros((1, 3))})
came = loadmat("x.mat")
print("before:", mask.dtype, mask.shape, images[mask].tolist())
print("after:", came["mask"].dtype, came["mask"].shape, images[came["mask"]].tolist())
squeezed = loadmat("x.mat", squeeze_me=True)
print("squeeze_me:", squeezed["mask"].dtype, squeezed["mask"].shape, images[squeezed["mask"]].tolist())
print("shapes of a vector, a number and (1, 3):", *(came[name].shape for name in ("vector", "number", "one")), end="; ")
print("squeezed:", squeezed["vector"].shape, np.shape(squeezed["number"]), squeezed["one"].shape)
PYTHON
environment/bin/python -W error mask.py | tee said.txt
diff said.txt - <<'EXPECTED'
before: bool (3,) [10, 30]
after: uint8 (1, 3) [[20, 10, 20]]
squeeze_me: uint8 (3,) [20, 10, 20]
shapes of a vector, a number and (1, 3): (1, 3) (1, 1) (1, 3); squeezed: (3,) () (3,)
EXPECTED
