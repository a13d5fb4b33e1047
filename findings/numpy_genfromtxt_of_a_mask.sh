#!/usr/bin/env bash
# np.genfromtxt reads the bools 1 and 0 as False and False, and a label that is no number as -1; np.loadtxt does neither.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: with dtype=bool only the texts true and false count, in any case; every other text, 1 too, is False.
#   np.savetxt writes a mask as 1 and 0 with fmt="%d", and np.loadtxt reads that, but refuses True. With dtype=int a
#   text that is no integer, 3.0 too, becomes -1, which as an index is the last class. None of these raises or warns.
# output:
#   savetxt of a mask: genfromtxt [False, False, False], loadtxt [True, False, True]
#   True and False: genfromtxt [True, False], loadtxt ValueError
#   labels ['7', 'seven', '2']: genfromtxt [7, -1, 2], loadtxt ValueError
#   labels ['7', '3.0', '2']: genfromtxt [7, -1, 2], loadtxt ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > texts.py <<'PYTHON'
import io

import numpy as np


def told(read, text, kind):
    try:
        return read(io.StringIO(text), dtype=kind).tolist()
    except ValueError:
        return "ValueError"


file = io.StringIO()
np.savetxt(file, np.array([True, False, True]), fmt="%d")
for name, text in {"savetxt of a mask": file.getvalue(), "True and False": "True\nFalse\n"}.items():
    print(f"{name}: genfromtxt {told(np.genfromtxt, text, bool)}, loadtxt {told(np.loadtxt, text, bool)}")
for text in ("7\nseven\n2\n", "7\n3.0\n2\n"):
    print(f"labels {text.split()}: genfromtxt {told(np.genfromtxt, text, int)}, loadtxt {told(np.loadtxt, text, int)}")
PYTHON
environment/bin/python -W error texts.py | tee said.txt
diff said.txt - <<'EXPECTED'
savetxt of a mask: genfromtxt [False, False, False], loadtxt [True, False, True]
True and False: genfromtxt [True, False], loadtxt ValueError
labels ['7', 'seven', '2']: genfromtxt [7, -1, 2], loadtxt ValueError
labels ['7', '3.0', '2']: genfromtxt [7, -1, 2], loadtxt ValueError
EXPECTED
