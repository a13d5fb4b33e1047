#!/usr/bin/env bash
# rng.choice(10, 5, replace=False, shuffle=False) never has 6 to 9 at the front; of nine of ten the last one is 9 in nine cases of ten.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: shuffle=False leaves out the order of the sample, "for speed". Which numbers are taken is random; where they
#   stand is not: place k holds a number up to n - size + k. Whoever takes the first hundred of the sample for validation
#   gets images from the front of the file, in MNIST's order or, for sorted labels, the low digits. Of all ten the sample is
#   0 to 9 in order. It looks shuffled, as most lists are out of order. Bitten is who splits a drawn sample again.
# output:
#   first of five, share of 6 to 9: shuffle=False 0.0 shuffle=True near 0.4: True
#   last of nine, share of 9: shuffle=False near 0.9: True shuffle=True near 0.1: True
#   ten of ten: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > places.py <<'PYTHON'
import numpy as np

rng = np.random.default_rng(0)


def drawn(size, place, shuffle):
    return np.bincount([rng.choice(10, size, replace=False, shuffle=shuffle)[place] for _ in range(2000)], minlength=10) / 2000


print("first of five, share of 6 to 9: shuffle=False", drawn(5, 0, False)[6:].sum(), "shuffle=True near 0.4:", bool(abs(drawn(5, 0, True)[6:].sum() - 0.4) < 0.06))
print("last of nine, share of 9: shuffle=False near 0.9:", bool(abs(drawn(9, -1, False)[9] - 0.9) < 0.06), "shuffle=True near 0.1:", bool(abs(drawn(9, -1, True)[9] - 0.1) < 0.06))
print("ten of ten:", rng.choice(10, 10, replace=False, shuffle=False).tolist())
PYTHON
environment/bin/python -W error places.py | tee said.txt
diff said.txt - <<'EXPECTED'
first of five, share of 6 to 9: shuffle=False 0.0 shuffle=True near 0.4: True
last of nine, share of 9: shuffle=False near 0.9: True shuffle=True near 0.1: True
ten of ten: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
EXPECTED
