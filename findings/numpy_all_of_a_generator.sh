#!/usr/bin/env bash
# np.all(x > 0 for x in [-1]) is True for any numbers: such an assertion never fails.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: to NumPy a generator is one object, an array without dimensions, and an object is true. np.any of it is
#   True as well, even if all elements are False. np.sum of a generator now raises TypeError; np.all and np.any do not.
#   `from numpy import *` replaces Python's own all and any by them.
# output:
#   all: False, np.all: True
#   any: False, np.any: True
#   np.sum: TypeError, sum(generator) is deprecated
#   all after from numpy import *: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > generators.py <<'PYTHON'
import numpy as np

numbers = [-1]
print(f"all: {all(x > 0 for x in numbers)}, np.all: {bool(np.all(x > 0 for x in numbers))}")
print(f"any: {any(x > 0 for x in numbers)}, np.any: {bool(np.any(x > 0 for x in numbers))}")
try:
    print("np.sum:", np.sum(x for x in numbers))
except TypeError as error:
    print("np.sum: TypeError,", str(error).split(".")[1])
exec("from numpy import *\nprint('all after from numpy import *:', bool(all(x > 0 for x in numbers)))")
PYTHON
environment/bin/python generators.py | tee said.txt
diff said.txt - <<'EXPECTED'
all: False, np.all: True
any: False, np.any: True
np.sum: TypeError, sum(generator) is deprecated
all after from numpy import *: True
EXPECTED
