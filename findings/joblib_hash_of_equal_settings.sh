#!/usr/bin/env bash
# joblib.hash of [[784, 10], [784, 10]] depends on whether the two lists are one object; of equal arrays it depends on their strides.
#
# versions: joblib 1.6.0, numpy 2.4.6, Python 3.11
# behaviour: the hash is that of a pickle, and a pickle writes an object that comes a second time as a reference to the
#   first. So sizes = [784, 10]; [sizes, sizes] has another hash than the same lists written out or read from JSON, and tuples
#   are alike. The order of a dict, of a set, equal texts and equal arrays in two places are taken care of. x[::2] has another
#   hash than its copy, a matrix in Fortran order another than in C order, and 1, 1.0 and np.float64(1) have three.
#   Memory.cache computes again in each of these; an experiment whose name is the hash of its settings is another experiment
#   after its settings were stored and loaded.
# output:
#   one list twice, two equal lists: other hash
#   the same as tuples: other hash
#   one array twice, two equal arrays: same hash
#   x[::2], its copy: other hash
#   a dict in another order: same hash
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check joblib==1.6.0 numpy==2.4.6
cat > hashes.py <<'PYTHON'
import json

import joblib
import numpy as np


def compare(name: str, one: object, other: object) -> None:
    print(f"{name}: {'same' if joblib.hash(one) == joblib.hash(other) else 'other'} hash")


sizes = [784, 10]
pair = tuple(sizes)
ones = np.ones(3)
x = np.arange(6.0)
compare("one list twice, two equal lists", [sizes, sizes], json.loads(json.dumps([sizes, sizes])))
compare("the same as tuples", [pair, pair], [pair, tuple(sizes)])
compare("one array twice, two equal arrays", [ones, ones], [ones, ones.copy()])
compare("x[::2], its copy", x[::2], x[::2].copy())
compare("a dict in another order", {"rate": 0.1, "epochs": 3}, {"epochs": 3, "rate": 0.1})
PYTHON
environment/bin/python hashes.py | tee said.txt
diff said.txt - <<'EXPECTED'
one list twice, two equal lists: other hash
the same as tuples: other hash
one array twice, two equal arrays: same hash
x[::2], its copy: other hash
a dict in another order: same hash
EXPECTED
