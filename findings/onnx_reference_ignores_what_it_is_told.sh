#!/usr/bin/env bash
# ONNX's own reference evaluator runs a reversed RNN forwards, does not clip it, and divides [-3, 4] by 1 for the norm 7.
#
# versions: onnx 1.22.0, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# behaviour: attributes of a node are read and not used. RNN with direction="reverse" gives the outputs of a forward one,
#   clip=0.5 has no effect; LpNormalization with p=1 adds the numbers with their signs instead of their sizes; LRN of one
#   sample changes its first channel and leaves the others; Softplus of 100 is inf, as exp(100) is in float32. onnxruntime
#   follows the specification in all of them. No warning, and the shapes are right. Bitten is who takes the reference for the
#   judge of an exported or hand-made model.
# output:
#   RNN, reverse: reference [0.7616, 0.9427], onnxruntime [0.9427, 0.7616]
#   RNN, clip 0.5: reference [0.7616, 0.9427], onnxruntime [0.4621, 0.4621]
#   LpNormalization, p=1: reference [-3.0, 4.0], onnxruntime [-0.4286, 0.5714]
#   LRN: reference [0.7378, 2.0, 3.0], onnxruntime [0.7378, 1.0372, 1.6063]
#   Softplus: reference [inf], onnxruntime [100.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check onnx==1.22.0 onnxruntime==1.32.0 numpy==2.4.6
cat > models.py <<'PYTHON'
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def compare(name: str, operator: str, *inputs: np.ndarray, **attributes: Any) -> None:
    names = [f"x{i}" for i in range(len(inputs))]
    given = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, x.shape) for n, x in zip(names, inputs, strict=True)
    ]
    node = helper.make_node(operator, names, ["y"], **attributes)
    graph = helper.make_graph([node], "g", given, [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    feed = dict(zip(names, inputs, strict=True))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    said = [
        f"{judge} {np.round(np.ravel(run(None, feed)[0]).astype(float), 4).tolist()}"
        for judge, run in (("reference", ReferenceEvaluator(model).run), ("onnxruntime", session.run))
    ]
    print(f"{name}: {', '.join(said)}")


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape, np.float32)


def numbers(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


recurrent = ones(2, 1, 1), ones(1, 1, 1), ones(1, 1, 1)
compare("RNN, reverse", "RNN", *recurrent, hidden_size=1, direction="reverse")
compare("RNN, clip 0.5", "RNN", *recurrent, hidden_size=1, clip=0.5)
compare("LpNormalization, p=1", "LpNormalization", numbers(-3, 4)[None], p=1)
compare("LRN", "LRN", numbers(1, 2, 3).reshape(1, 3, 1, 1), size=3, alpha=0.3)
compare("Softplus", "Softplus", numbers(100))
PYTHON
environment/bin/python -W ignore models.py | tee said.txt
diff said.txt - <<'EXPECTED'
RNN, reverse: reference [0.7616, 0.9427], onnxruntime [0.9427, 0.7616]
RNN, clip 0.5: reference [0.7616, 0.9427], onnxruntime [0.4621, 0.4621]
LpNormalization, p=1: reference [-3.0, 4.0], onnxruntime [-0.4286, 0.5714]
LRN: reference [0.7378, 2.0, 3.0], onnxruntime [0.7378, 1.0372, 1.6063]
Softplus: reference [inf], onnxruntime [100.0]
EXPECTED
