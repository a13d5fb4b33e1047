#!/usr/bin/env bash
# A network whose ten outputs are all nan, or all 0, is right for every image by Keras' TopKCategoricalAccuracy, with k=1 too.
#
# versions: keras 3.15.1 with jax 0.10.2 and numpy 2.4.6, Python 3.11
# behaviour: a class counts as one of the k largest unless k others are larger. Where outputs are equal, all are among
#   the first k, and next to nan none is larger than another. CategoricalAccuracy, which takes the first of several
#   largest, says 0.1. A network whose training went to nan, or whose ReLUs are all dead, thus shows 1.0 in the column
#   for "top 5" beside a loss of nan. TensorFlow, whose rule this was, documents it for ties (issues 10767 and 13005 there);
#   Keras' page of the metric has no word on ties or nan.
#   On Keras' own NumPy backend nan gives 0.0: the metric depends on the backend.
# output:
#   nan: top 1 1.0, top 5 1.0, by label 1.0, CategoricalAccuracy 0.1
#   0: top 1 1.0, top 5 1.0, by label 1.0, CategoricalAccuracy 0.1
#   different, all wrong: top 1 0.0, top 5 0.0, by label 0.0, CategoricalAccuracy 0.0
#   by the NumPy backend:
#   nan: top 1 0.0, top 5 0.0, by label 0.0, CategoricalAccuracy 0.1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.4.6
cat > broken.py <<'PYTHON'
import keras
import numpy as np

DIGITS = np.arange(10)


def report(name: str, output: np.ndarray) -> None:
    labels = np.eye(10)
    first, five = (float(keras.metrics.TopKCategoricalAccuracy(k=k)(labels, output)) for k in (1, 5))
    by_label = float(keras.metrics.SparseTopKCategoricalAccuracy(k=1)(DIGITS, output))
    plain = float(keras.metrics.CategoricalAccuracy()(labels, output))
    print(f"{name}: top 1 {first}, top 5 {five}, by label {by_label}, CategoricalAccuracy {plain:.1f}")


report("nan", np.full((10, 10), np.nan))
report("0", np.zeros((10, 10)))
report("different, all wrong", (DIGITS - DIGITS[:, None]) % 10.0)
PYTHON
export KERAS_HOME="$folder" JAX_PLATFORMS=cpu
KERAS_BACKEND=jax environment/bin/python broken.py | tee said.txt
echo "by the NumPy backend:" | tee -a said.txt
KERAS_BACKEND=numpy environment/bin/python broken.py > numpy.txt
head -1 numpy.txt | tee -a said.txt
diff said.txt - <<'EXPECTED'
nan: top 1 1.0, top 5 1.0, by label 1.0, CategoricalAccuracy 0.1
0: top 1 1.0, top 5 1.0, by label 1.0, CategoricalAccuracy 0.1
different, all wrong: top 1 0.0, top 5 0.0, by label 0.0, CategoricalAccuracy 0.0
by the NumPy backend:
nan: top 1 0.0, top 5 0.0, by label 0.0, CategoricalAccuracy 0.1
EXPECTED
