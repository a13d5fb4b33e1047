#!/usr/bin/env bash
# The largest of [1, nan, 3] is at place 1 for NumPy, 2 for Awkward Array and ONNX Runtime, and 0 for blosc2.
#
# versions: awkward 2.14.0, blosc2 4.14.1, onnx 1.23.2, onnxruntime 1.31.1, numpy 2.4.6, Python 3.11
# behaviour: NumPy's argmax gives the place of the first nan, so that a network that went to nan is seen, in whatever
#   row. Awkward Array and ONNX Runtime take the first element as the one to beat, and nothing beats nan nor is beaten
#   by it: nan wins at the front and is passed over elsewhere. blosc2 answers 0, a place that need not hold the nan, and
#   does so for argmin too. The largest number itself follows other rules: nan for blosc2, and 3 for the two others
#   except where nan stands first or, in Awkward Array, the array is flat. ONNX's own reference evaluator agrees with
#   NumPy. No warning. Bitten is who counts the right answers of a half-broken network: as a class, 0 is a digit like
#   any other.
# output:
#   rows: [[1.0, nan, 3.0], [nan, 1.0, 3.0], [3.0, nan, 1.0], [1.0, 3.0, nan]]
#   argmax: NumPy [1, 0, 1, 2] ONNX reference [1, 0, 1, 2]
#     Awkward Array [2, 0, 0, 1] ONNX Runtime [2, 0, 0, 1]
#     blosc2 [0, 0, 0, 0] argmin [0, 0, 0, 0]
#   max: NumPy [nan, nan, nan, nan] blosc2 [nan, nan, nan, nan]
#     Awkward Array [3.0, 3.0, 3.0, 3.0] of a flat array nan
#     ONNX Runtime [3.0, nan, 3.0, 3.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check awkward==2.14.0 blosc2==4.14.1 onnx==1.23.2 onnxruntime==1.31.1 numpy==2.4.6
cat > places.py <<'PYTHON'
import awkward as ak
import blosc2
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

nan = np.nan
rows = np.array([[1, nan, 3], [nan, 1, 3], [3, nan, 1], [1, 3, nan]], np.float32)


def model(operator, kind, **attributes):
    node = helper.make_node(operator, ["x"], ["y"], keepdims=0, **attributes)
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [4, 3])
    y = helper.make_tensor_value_info("y", kind, [4])
    made = helper.make_model(helper.make_graph([node], "g", [x], [y]), opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    return made.SerializeToString()


def by_runtime(data):
    return onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(None, {"x": rows})[0].tolist()


places, largest = model("ArgMax", TensorProto.INT64, axis=1), model("ReduceMax", TensorProto.FLOAT, axes=[1])
packed = blosc2.asarray(rows)
print("rows:", rows.tolist())
print("argmax: NumPy", np.argmax(rows, axis=1).tolist(), "ONNX reference", ReferenceEvaluator(places).run(None, {"x": rows})[0].tolist())
print("  Awkward Array", ak.argmax(ak.Array(rows), axis=1).to_list(), "ONNX Runtime", by_runtime(places))
print("  blosc2", blosc2.argmax(packed, axis=1).tolist(), "argmin", blosc2.argmin(packed, axis=1).tolist())
print("max: NumPy", np.max(rows, axis=1).tolist(), "blosc2", [float(blosc2.max(blosc2.asarray(row))) for row in rows])
print("  Awkward Array", ak.max(ak.Array(rows), axis=1).to_list(), "of a flat array", float(ak.max(ak.Array(rows[0]))))
print("  ONNX Runtime", by_runtime(largest))
PYTHON
environment/bin/python -W error::RuntimeWarning places.py | tee said.txt
diff said.txt - <<'EXPECTED'
rows: [[1.0, nan, 3.0], [nan, 1.0, 3.0], [3.0, nan, 1.0], [1.0, 3.0, nan]]
argmax: NumPy [1, 0, 1, 2] ONNX reference [1, 0, 1, 2]
  Awkward Array [2, 0, 0, 1] ONNX Runtime [2, 0, 0, 1]
  blosc2 [0, 0, 0, 0] argmin [0, 0, 0, 0]
max: NumPy [nan, nan, nan, nan] blosc2 [nan, nan, nan, nan]
  Awkward Array [3.0, 3.0, 3.0, 3.0] of a flat array nan
  ONNX Runtime [3.0, nan, 3.0, 3.0]
EXPECTED
