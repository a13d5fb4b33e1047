#!/usr/bin/env bash
# The label -1 of an unlabelled image is a nine to Keras' to_categorical and to optax, and costs nothing by Keras' sparse cross-entropy, as any label above the last class does; the label 10 costs nan by optax.
#
# versions: keras 3.15.1, jax 0.10.2, optax 0.2.8, scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: -1 stands for no label: np.genfromtxt writes it for a word, and so do clusterings and many data sets.
#   to_categorical and optax use the label as an index, and -1 is the last place; optax gives nan for 10, and
#   to_categorical raises IndexError. Keras' one_hot, on JAX, and jax.nn.one_hot make a row of zeros of any label
#   outside, and so sparse_categorical_crossentropy is 0 for it: the best loss there is, and a data set with labels
#   from 1 to 10 has every tenth image for free. The mean divides by all. No warning. The pages of to_categorical and
#   of optax' function ask for labels from 0 to the number of classes less one, that of the loss for integers.
#   scikit-learn's log_loss with labels=range(10) refuses both.
# output:
#   label 9
#     keras.utils.to_categorical: ones at [9]
#     keras.ops.one_hot: ones at [9]
#     jax.nn.one_hot: ones at [9]
#     keras' sparse cross-entropy: 2.3026
#     optax' cross-entropy: 2.3026
#     scikit-learn's log_loss: 2.3026
#   label -1
#     keras.utils.to_categorical: ones at [9]
#     keras.ops.one_hot: ones at []
#     jax.nn.one_hot: ones at []
#     keras' sparse cross-entropy: 0.0000
#     optax' cross-entropy: 2.3026
#     scikit-learn's log_loss: ValueError
#   label 10
#     keras.utils.to_categorical: IndexError, index 10 is out of bounds for axis 1 with size 10
#     keras.ops.one_hot: ones at []
#     jax.nn.one_hot: ones at []
#     keras' sparse cross-entropy: 0.0000
#     optax' cross-entropy: nan
#     scikit-learn's log_loss: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 optax==0.2.8 \
  scikit-learn==1.9.1 numpy==2.4.6
cat > labels.py <<'PYTHON'
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import keras
import numpy as np
import optax
from sklearn.metrics import log_loss

even = np.full((1, 10), 0.1, np.float32)
for label in (9, -1, 10):
    labels = np.array([label])
    print(f"label {label}")
    rows = {
        "keras.utils.to_categorical": lambda: keras.utils.to_categorical(labels, 10),
        "keras.ops.one_hot": lambda: keras.ops.one_hot(labels, 10),
        "jax.nn.one_hot": lambda: jax.nn.one_hot(labels, 10),
    }
    for name, row in rows.items():
        try:
            print(f"  {name}: ones at {np.flatnonzero(np.asarray(row())).tolist()}")
        except IndexError as error:
            print(f"  {name}: IndexError, {error}")
    loss = keras.losses.SparseCategoricalCrossentropy()(labels, even)
    print(f"  keras' sparse cross-entropy: {abs(float(loss)):.4f}")
    print(f"  optax' cross-entropy: {float(optax.softmax_cross_entropy_with_integer_labels(np.log(even), labels)[0]):.4f}")
    try:
        print(f"  scikit-learn's log_loss: {log_loss(labels, even, labels=range(10)):.4f}")
    except ValueError:
        print("  scikit-learn's log_loss: ValueError")
PYTHON
environment/bin/python labels.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
label 9
  keras.utils.to_categorical: ones at [9]
  keras.ops.one_hot: ones at [9]
  jax.nn.one_hot: ones at [9]
  keras' sparse cross-entropy: 2.3026
  optax' cross-entropy: 2.3026
  scikit-learn's log_loss: 2.3026
label -1
  keras.utils.to_categorical: ones at [9]
  keras.ops.one_hot: ones at []
  jax.nn.one_hot: ones at []
  keras' sparse cross-entropy: 0.0000
  optax' cross-entropy: 2.3026
  scikit-learn's log_loss: ValueError
label 10
  keras.utils.to_categorical: IndexError, index 10 is out of bounds for axis 1 with size 10
  keras.ops.one_hot: ones at []
  jax.nn.one_hot: ones at []
  keras' sparse cross-entropy: 0.0000
  optax' cross-entropy: nan
  scikit-learn's log_loss: ValueError
EXPECTED
