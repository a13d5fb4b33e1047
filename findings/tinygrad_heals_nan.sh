#!/usr/bin/env bash
# tinygrad's relu of nan is 0, its sorted [1, nan, 0] is [0, 1, 1], and its argmax of three nan is 3, a place that does not exist.
#
# versions: tinygrad 0.14.0 (DEV=PYTHON, its backend without a compiler), numpy 2.4.6, Python 3.11
# behaviour: relu is "x where x > 0, else 0", maximum "a where a > b" in one order of its arguments, and the largest number of a row is
#   found by such a maximum, so that a nan is passed over where NumPy, JAX and PyTorch hand it on. A network whose weights went
#   to nan in a hidden layer has finite outputs, and a finite loss. argmax gives the last place plus one if all are nan, and
#   reading at a place outside is 0. The loss of a label outside, here 5 of two classes, is 0 too; only its ignore_index, -1, is
#   documented.
# output:
#   relu of nan and 2: [0.0, 2.0]; NumPy's maximum with 0: [nan, 2.0]
#   maximum of 1, nan and nan, 1: [1.0, nan]
#   max of 1, nan, 3: 3.0, argmax 2; argmax of three nan: 3, read there: 0.0
#   sorted 1, nan, 0: [0.0, 1.0, 1.0]
#   two layers, the first with a nan: softmax [0.119, 0.881]
#   cross-entropy of [0, 1] for the labels 0, 1 and 5: [1.313, 0.313, -0.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check tinygrad==0.14.0 numpy==2.4.6
cat > healed.py <<'PYTHON'
import numpy as np
from tinygrad import Tensor

nan = float("nan")
print(f"relu of nan and 2: {Tensor([nan, 2.0]).relu().tolist()}; NumPy's maximum with 0: {np.maximum([nan, 2.0], 0).tolist()}")
print(f"maximum of 1, nan and nan, 1: {Tensor([1.0, nan]).maximum(Tensor([nan, 1.0])).tolist()}")
row, lost = Tensor([1.0, nan, 3.0]), Tensor([nan, nan, nan])
place = lost.argmax()
print(f"max of 1, nan, 3: {row.max().item()}, argmax {row.argmax().item()};", end=" ")
print(f"argmax of three nan: {place.item()}, read there: {Tensor([1.0, 2.0, 3.0])[place].item()}")
print(f"sorted 1, nan, 0: {Tensor([1.0, nan, 0.0]).sort()[0].tolist()}")
first, second = Tensor([[nan, 1.0], [1.0, 1.0]]), Tensor([[1.0, 1.0], [1.0, 2.0]])
outputs = (second @ (first @ Tensor([1.0, 1.0])).relu()).softmax()
print(f"two layers, the first with a nan: softmax {[round(p, 3) for p in outputs.tolist()]}")
losses = [Tensor([[0.0, 1.0]]).sparse_categorical_crossentropy(Tensor([label])).item() for label in (0, 1, 5)]
print(f"cross-entropy of [0, 1] for the labels 0, 1 and 5: {[round(loss, 3) for loss in losses]}")
PYTHON
CACHEDB="$folder/cache.db" DEV=PYTHON environment/bin/python healed.py | tee said.txt
diff said.txt - <<'EXPECTED'
relu of nan and 2: [0.0, 2.0]; NumPy's maximum with 0: [nan, 2.0]
maximum of 1, nan and nan, 1: [1.0, nan]
max of 1, nan, 3: 3.0, argmax 2; argmax of three nan: 3, read there: 0.0
sorted 1, nan, 0: [0.0, 1.0, 1.0]
two layers, the first with a nan: softmax [0.119, 0.881]
cross-entropy of [0, 1] for the labels 0, 1 and 5: [1.313, 0.313, -0.0]
EXPECTED
