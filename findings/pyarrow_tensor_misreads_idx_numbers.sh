#!/usr/bin/env bash
# pyarrow.Tensor.from_numpy makes 16777216 of the label 1 that was read from an IDX file: it ignores the order of the bytes.
#
# versions: pyarrow 26.0.1, numpy 2.4.6, Python 3.11
# behaviour: IDX, MNIST's format, has the most significant byte first, and np.frombuffer(..., ">i4") is the usual way to read
#   it. pa.array refuses such an array ("Byte-swapped arrays not supported"), and so does a table of it. A Tensor takes the bytes
#   as they are, and the type without its order; floats become tiny numbers. No exception, no warning. Bitten is who hands
#   data sets or weights to other processes as tensors. astype("=i4") before it is right.
# output:
#   read: [1, 7] [1.0, 0.5]
#   Tensor: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
#   Tensor after astype: [1, 7]
#   array: Byte-swapped arrays not supported
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyarrow==26.0.1 numpy==2.4.6
cat > tensors.py <<'PYTHON'
import numpy as np
import pyarrow as pa

labels = np.frombuffer(bytes([0, 0, 0, 1, 0, 0, 0, 7]), ">i4")
rates = np.array([1.0, 0.5], ">f8")
print("read:", labels.tolist(), rates.tolist())
print("Tensor:", *(pa.Tensor.from_numpy(x).to_numpy().tolist() for x in (labels, rates)))
print("Tensor after astype:", pa.Tensor.from_numpy(labels.astype("=i4")).to_numpy().tolist())
try:
    print("array:", pa.array(labels))
except pa.ArrowNotImplementedError as error:
    print("array:", error)
PYTHON
environment/bin/python -W error tensors.py | tee said.txt
diff said.txt - <<'EXPECTED'
read: [1, 7] [1.0, 0.5]
Tensor: [16777216, 117440512] [3.03865e-319, 2.8363e-319]
Tensor after astype: [1, 7]
array: Byte-swapped arrays not supported
EXPECTED
