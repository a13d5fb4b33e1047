#!/usr/bin/env bash
# Weights by TensorFlow.js' heNormal have 0.88 of the spread that the formula and Keras give: the variance is 0.77 of 2 / fan-in.
#
# versions: @tensorflow/tfjs 4.22.0 (CPU, Node 20), keras 3.15.1 with jax 0.10.2 and numpy 2.4.6, Python 3.11
# behaviour: all three draw from a normal distribution that is cut at two standard deviations, and a cut distribution is
#   narrower. Keras divides by 0.8796 before, so that the result has the spread that its name promises; TensorFlow.js,
#   which has Keras' names and texts, does not. glorotNormal and leCunNormal are cut in the same way. The uniform ones
#   are right. Over ten layers of ReLU the signal is less than a third of what He's rule keeps. Bitten is who compares a
#   training on a page with one in Python, or tests the spread of initial weights.
# output (the standard deviation, as a share of the one meant):
#   TensorFlow.js: heNormal 0.88, leCunNormal 0.88, glorotNormal 0.88, heUniform 1.00
#   Keras: HeNormal 1.00, LecunNormal 1.00, GlorotNormal 1.00, HeUniform 1.00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.4.6
cat > spread.js <<'JS'
const tf = require('@tensorflow/tfjs');

const spread = (name, meant) => {
    const weights = tf.initializers[name]({ seed: 7 }).apply([784, 512]);
    return (Math.sqrt(tf.moments(weights).variance.dataSync()[0]) / Math.sqrt(meant)).toFixed(2);
};
console.log(`TensorFlow.js: heNormal ${spread('heNormal', 2 / 784)}, leCunNormal ${spread('leCunNormal', 1 / 784)}, glorotNormal ${spread('glorotNormal', 2 / (784 + 512))}, heUniform ${spread('heUniform', 2 / 784)}`);
JS
cat > spread.py <<'PYTHON'
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np


def spread(name, meant):
    return f"{np.std(np.asarray(getattr(keras.initializers, name)(seed=7)((784, 512)))) / np.sqrt(meant):.2f}"


print(f"Keras: HeNormal {spread('HeNormal', 2 / 784)}, LecunNormal {spread('LecunNormal', 1 / 784)}, GlorotNormal {spread('GlorotNormal', 2 / (784 + 512))}, HeUniform {spread('HeUniform', 2 / 784)}")
PYTHON
{
    node spread.js 2> noise.txt | grep -vE '^=|^$|Hi, looks|^of '
    environment/bin/python -W ignore spread.py 2> noise.txt
} | tee said.txt
diff said.txt - <<'EXPECTED'
TensorFlow.js: heNormal 0.88, leCunNormal 0.88, glorotNormal 0.88, heUniform 1.00
Keras: HeNormal 1.00, LecunNormal 1.00, GlorotNormal 1.00, HeUniform 1.00
EXPECTED
