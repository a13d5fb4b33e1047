#!/usr/bin/env bash
# SciPy's euclidean distance of two images in uint8 is 251.05, and its squared one, sqeuclidean, is 50; by cdist it is 7.07.
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: euclidean, minkowski, cityblock and chebyshev subtract the images in their own type, where 0 - 5 is 251.
#   sqeuclidean converts to floats first, and so does cdist with any metric: the euclidean distance is not the root of
#   the squared one, and the nearest picture by a loop is not that by cdist. Nothing warns.
# output:
#   cityblock: 256.000, by cdist 10.000
#   chebyshev: 251.000, by cdist 5.000
#   euclidean: 251.050, by cdist 7.071
#   sqeuclidean: 50.000, by cdist 50.000
#   minkowski, p=1: 256.000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > distances.py <<'PYTHON'
import numpy as np
from scipy.spatial import distance

one, other = np.array([10, 0, 7], np.uint8), np.array([5, 5, 7], np.uint8)
for name in ("cityblock", "chebyshev", "euclidean", "sqeuclidean"):
    alone = float(getattr(distance, name)(one, other))
    print(f"{name}: {alone:.3f}, by cdist {distance.cdist([one], [other], name)[0, 0]:.3f}")
print(f"minkowski, p=1: {distance.minkowski(one, other, 1):.3f}")
PYTHON
environment/bin/python -W error distances.py | tee said.txt
diff said.txt - <<'EXPECTED'
cityblock: 256.000, by cdist 10.000
chebyshev: 251.000, by cdist 5.000
euclidean: 251.050, by cdist 7.071
sqeuclidean: 50.000, by cdist 50.000
minkowski, p=1: 256.000
EXPECTED
