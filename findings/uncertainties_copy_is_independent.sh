#!/usr/bin/env bash
# In uncertainties x - x is 0 exactly, and x - copy.copy(x) has an error of 0.14; the text "3" is read as 3 with an error of 1.
#
# versions: uncertainties 3.2.3, numpy 2.4.6, Python 3.11
# behaviour: a copied or pickled quantity is another measurement of the same value. What sends one through a process
#   pool, a cache or a dataclass's replace with a copy loses the correlation; a copy of a whole list keeps it within
#   the list. ufloat(1, 0.1) == ufloat(1, 0.1) is False for the same reason. A number without an error is read with one
#   unit of its last digit, 100 as 100 with 1 and 1.0 with 0.1.
# output:
#   x - x: 0.0+/-0 x - copy: 0.00+/-0.14 x - pickled: 0.00+/-0.14
#   within a copied list: 0.0+/-0 two equal ones: False
#   read: 3.0+/-1.0 100.0+/-1.0 1.00+/-0.10
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check uncertainties==3.2.3 numpy==2.4.6
cat > copies.py <<'PYTHON'
import copy
import pickle

from uncertainties import ufloat, ufloat_fromstr

x = ufloat(1, 0.1)
print("x - x:", x - x, "x - copy:", f"{x - copy.copy(x):.2f}", "x - pickled:", f"{x - pickle.loads(pickle.dumps(x)):.2f}")
one, other = copy.deepcopy([x, x])
print("within a copied list:", one - other, "two equal ones:", ufloat(1, 0.1) == ufloat(1, 0.1))
print("read:", *(ufloat_fromstr(text) for text in ("3", "100", "1.0")))
PYTHON
environment/bin/python -W error copies.py | tee said.txt
diff said.txt - <<'EXPECTED'
x - x: 0.0+/-0 x - copy: 0.00+/-0.14 x - pickled: 0.00+/-0.14
within a copied list: 0.0+/-0 two equal ones: False
read: 3.0+/-1.0 100.0+/-1.0 1.00+/-0.10
EXPECTED
