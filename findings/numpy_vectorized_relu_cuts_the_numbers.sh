#!/usr/bin/env bash
# np.vectorize of a ReLU, lambda z: z if z > 0 else 0, cuts all numbers to integers if the first of them is negative: a sample of a batch gives another output once another sample stands first; np.apply_along_axis does so for rows.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.vectorize calls the function for the first number, and the type of that result is the type of all: 0
#   is an int, so 2.7 becomes 2. In a hidden layer the first number is the first unit of the first sample of the
#   batch, of either sign, so that the network is right for one batch and cuts its activations for the next; the loss
#   falls all the same. max(z, 0) in a lambda is alike. np.apply_along_axis takes the type of the first row's result:
#   a function that gives 0 for a row of zeros makes integers of all means. np.frompyfunc, np.fromiter with a float
#   and a list do not. The page of np.vectorize says that its first call determines the type, in its second paragraph;
#   that of np.apply_along_axis says nothing of types. Nothing warns, while the same cast by
#   astype(casting="same_kind") raises. 0.0 for 0, otypes=[float] or np.maximum(z, 0) mend it.
# output:
#   0.4 first: [[0.4, 2.7], [0.0, 2.7]], with otypes [[0.4, 2.7], [0.0, 2.7]], np.maximum [[0.4, 2.7], [0.0, 2.7]]
#   -0.4 first: [[0, 2], [0, 2]], with otypes [[0.0, 2.7], [0.4, 2.7]], np.maximum [[0.0, 2.7], [0.4, 2.7]]
#   max(z, 0): [0, 2]
#   np.frompyfunc: [0, 2.7]
#   means of rows, a dark row first: [0, 0]
#   means of rows, a dark row last: [0.7, 0.0]
#   astype from float to int by the rule same_kind: TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > relu.py <<'PYTHON'
import numpy as np


def relu(z: float) -> float:
    return z if z > 0 else 0


def mean_of_lit(row: np.ndarray) -> float:
    return row[row > 0].mean() if (row > 0).any() else 0


vectorized, stated = np.vectorize(relu), np.vectorize(relu, otypes=[float])
first, second = [0.4, 2.7], [-0.4, 2.7]
for name, batch in (("0.4 first", [first, second]), ("-0.4 first", [second, first])):
    z = np.array(batch)
    print(f"{name}: {vectorized(z).tolist()}, with otypes {stated(z).tolist()}, np.maximum {np.maximum(z, 0).tolist()}")
print("max(z, 0):", np.vectorize(lambda z: max(z, 0))(np.array([-0.4, 2.7])).tolist())
print("np.frompyfunc:", np.frompyfunc(relu, 1, 1)(np.array([-0.4, 2.7])).tolist())
for name, rows in (("a dark row first", [[0.0, 0.0], [0.5, 0.9]]), ("a dark row last", [[0.5, 0.9], [0.0, 0.0]])):
    print(f"means of rows, {name}:", np.apply_along_axis(mean_of_lit, 1, np.array(rows)).tolist())
try:
    np.array([2.7]).astype(int, casting="same_kind")
except TypeError:
    print("astype from float to int by the rule same_kind: TypeError")
PYTHON
environment/bin/python relu.py | tee said.txt
diff said.txt - <<'EXPECTED'
0.4 first: [[0.4, 2.7], [0.0, 2.7]], with otypes [[0.4, 2.7], [0.0, 2.7]], np.maximum [[0.4, 2.7], [0.0, 2.7]]
-0.4 first: [[0, 2], [0, 2]], with otypes [[0.0, 2.7], [0.4, 2.7]], np.maximum [[0.0, 2.7], [0.4, 2.7]]
max(z, 0): [0, 2]
np.frompyfunc: [0, 2.7]
means of rows, a dark row first: [0, 0]
means of rows, a dark row last: [0.7, 0.0]
astype from float to int by the rule same_kind: TypeError
EXPECTED
