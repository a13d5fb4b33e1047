#!/usr/bin/env bash
# In OpenCV's dnn module the tanh of 45 is nan if 15 other numbers stand beside it, and 1 alone; the softplus of 90 is inf, the LogSoftmax of [0, -200] has -inf.
#
# versions: opencv-python-headless 5.0.0.93, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# behaviour: OpenCV runs networks in ONNX's format. Its Tanh takes whole registers of numbers by a formula with
#   exp(2 * x), which is inf from 45 on in float32, and inf / inf is nan; the rest that fills no register goes through
#   the library's tanh. So the same number is right in a small layer and nan in a wide one, and at the end of a wide
#   one right again. exp(x) is inf from 89 on, too, so Softplus is inf there, and LogSoftmax is the logarithm of a
#   softmax that is 0 for a distance of more than 104, or 88 without denormal numbers: a cross-entropy of inf. Sigmoid
#   and Gelu, which had the same fault, were mended upstream; no issue on these three was found. ONNX Runtime gives
#   the right numbers.
# output:
#   tanh of 45 alone: OpenCV [1.0], ONNX Runtime [1.0]
#   tanh of 45, the first of 16: OpenCV [nan], ONNX Runtime [1.0]
#   tanh of 44, the first of 16: OpenCV [1.0], ONNX Runtime [1.0]
#   softplus of 90: OpenCV [inf], ONNX Runtime [90.0]
#   log softmax of 0 and -200: OpenCV [0.0, -inf], ONNX Runtime [0.0, -200.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 \
  onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > networks.py <<'PYTHON'
import cv2
import numpy as np
import onnxruntime
from onnx import TensorProto, helper


def answers(operator, numbers):
    row = np.array([numbers], np.float32)
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, row.shape) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "layer", values[:1], values[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10).SerializeToString()
    network = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
    network.setInput(row)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return network.forward()[0].tolist(), session.run(None, {"x": row})[0][0].tolist()


for title, operator, numbers, shown in (
    ("tanh of 45 alone", "Tanh", [45], 1),
    ("tanh of 45, the first of 16", "Tanh", [45] + [0] * 15, 1),
    ("tanh of 44, the first of 16", "Tanh", [44] + [0] * 15, 1),
    ("softplus of 90", "Softplus", [90], 1),
    ("log softmax of 0 and -200", "LogSoftmax", [0, -200], 2),
):
    opencv, runtime = answers(operator, numbers)
    print(f"{title}: OpenCV {opencv[:shown]}, ONNX Runtime {runtime[:shown]}")
PYTHON
environment/bin/python networks.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
tanh of 45 alone: OpenCV [1.0], ONNX Runtime [1.0]
tanh of 45, the first of 16: OpenCV [nan], ONNX Runtime [1.0]
tanh of 44, the first of 16: OpenCV [1.0], ONNX Runtime [1.0]
softplus of 90: OpenCV [inf], ONNX Runtime [90.0]
log softmax of 0 and -200: OpenCV [0.0, -inf], ONNX Runtime [0.0, -200.0]
EXPECTED
