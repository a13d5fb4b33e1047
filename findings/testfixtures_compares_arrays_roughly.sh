#!/usr/bin/env bash
# To testfixtures' compare a gradient of 5e-9 equals a gradient of 0 in an array, and not in a list; nan equals nan in an array alone.
#
# versions: testfixtures 12.4.0, numpy 2.4.6, Python 3.11
# behaviour: compare asks for equality: lists, dicts, dataclasses and their elements have to be equal. Arrays are compared within
#   rtol=1e-5 and atol=1e-8, and nan counts as equal, so that wrapping two numbers into an array makes a failing test
#   pass. A gradient that is wrong by a factor, and smaller than 1e-8, as deep layers behind two sigmoids have, always passes. Arrays of
#   integers are compared exactly, and with strict=True all are.
# output:
#   5e-9 and 0: lists differs, arrays equal, in a dict equal, strict differs
#   1 and 1.000005: lists differs, arrays equal, in a dict equal, strict differs
#   1000000 and 1000001: lists differs, arrays differs, in a dict differs, strict differs
#   nan and nan: lists differs, arrays equal, in a dict equal, strict equal
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check testfixtures==12.4.0 numpy==2.4.6
cat > same.py <<'PYTHON'
import numpy as np
from testfixtures import compare

nan = float("nan")


def told(*pair, **options):
    try:
        compare(*pair, **options)
    except AssertionError:
        return "differs"
    return "equal"


for name, pair in {"5e-9 and 0": ([5e-9], [0.0]), "1 and 1.000005": ([1.0], [1.000005]), "1000000 and 1000001": ([1000000], [1000001]), "nan and nan": ([nan], [float("nan")])}.items():
    arrays = [np.array(numbers) for numbers in pair]
    print(f"{name}: lists {told(*pair)}, arrays {told(*arrays)}, in a dict {told({'W1': arrays[0]}, {'W1': arrays[1]})}, strict {told(*arrays, strict=True)}")
PYTHON
environment/bin/python -W error same.py | tee said.txt
diff said.txt - <<'EXPECTED'
5e-9 and 0: lists differs, arrays equal, in a dict equal, strict differs
1 and 1.000005: lists differs, arrays equal, in a dict equal, strict differs
1000000 and 1000001: lists differs, arrays differs, in a dict differs, strict differs
nan and nan: lists differs, arrays equal, in a dict equal, strict equal
EXPECTED
