#!/usr/bin/env bash
# In MyGrad a float32 tensor times 0.1, plus 1 or in np.maximum(x, 0) is float64, and a uint8 of 200 plus 1000 is 1200; in NumPy they keep their dtype.
#
# versions: mygrad 2.5.0, numpy 2.4.6, Python 3.11
# behaviour: MyGrad is described as a drop-in automatic differentiation for NumPy, and since NumPy 2 a Python number
#   does not change the dtype of an array. MyGrad makes a tensor of every number before NumPy sees it, and an array of
#   0 axes counts in full: 0.1 is float64 and 1 is int64. So one relu by np.maximum, or a learning rate, makes
#   everything after it float64, while x ** 2, the relu of mygrad.nnet, sums and *= keep float32. Gradients are cast
#   back, so that a network in float32 looks right, and takes twice the memory. With pixels the difference hides what
#   NumPy refuses. np.float32(0.1) in place of 0.1 mends it.
# output:
#   x * 0.1: MyGrad float64, NumPy float32
#   1 - x: MyGrad float64, NumPy float32
#   np.maximum(x, 0): MyGrad float64, NumPy float32
#   x ** 2: MyGrad float32, NumPy float32
#   x * np.float32(0.1): MyGrad float32, NumPy float32
#   mygrad.nnet.relu(x): float32
#   gradient of the sum of x * 0.1: float32
#   pixels + 1000: MyGrad [1200], NumPy OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mygrad==2.5.0 numpy==2.4.6
cat > dtypes.py <<'PYTHON'
import mygrad
import numpy as np
from mygrad.nnet import relu

array = np.ones(2, np.float32)
tensor = mygrad.tensor(array)
ways = {
    "x * 0.1": lambda x: x * 0.1,
    "1 - x": lambda x: 1 - x,
    "np.maximum(x, 0)": lambda x: np.maximum(x, 0),
    "x ** 2": lambda x: x**2,
    "x * np.float32(0.1)": lambda x: x * np.float32(0.1),
}
for name, way in ways.items():
    print(f"{name}: MyGrad {way(tensor).dtype}, NumPy {way(array).dtype}")
print(f"mygrad.nnet.relu(x): {relu(tensor).dtype}")
loss = (tensor * 0.1).sum()
loss.backward()
print(f"gradient of the sum of x * 0.1: {tensor.grad.dtype}")
pixels = np.array([200], np.uint8)
print("pixels + 1000: MyGrad", (mygrad.tensor(pixels) + 1000).data.tolist(), end=", ")
try:
    print("NumPy", pixels + 1000)
except OverflowError as refusal:
    print("NumPy", type(refusal).__name__)
PYTHON
environment/bin/python dtypes.py | tee said.txt
diff said.txt - <<'EXPECTED'
x * 0.1: MyGrad float64, NumPy float32
1 - x: MyGrad float64, NumPy float32
np.maximum(x, 0): MyGrad float64, NumPy float32
x ** 2: MyGrad float32, NumPy float32
x * np.float32(0.1): MyGrad float32, NumPy float32
mygrad.nnet.relu(x): float32
gradient of the sum of x * 0.1: float32
pixels + 1000: MyGrad [1200], NumPy OverflowError
EXPECTED
