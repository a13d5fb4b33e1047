#!/usr/bin/env bash
# mlxtend's shuffle_arrays_unison(arrays, random_seed=0) gives another order each time; with random_seed=1 it is always the same one.
#
# versions: mlxtend 0.25.0, numpy 2.4.6, Python 3.11
# behaviour: a seed is used if it is true, and 0 is not, though it is the seed that most people write first; the classifiers of
#   the same package take 0 for a seed. Any other seed goes to NumPy's global generator, and stays there: np.random.seed(5)
#   before the call has no effect on what is drawn after it, such as the initial weights of a network. Bitten is who compares
#   two trainings on "the same" shuffled images. No exception, no warning.
# output:
#   seed 0: orders in 20 calls 20, weights of a classifier 1
#   seed 1: orders in 20 calls 1, weights of a classifier 1
#   drawn after the call, by np.random.seed(5) and seed(6) before it: the same True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mlxtend==0.25.0 numpy==2.4.6
cat > seeds.py <<'PYTHON'
import numpy as np
from mlxtend.classifier import SoftmaxRegression
from mlxtend.preprocessing import shuffle_arrays_unison

images, labels = np.arange(90.0).reshape(30, 3), np.arange(30) % 3


def order(seed):
    return shuffle_arrays_unison([images, labels], random_seed=seed)[0].tobytes()


def weights(seed):
    return SoftmaxRegression(epochs=1, random_seed=seed).fit(images, labels).w_.tobytes()


def drawn_after(seed):
    np.random.seed(seed)
    order(1)
    return np.random.rand()


for seed in (0, 1):
    print(f"seed {seed}: orders in 20 calls {len({order(seed) for _ in range(20)})}, weights of a classifier {len({weights(seed) for _ in range(5)})}")
print("drawn after the call, by np.random.seed(5) and seed(6) before it: the same", drawn_after(5) == drawn_after(6))
PYTHON
environment/bin/python -W ignore seeds.py | tee said.txt
diff said.txt - <<'EXPECTED'
seed 0: orders in 20 calls 20, weights of a classifier 1
seed 1: orders in 20 calls 1, weights of a classifier 1
drawn after the call, by np.random.seed(5) and seed(6) before it: the same True
EXPECTED
