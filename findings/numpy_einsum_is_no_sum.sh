#!/usr/bin/env bash
# np.einsum("i->", x) of three hits is True and of three pixels of 200 is 88, where np.sum gives 3 and 600.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.sum, np.cumsum and np.trace add bools and small integers in the default integer. einsum, @, np.dot,
#   np.vecdot, np.inner and np.convolve keep the type: the count of hits by hits @ hits is True. A reduction written as
#   a product with ones is another one than the sum, and none of them warns.
# output:
#   three hits: sum 3, cumsum 3, trace 3; einsum True, @ ones True, vecdot True, inner True, convolve True
#   pixels of 200: sum 600, cumsum 600, trace 600; einsum 88, @ ones 88, vecdot 88, inner 88, convolve 88
#   einsum in another type: 3 600
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > sums.py <<'PYTHON'
import numpy as np

hits, pixels = np.array([True, True, True]), np.array([200, 200, 200], np.uint8)
for name, x in {"three hits": hits, "pixels of 200": pixels}.items():
    ones = np.ones_like(x)
    print(
        f"{name}: sum {x.sum()}, cumsum {x.cumsum()[-1]}, trace {np.trace(np.diag(x))};"
        f" einsum {np.einsum('i->', x)}, @ ones {x @ ones}, vecdot {np.vecdot(x, ones)}, inner {np.inner(x, ones)},"
        f" convolve {np.convolve(x, ones)[2]}"
    )
print("einsum in another type:", np.einsum("i->", hits, dtype=np.int64), np.einsum("i->", pixels, dtype=np.int64))
PYTHON
environment/bin/python -W error sums.py | tee said.txt
diff said.txt - <<'EXPECTED'
three hits: sum 3, cumsum 3, trace 3; einsum True, @ ones True, vecdot True, inner True, convolve True
pixels of 200: sum 600, cumsum 600, trace 600; einsum 88, @ ones 88, vecdot 88, inner 88, convolve 88
einsum in another type: 3 600
EXPECTED
