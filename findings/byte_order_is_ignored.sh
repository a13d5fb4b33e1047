#!/usr/bin/env bash
# Numbers read from an IDX file are others to pyarrow.Tensor, ormsgpack and ONNX Runtime: they ignore the order of the bytes, and 1 is 16777216.
#
# versions: pyarrow 26.0.1, ormsgpack 1.13.1, orjson 3.13.0, onnx 1.23.2, onnxruntime 1.31.1, numpy 2.4.6, Python 3.11
# behaviour: IDX, MNIST's format, has the most significant byte first, and np.frombuffer(..., ">i4") is the usual way to
#   read it. The three take the bytes as they are, and the type without its order; floats become tiny numbers. No
#   exception, no warning. orjson, whose twin ormsgpack is, refuses such an array ("not native-endianness"), and so does
#   pa.array ("Byte-swapped arrays not supported"). astype("=i4") before it is right. Bitten is who hands data sets or
#   weights to other processes, or to an exported network.
# output:
#   read: [1, 7] [1.0, 0.5] [1.0, 2.0]
#   pyarrow.Tensor: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
#   ormsgpack: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
#   ONNX Runtime, x + x: 9.2e-41 1.79e-43 after astype: 2 4
#   pa.array: ArrowNotImplementedError: Byte-swapped arrays not supported
#   orjson: TypeError: numpy array is not native-endianness
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyarrow==26.0.1 ormsgpack==1.13.1 orjson==3.13.0 onnx==1.23.2 onnxruntime==1.31.1 numpy==2.4.6
cat > order.py <<'PYTHON'
import numpy as np
import onnxruntime
import orjson
import ormsgpack
import pyarrow as pa
from onnx import TensorProto, helper

labels = np.frombuffer(bytes([0, 0, 0, 1, 0, 0, 0, 7]), ">i4")
rates = np.array([1.0, 0.5], ">f8")
pixels = np.array([1.0, 2.0], ">f4")


def by_tensor(x):
    return pa.Tensor.from_numpy(x).to_numpy().tolist()


def by_ormsgpack(x):
    return ormsgpack.unpackb(ormsgpack.packb(x, option=ormsgpack.OPT_SERIALIZE_NUMPY))


def by_runtime(x):
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Add", ["x", "x"], ["y"])], "g", value[:1], value[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return [f"{y:.3g}" for y in session.run(None, {"x": x})[0]]


def told(make):
    try:
        return make()
    except (pa.ArrowNotImplementedError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


print("read:", labels.tolist(), rates.tolist(), pixels.tolist())
print("pyarrow.Tensor:", by_tensor(labels), by_tensor(rates))
print("ormsgpack:", by_ormsgpack(labels), by_ormsgpack(rates))
print("ONNX Runtime, x + x:", *by_runtime(pixels), "after astype:", *by_runtime(pixels.astype("=f4")))
print("pa.array:", told(lambda: pa.array(labels)))
print("orjson:", told(lambda: orjson.dumps(labels, option=orjson.OPT_SERIALIZE_NUMPY)))
PYTHON
environment/bin/python -W error::RuntimeWarning order.py | tee said.txt
diff said.txt - <<'EXPECTED'
read: [1, 7] [1.0, 0.5] [1.0, 2.0]
pyarrow.Tensor: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
ormsgpack: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
ONNX Runtime, x + x: 9.2e-41 1.79e-43 after astype: 2 4
pa.array: ArrowNotImplementedError: Byte-swapped arrays not supported
orjson: TypeError: numpy array is not native-endianness
EXPECTED
