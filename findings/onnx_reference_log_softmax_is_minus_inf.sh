#!/usr/bin/env bash
# ONNX's own reference evaluator gives -inf for the LogSoftmax of [0, -200] in float32, where -200 is right.
#
# versions: onnx 1.23.2, onnxruntime 1.31.1, scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: the reference takes the logarithm of its softmax: exp(-200) is 0 in float32, and log(0) is -inf. The
#   operator exists to avoid just that. Its Softmax takes off the largest value first, so that large outputs are right,
#   and the fault shows only where a class is very improbable: from -104 on. The loss operator SoftmaxCrossEntropyLoss,
#   of the same evaluator, shares it. onnxruntime and SciPy give -200. Bitten is who takes the reference for the judge
#   of an exported network: the right one differs from it by infinity.
# output:
#   [0.0, -80.0]: reference -80, onnxruntime -80, SciPy -80
#   [0.0, -100.0]: reference -99.983, onnxruntime -100, SciPy -100
#   [0.0, -104.0]: reference -inf, onnxruntime -104, SciPy -104
#   [0.0, -200.0]: reference -inf, onnxruntime -200, SciPy -200
#   [800.0, 799.0]: reference -1.3133, onnxruntime -1.3133, SciPy -1.3133
#   loss of [0, -200], label 1: reference inf, onnxruntime 200
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.31.1 scipy==1.17.1 numpy==2.4.6
cat > judge.py <<'PYTHON'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.special import log_softmax

rows = np.array([[0, -80], [0, -100], [0, -104], [0, -200], [800, 799]], np.float32)
labels = np.array([1], np.int64)


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def both(operator, inputs, shape, feeds):
    node = helper.make_node(operator, [x.name for x in inputs], ["y"])
    graph = helper.make_graph([node], "g", inputs, [value("y", TensorProto.FLOAT, shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return ReferenceEvaluator(model).run(None, feeds)[0], session.run(None, feeds)[0]


x = value("x", TensorProto.FLOAT, [5, 2])
reference, runtime = both("LogSoftmax", [x], [5, 2], {"x": rows})
for row, ours, other, right in zip(rows, reference, runtime, log_softmax(rows, axis=1)):
    print(f"{row.tolist()}: reference {ours[1]:.5g}, onnxruntime {other[1]:.5g}, SciPy {right[1]:.5g}")
x, label = value("x", TensorProto.FLOAT, [1, 2]), value("label", TensorProto.INT64, [1])
losses = both("SoftmaxCrossEntropyLoss", [x, label], [], {"x": rows[3:4], "label": labels})
print("loss of [0, -200], label 1: reference {:.5g}, onnxruntime {:.5g}".format(*map(float, losses)))
PYTHON
environment/bin/python -W ignore judge.py | tee said.txt
diff said.txt - <<'EXPECTED'
[0.0, -80.0]: reference -80, onnxruntime -80, SciPy -80
[0.0, -100.0]: reference -99.983, onnxruntime -100, SciPy -100
[0.0, -104.0]: reference -inf, onnxruntime -104, SciPy -104
[0.0, -200.0]: reference -inf, onnxruntime -200, SciPy -200
[800.0, 799.0]: reference -1.3133, onnxruntime -1.3133, SciPy -1.3133
loss of [0, -200], label 1: reference inf, onnxruntime 200
EXPECTED
