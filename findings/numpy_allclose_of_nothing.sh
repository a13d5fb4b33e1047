#!/usr/bin/env bash
# np.allclose of an empty array and a vector of one is True; assert_allclose refuses these, but passes an empty array and a number.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.allclose broadcasts: the result for the shapes (0,) and (1,) is empty, and all() of nothing is True, so
#   a gradient of shape (0, 1) "equals" a bias of shape (1,). assert_allclose compares the shapes first and fails; but
#   it ignores the shape of a plain number, so an empty array equals 5, unless strict=True is given.
# output:
#   allclose of (0,) and (1,): True; assert_allclose: shapes (0,), (1,) mismatch
#   allclose of (0,) and 5: True; assert_allclose: passes; with strict=True: shapes (0,), () mismatch
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > nothing.py <<'PYTHON'
import re

import numpy as np


def told(*arguments, **options):
    try:
        np.testing.assert_allclose(*arguments, **options)
    except AssertionError as error:
        return re.search(r"shapes .* mismatch", str(error))[0]
    return "passes"


empty = np.zeros(0)
print(f"allclose of (0,) and (1,): {np.allclose(empty, [5.0])}; assert_allclose: {told(empty, [5.0])}")
print(f"allclose of (0,) and 5: {np.allclose(empty, 5)}; assert_allclose: {told(empty, 5)}; with strict=True: {told(empty, np.asarray(5.0), strict=True)}")
PYTHON
environment/bin/python nothing.py | tee said.txt
[ "$(head -1 said.txt)" = "allclose of (0,) and (1,): True; assert_allclose: shapes (0,), (1,) mismatch" ]
[ "$(tail -1 said.txt)" = "allclose of (0,) and 5: True; assert_allclose: passes; with strict=True: shapes (0,), () mismatch" ]
