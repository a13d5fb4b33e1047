#!/usr/bin/env bash
# onnxsim makes one of two nodes that draw noise: their difference is 0; onnxslim draws once for all runs; it and ONNX Runtime take out a Dropout that is told to drop.
#
# versions: onnxsim 0.8.1, onnxslim 0.1.98, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# behaviour: simplifiers are to keep what a network computes. Two RandomNormal or RandomUniform nodes without a seed
#   are two draws. onnxsim takes equal nodes for equal values and wires both consumers to one; onnxslim computes what
#   has no input, so that the noise of the moment of simplification is in the file as a constant. Neither says a word.
#   A Dropout whose third input, training_mode, is true drops when it runs, as for estimates of uncertainty from many
#   answers; onnxslim removes it like one that does nothing, and so does ONNX Runtime by default, though only in the
#   middle of a network: as the last or first node it drops (disabled_optimizers=["EliminateDropout"] keeps it; known
#   upstream since 2021, and meant so). For the simplifiers no issue was found.
# output:
#   RandomNormal minus RandomNormal, as it is: new numbers each time
#   RandomNormal minus RandomNormal, onnxsim: 0 everywhere
#   RandomNormal minus RandomNormal, onnxslim: the same numbers each time
#   RandomNormal minus RandomNormal, ONNX Runtime's default: new numbers each time
#   RandomUniform minus RandomUniform, as it is: new numbers each time
#   RandomUniform minus RandomUniform, onnxsim: 0 everywhere
#   RandomUniform minus RandomUniform, onnxslim: the same numbers each time
#   RandomUniform minus RandomUniform, ONNX Runtime's default: new numbers each time
#   Dropout in training mode, as it is: new numbers each time
#   Dropout in training mode, onnxsim: new numbers each time
#   Dropout in training mode, onnxslim: 3 everywhere
#   Dropout in training mode, ONNX Runtime's default: 3 everywhere
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check onnxsim==0.8.1 onnxslim==0.1.98 \
  onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > simplify.py <<'PYTHON'
import contextlib
import copy
import io

import numpy as np
import onnxruntime
import onnxsim
import onnxslim
from onnx import TensorProto, helper, numpy_helper


def network(nodes, **constants):
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1000]) for name in "xy")
    weights = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "network", [x], [y], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def node(operator, *inputs, output, **attributes):
    return helper.make_node(operator, list(inputs), [output], **attributes)


def quietly(simplify, model):
    with contextlib.redirect_stdout(io.StringIO()):
        return simplify(copy.deepcopy(model))


def differences(operator):
    draws = [node(operator, output=name, shape=[1, 1000]) for name in "ab"]
    return network([*draws, node("Sub", "a", "b", output="c"), node("Mul", "c", "x", output="y")])


dropout = network(
    [node("Mul", "x", "two", output="a"), node("Dropout", "a", "half", "on", output="d"), node("Add", "d", "one", output="y")],
    two=np.float32(2), half=np.float32(0.5), on=np.array(True), one=np.float32(1),
)
networks = {
    "RandomNormal minus RandomNormal": differences("RandomNormal"),
    "RandomUniform minus RandomUniform": differences("RandomUniform"),
    "Dropout in training mode": dropout,
}
tools = {"as it is": lambda model: model, "onnxsim": lambda model: onnxsim.simplify(model)[0], "onnxslim": onnxslim.slim}
levels = onnxruntime.GraphOptimizationLevel


def described(model, level):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    first, second = (session.run(None, {"x": np.ones((1, 1000), np.float32)})[0] for _ in range(2))
    if np.ptp(first) == 0:
        return f"{first[0, 0]:g} everywhere"
    return "the same numbers each time" if (first == second).all() else "new numbers each time"


for name, model in networks.items():
    for tool, simplify in tools.items():
        print(f"{name}, {tool}: {described(quietly(simplify, model), levels.ORT_DISABLE_ALL)}")
    print(f"{name}, ONNX Runtime's default: {described(model, levels.ORT_ENABLE_ALL)}")
PYTHON
environment/bin/python simplify.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
RandomNormal minus RandomNormal, as it is: new numbers each time
RandomNormal minus RandomNormal, onnxsim: 0 everywhere
RandomNormal minus RandomNormal, onnxslim: the same numbers each time
RandomNormal minus RandomNormal, ONNX Runtime's default: new numbers each time
RandomUniform minus RandomUniform, as it is: new numbers each time
RandomUniform minus RandomUniform, onnxsim: 0 everywhere
RandomUniform minus RandomUniform, onnxslim: the same numbers each time
RandomUniform minus RandomUniform, ONNX Runtime's default: new numbers each time
Dropout in training mode, as it is: new numbers each time
Dropout in training mode, onnxsim: new numbers each time
Dropout in training mode, onnxslim: 3 everywhere
Dropout in training mode, ONNX Runtime's default: 3 everywhere
EXPECTED
