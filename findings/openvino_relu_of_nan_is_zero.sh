#!/usr/bin/env bash
# A network with a nan among its weights answers as if that neuron were silent in OpenVINO: its ReLU of nan is 0; ONNX Runtime says nan.
#
# versions: openvino 2026.4.1, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# behaviour: a weight that became nan spoils every answer of a network, and that is how one finds it. OpenVINO's
#   ReLU on an x86 CPU makes 0 of nan, so that all answers are numbers, with a softmax that adds up to 1. So do Clip
#   and Celu; HardSigmoid makes 1 of it, and Max keeps it or not, by the order of its arguments. Sigmoid and Tanh keep
#   it. Reported upstream, and open since May 2026.
# output:
#   Relu: OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
#   Clip from 0 to 6: OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
#   HardSigmoid: OpenVINO [0.69, 0.31], ONNX Runtime [nan, nan]
#   Max(z, 0): OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
#   Max(0, z): OpenVINO [nan, nan], ONNX Runtime [nan, nan]
#   Sigmoid: OpenVINO [nan, nan], ONNX Runtime [nan, nan]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check openvino==2026.4.1 onnx==1.23.2 \
  onnxruntime==1.32.0 numpy==2.4.6
cat > networks.py <<'PYTHON'
import numpy as np
import onnxruntime
import openvino
from onnx import TensorProto, helper, numpy_helper

first = np.array([[1, 0.5, np.nan], [1, -1, 2]], np.float32)
second = np.array([[1, 0], [0, 1], [1, 1]], np.float32)
image = np.array([[1, 2]], np.float32)
x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 2])
zero, six = numpy_helper.from_array(np.float32(0), "zero"), numpy_helper.from_array(np.float32(6), "six")
weights = [numpy_helper.from_array(first, "W1"), numpy_helper.from_array(second, "W2")]
activations = {
    "Relu": ("Relu", ["z"], []),
    "Clip from 0 to 6": ("Clip", ["z", "zero", "six"], [zero, six]),
    "HardSigmoid": ("HardSigmoid", ["z"], []),
    "Max(z, 0)": ("Max", ["z", "zero"], [zero]),
    "Max(0, z)": ("Max", ["zero", "z"], [zero]),
    "Sigmoid": ("Sigmoid", ["z"], []),
}
for name, (operator, inputs, constants) in activations.items():
    nodes = [
        helper.make_node("MatMul", ["x", "W1"], ["z"]),
        helper.make_node(operator, inputs, ["a"]),
        helper.make_node("MatMul", ["a", "W2"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["y"]),
    ]
    graph = helper.make_graph(nodes, "network", [x], [y], weights + constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10).SerializeToString()
    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    opened = core.compile_model(core.read_model(model), "CPU")(image)[0].astype(float).round(3).tolist()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    print(f"{name}: OpenVINO {opened[0]}, ONNX Runtime {session.run(None, {'x': image})[0].astype(float).round(3).tolist()[0]}")
PYTHON
environment/bin/python networks.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
Relu: OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
Clip from 0 to 6: OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
HardSigmoid: OpenVINO [0.69, 0.31], ONNX Runtime [nan, nan]
Max(z, 0): OpenVINO [0.953, 0.047], ONNX Runtime [nan, nan]
Max(0, z): OpenVINO [nan, nan], ONNX Runtime [nan, nan]
Sigmoid: OpenVINO [nan, nan], ONNX Runtime [nan, nan]
EXPECTED
