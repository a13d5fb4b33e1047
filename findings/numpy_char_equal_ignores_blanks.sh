#!/usr/bin/env bash
# np.char.equal("seven ", "seven") is True, np.strings.equal and == are False: the older functions drop blanks at the end.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.strings, new in NumPy 2, has the same functions as np.char under the same names, and most of them are
#   the same objects. The six comparisons are not: those of np.char strip blanks, tabs and line ends from both sides of
#   the comparison first. A np.char.array strips them from an element that is taken out, too. A replacement of the one
#   name by the other changes the number of right answers.
# output:
#   np.char.equal: [True, True, False]
#   np.strings.equal: [False, False, False] ==: [False, False, False]
#   the same object: ['upper', 'strip', 'add', 'find']
#   an element: 'seven ' of a np.char.array: 'seven'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > blanks.py <<'PYTHON'
import numpy as np

came, expected = np.array(["seven ", "seven\n", " seven"]), np.array(["seven"] * 3)
print("np.char.equal:", np.char.equal(came, expected).tolist())
print("np.strings.equal:", np.strings.equal(came, expected).tolist(), "==:", (came == expected).tolist())
names = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "upper", "strip", "add", "find"]
print("the same object:", [name for name in names if getattr(np.char, name) is getattr(np.strings, name)])
print("an element:", repr(str(came[0])), "of a np.char.array:", repr(str(np.char.array(came)[0])))
PYTHON
environment/bin/python -W error blanks.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.char.equal: [True, True, False]
np.strings.equal: [False, False, False] ==: [False, False, False]
the same object: ['upper', 'strip', 'add', 'find']
an element: 'seven ' of a np.char.array: 'seven'
EXPECTED
