#!/usr/bin/env bash
# ndonnx's logaddexp of 800 and 799 is inf, and of -800 and -800 -inf; NumPy gives 800.3 and -799.3.
#
# versions: ndonnx 0.23.0, onnx 1.23.2, onnxruntime 1.23.2, numpy 2.4.6, Python 3.11
# behaviour: logaddexp exists to add probabilities that are too small, or too large, to be numbers. ndonnx builds it
#   as log(exp(a) + exp(b)), so that it overflows, or vanishes, just where it is needed: above 709 in float64 and 88
#   in float32, and below -745 and -103. In float32 two log-probabilities of -120, those of a row of images under a
#   model, have no sum. The graph that is exported has the same three operators, so every runtime says the same.
# output:
#   float64 (800.0, 799.0): ndonnx inf, NumPy 800.3133
#   float64 (-800.0, -800.0): ndonnx -inf, NumPy -799.3069
#   float32 (90.0, 90.0): ndonnx inf, NumPy 90.6931
#   float32 (-120.0, -120.0): ndonnx -inf, NumPy -119.3069
#   operators: Add, Exp, Log
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check ndonnx==0.23.0 onnx==1.23.2 \
  onnxruntime==1.23.2 numpy==2.4.6
cat > sums.py <<'PYTHON'
import ndonnx
import numpy as np
import onnx

for dtype, numbers in ((np.float64, (800.0, 799.0)), (np.float64, (-800.0, -800.0)), (np.float32, (90.0, 90.0)), (np.float32, (-120.0, -120.0))):
    first, second = (np.array([number], dtype) for number in numbers)
    made = ndonnx.logaddexp(ndonnx.asarray(first), ndonnx.asarray(second)).unwrap_numpy()
    print(f"{dtype.__name__} {numbers}: ndonnx {made[0]:.4f}, NumPy {np.logaddexp(first, second)[0]:.4f}")
a, b = (ndonnx.argument(shape=("n",), dtype=ndonnx.float32) for _ in range(2))
graph = ndonnx.build({"a": a, "b": b}, {"c": ndonnx.logaddexp(a, b)}).graph
print("operators:", ", ".join(sorted({node.op_type for node in graph.node} - {"Identity"})))
PYTHON
environment/bin/python sums.py | tee said.txt
diff said.txt - <<'EXPECTED'
float64 (800.0, 799.0): ndonnx inf, NumPy 800.3133
float64 (-800.0, -800.0): ndonnx -inf, NumPy -799.3069
float32 (90.0, 90.0): ndonnx inf, NumPy 90.6931
float32 (-120.0, -120.0): ndonnx -inf, NumPy -119.3069
operators: Add, Exp, Log
EXPECTED
