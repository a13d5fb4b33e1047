#!/usr/bin/env bash
# pycm gives an accuracy of 0 to the digits 7, 2, 1 predicted as 7.0, 2.0, 1.0, and one of 1 to the texts "7", "2", "1".
#
# versions: pycm 4.6, scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: if the two lists have different types, pycm compares the labels as texts: "7" is not "7.0", and True is not 1. The
#   matrix then has six classes instead of three, and every count is beside its diagonal. Labels become floats by pandas
#   (a column with a gap), np.loadtxt or a dict of results. No exception, no warning. scikit-learn compares numbers, and
#   refuses texts beside numbers. Bitten is who measures a right network by a library, with labels from a table.
# output:
#   uint8: pycm 1, classes 3; scikit-learn 1
#   floats: pycm 0, classes 6; scikit-learn 1
#   a list of floats: pycm 0, classes 6; scikit-learn 1
#   texts: pycm 1, classes 3; scikit-learn ValueError
#   [True, False] and [1, 0]: pycm 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pycm==4.6 scikit-learn==1.9.1 numpy==2.4.6
cat > labels.py <<'PYTHON'
import numpy as np
from pycm import ConfusionMatrix
from sklearn.metrics import accuracy_score

labels = np.array([7, 2, 1])


def by_sklearn(predicted):
    try:
        return f"{accuracy_score(labels, predicted):g}"
    except (TypeError, ValueError) as error:
        return type(error).__name__


for name, predicted in {
    "uint8": labels.astype(np.uint8),
    "floats": labels.astype(float),
    "a list of floats": labels.astype(float).tolist(),
    "texts": labels.astype(str),
}.items():
    matrix = ConfusionMatrix(labels, predicted)
    print(f"{name}: pycm {matrix.Overall_ACC:g}, classes {len(matrix.classes)}; scikit-learn {by_sklearn(predicted)}")
print(f"[True, False] and [1, 0]: pycm {ConfusionMatrix([True, False], [1, 0]).Overall_ACC:g}")
PYTHON
environment/bin/python -W ignore labels.py | tee said.txt
diff said.txt - <<'EXPECTED'
uint8: pycm 1, classes 3; scikit-learn 1
floats: pycm 0, classes 6; scikit-learn 1
a list of floats: pycm 0, classes 6; scikit-learn 1
texts: pycm 1, classes 3; scikit-learn ValueError
[True, False] and [1, 0]: pycm 0
EXPECTED
