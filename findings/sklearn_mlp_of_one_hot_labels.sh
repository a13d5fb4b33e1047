#!/usr/bin/env bash
# scikit-learn's MLPClassifier trained with one-hot labels has ten sigmoids instead of a softmax, and names no digit for most images.
#
# versions: scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, Python 3.11
# behaviour: a row of zeros with a single one is, to scikit-learn, a set of labels of which any number may hold. The same
#   network with the same seed then has another output, another loss and another score: predict may give a row of zeros,
#   whose argmax is the digit 0, and predict_proba rows that do not sum to 1. Whoever compares a network of their own,
#   which takes one-hot labels, with MLPClassifier, compares two losses. "Multilabel" stands in the user guide; an issue
#   (scikit-learn 6094) calls it a principle: the shape of the labels decides on the problem.
# output (the script checks the claims, not each number):
#   digits: softmax, rows of predict_proba with the sum 1: 100%
#   one-hot: logistic, images without a digit: 550 of 597, named 0 by argmax: 550, rows with the sum 1: 0%
#   as described: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > one_hot.py <<'PYTHON'
import warnings

import numpy as np
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore")
images, digits = load_digits(return_X_y=True)
images = images / 16
networks = [MLPClassifier((16,), max_iter=15, random_state=0).fit(images[:1200], y) for y in (digits[:1200], np.eye(10)[digits[:1200]])]
outputs = [network.predict_proba(images[1200:]).sum(axis=1) for network in networks]
sets = networks[1].predict(images[1200:])
none = sets.sum(axis=1) == 0
names = sets[none].argmax(axis=1)
print(f"digits: {networks[0].out_activation_}, rows of predict_proba with the sum 1: {np.isclose(outputs[0], 1).mean():.0%}")
print(f"one-hot: {networks[1].out_activation_}, images without a digit: {none.sum()} of {len(none)},", end=" ")
print(f"named 0 by argmax: {(names == 0).sum()}, rows with the sum 1: {np.isclose(outputs[1], 1).mean():.0%}")
same = networks[0].out_activation_ == "softmax" and np.allclose(outputs[0], 1)
same = same and networks[1].out_activation_ == "logistic" and not np.isclose(outputs[1], 1).all()
print(f"as described: {bool(same and none.mean() > 0.5 and (names == 0).all())}")
PYTHON
environment/bin/python one_hot.py > said.txt
cat said.txt
[ "$(tail -1 said.txt)" = "as described: True" ] || exit 1
