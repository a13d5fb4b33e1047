#!/usr/bin/env bash
# np.einsum("nf,fc", x, W) is the transpose of x @ W: without an arrow, the letters of the result stand in alphabetical order.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: the same product is x @ W with the letters "ij,jk" and its transpose with "nf,fc", as c comes before n.
#   For a batch as large as the number of classes both have one shape, and nothing raises. Even a single operand is
#   turned: np.einsum("ba", x) is x.T. The order of letters that occur once decides, not that of their places.
#   np.einsum("nf,fc->nc", x, W) is x @ W.
# output:
#   ij,jk: x @ W
#   nf,fc: its transpose
#   bi,io: x @ W
#   bi,ia: its transpose
#   nf,fc->nc: x @ W
#   ab and ba of one matrix: (5, 3) (3, 5)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > letters.py <<'PYTHON'
import numpy as np

x, W = np.arange(15.0).reshape(5, 3), np.arange(6.0).reshape(3, 2)
right = x @ W


def told(came):
    return "x @ W" if np.array_equal(came, right) else "its transpose" if np.array_equal(came, right.T) else "another"


for letters in ("ij,jk", "nf,fc", "bi,io", "bi,ia", "nf,fc->nc"):
    print(f"{letters}: {told(np.einsum(letters, x, W))}")
print("ab and ba of one matrix:", np.einsum("ab", x).shape, np.einsum("ba", x).shape)
PYTHON
environment/bin/python letters.py | tee said.txt
diff said.txt - <<'EXPECTED'
ij,jk: x @ W
nf,fc: its transpose
bi,io: x @ W
bi,ia: its transpose
nf,fc->nc: x @ W
ab and ba of one matrix: (5, 3) (3, 5)
EXPECTED
