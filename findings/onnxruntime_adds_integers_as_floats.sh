#!/usr/bin/env bash
# ONNX Runtime adds int64 numbers as floats: ReduceSum of 2**53 + 1 and 1 is 2**53, less than the first of them, and of three int32 of 2**30 it is 2**31 - 1; ONNX's reference evaluator and NumPy are exact.
#
# versions: onnxruntime 1.32.0, onnx 1.23.2, numpy 2.4.6, Python 3.11
# behaviour: The operator takes integers and gives integers of the same type, and a good engineer expects the sum of
#   integers to be that of the type: exact, or wrapped around where it does not fit, as Add of the same package and
#   CumSum give it. ReduceSum, ReduceMean, ReduceL1 and ReduceSumSquare compute in float64 and cut back: above 2**53
#   the last digits are gone, and what does not fit becomes the largest number of the type, 2147483647, in silence.
#   ReduceMax is exact. The page of the operator names no precision; its reference evaluator adds as NumPy does.
#   Bitten is who sums keys, hashes or times in nanoseconds (1.7e18 now) in a model, or compares a checksum of labels
#   with NumPy's.
# output:
#   ReduceSum of [9007199254740993, 1], int64: ONNX Runtime 9007199254740992, reference 9007199254740994
#   CumSum of [9007199254740993, 1], int64: ONNX Runtime 9007199254740994, reference 9007199254740994
#   ReduceMax of [9007199254740993, 1], int64: ONNX Runtime 9007199254740993, reference 9007199254740993
#   ReduceSum of [1764550000000000001, 1], int64: ONNX Runtime 1764550000000000000, reference 1764550000000000002
#   ReduceSumSquare of [2147483649], int64: ONNX Runtime 4611686022722355200, reference 4611686022722355201
#   ReduceSum of [1073741824, 1073741824, 1073741824], int32: ONNX Runtime 2147483647, reference -1073741824
#   CumSum of [1073741824, 1073741824, 1073741824], int32: ONNX Runtime -1073741824, reference -1073741824
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2 \
  numpy==2.4.6
cat > sums.py <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
from onnx import helper
from onnx.reference import ReferenceEvaluator


def answers(operator: str, numbers: np.ndarray) -> tuple[int, int]:
    """Return what ONNX Runtime and the reference evaluator make of the numbers."""
    kind = helper.np_dtype_to_tensor_dtype(numbers.dtype)
    axis = [helper.make_tensor("axis", onnx.TensorProto.INT64, [] if operator == "CumSum" else [1], [0])]
    node = helper.make_node(operator, ["x", "axis"], ["y"], **({} if operator == "CumSum" else {"keepdims": 0}))
    inputs, outputs = ([helper.make_tensor_value_info(name, kind, shape)] for name, shape in (("x", numbers.shape), ("y", None)))
    graph = helper.make_graph([node], "graph", inputs, outputs, axis)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    fast, slow = session.run(None, {"x": numbers})[0], ReferenceEvaluator(model).run(None, {"x": numbers})[0]
    return int(np.ravel(fast)[-1]), int(np.ravel(slow)[-1])


for operator, numbers in (
    ("ReduceSum", np.array([2**53 + 1, 1])),
    ("CumSum", np.array([2**53 + 1, 1])),
    ("ReduceMax", np.array([2**53 + 1, 1])),
    ("ReduceSum", np.array([1_764_550_000_000_000_001, 1])),
    ("ReduceSumSquare", np.array([2**31 + 1])),
    ("ReduceSum", np.array([2**30] * 3, np.int32)),
    ("CumSum", np.array([2**30] * 3, np.int32)),
):
    fast, slow = answers(operator, numbers)
    print(f"{operator} of {numbers.tolist()}, {numbers.dtype}: ONNX Runtime {fast}, reference {slow}")
PYTHON
environment/bin/python sums.py | tee said.txt
diff said.txt - <<'EXPECTED'
ReduceSum of [9007199254740993, 1], int64: ONNX Runtime 9007199254740992, reference 9007199254740994
CumSum of [9007199254740993, 1], int64: ONNX Runtime 9007199254740994, reference 9007199254740994
ReduceMax of [9007199254740993, 1], int64: ONNX Runtime 9007199254740993, reference 9007199254740993
ReduceSum of [1764550000000000001, 1], int64: ONNX Runtime 1764550000000000000, reference 1764550000000000002
ReduceSumSquare of [2147483649], int64: ONNX Runtime 4611686022722355200, reference 4611686022722355201
ReduceSum of [1073741824, 1073741824, 1073741824], int32: ONNX Runtime 2147483647, reference -1073741824
CumSum of [1073741824, 1073741824, 1073741824], int32: ONNX Runtime -1073741824, reference -1073741824
EXPECTED
