#!/usr/bin/env bash
# The reference evaluator of ONNX itself gives wrong numbers in four operators, for valid models of opset 11 and 13.
#
# versions: onnx 1.23.2, onnxruntime 1.31.1, numpy 2.4.6, Python 3.11
# behaviour: up to opset 12, Softmax takes all axes from the second on as one; the reference takes the last alone, as later
#   opsets do. In BatchNormalization before opset 14 it mixes a tenth of the batch's own mean and variance into the learnt
#   ones, as in training. Unique with sorted=0 gives the values sorted. A mean loss with ignore_index=-1 counts the ignored
#   samples. With the reference as the judge of an export, right models are wrong; onnxruntime follows the
#   specification in all four.
# output: the reference, onnxruntime
#   Softmax of (1, 2, 2) zeros, opset 11: 0.5, 0.25
#   Softmax of (1, 2, 2) zeros, opset 13: 0.5, 0.5
#   BatchNormalization of 3, mean 1, variance 4, opset 13: 0.949, 1.000
#   BatchNormalization of 3, mean 1, variance 4, opset 15: 1.000, 1.000
#   Unique of 2 1 1, sorted=0: [1.0, 2.0], [2.0, 1.0]
#   loss of 1, one of two samples ignored: 0.5, 1.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.31.1 numpy==2.4.6
cat > evaluate.py <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info
from onnx.reference import ReferenceEvaluator

KINDS = {"f": TensorProto.FLOAT, "i": TensorProto.INT64}


def both(opset, operator, *inputs, shape=None, **attributes):
    names = [f"x{number}" for number in range(len(inputs))]
    given = [make_tensor_value_info(name, KINDS[x.dtype.kind], x.shape) for name, x in zip(names, inputs)]
    node = make_node(operator, names, ["y"], **attributes)
    graph = make_graph([node], "graph", given, [make_tensor_value_info("y", TensorProto.FLOAT, shape)])
    model = make_model(graph, opset_imports=[make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    feed = dict(zip(names, inputs))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return [np.round(run(None, feed)[0], 4).tolist() for run in (ReferenceEvaluator(model).run, session.run)]


def floats(*values):
    return np.array(values, np.float32)


for opset in (11, 13):
    one, other = both(opset, "Softmax", np.zeros((1, 2, 2), np.float32), shape=(1, 2, 2))
    print(f"Softmax of (1, 2, 2) zeros, opset {opset}: {one[0][0][0]}, {other[0][0][0]}")
for opset in (13, 15):
    learnt = floats(1), floats(0), floats(1), floats(4)
    one, other = both(opset, "BatchNormalization", np.full((2, 1), 3, np.float32), *learnt, shape=(2, 1))
    print(f"BatchNormalization of 3, mean 1, variance 4, opset {opset}: {one[0][0]:.3f}, {other[0][0]:.3f}")
one, other = both(11, "Unique", floats(2, 1, 1), shape=("n",), sorted=0)
print(f"Unique of 2 1 1, sorted=0: {one}, {other}")
labels = np.array([0, -1])
one, other = both(13, "NegativeLogLikelihoodLoss", np.full((2, 3), -1, np.float32), labels, shape=(), ignore_index=-1)
print(f"loss of 1, one of two samples ignored: {one}, {other}")
PYTHON
environment/bin/python evaluate.py 2> warnings.txt | tee said.txt
diff said.txt - <<'EXPECTED'
Softmax of (1, 2, 2) zeros, opset 11: 0.5, 0.25
Softmax of (1, 2, 2) zeros, opset 13: 0.5, 0.5
BatchNormalization of 3, mean 1, variance 4, opset 13: 0.949, 1.000
BatchNormalization of 3, mean 1, variance 4, opset 15: 1.000, 1.000
Unique of 2 1 1, sorted=0: [1.0, 2.0], [2.0, 1.0]
loss of 1, one of two samples ignored: 0.5, 1.0
EXPECTED
