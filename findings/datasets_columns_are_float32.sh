#!/usr/bin/env bash
# A student's number 16777217.0 is 16777217 in a row and 16777216 in a column of the same Dataset of Hugging Face with the format NumPy: rows stay float64, columns become float32.
#
# versions: datasets 5.2.0, numpy 2.4.6, pyarrow 26.0.1, Python 3.11
# behaviour: with_format("numpy") promises NumPy's arrays. A number of one row comes as it was stored, float64. A
#   whole column, a batch, a slice and a list within a row are made into arrays, and floats among them into float32,
#   though the features say float64 and nothing asked for it: 0.1 is 0.10000000149, and a mark of 0.1 in a column is
#   not the 0.1 of the row. Integers become int64, uint8 images too. dtype=np.float64 for with_format keeps the
#   numbers, and makes float64 of pixels. The documentation's page on NumPy shows integers alone.
# output:
#   features: number Value('float64'), mark Value('float64'), pixels List(Value('uint8'))
#   numpy: a row float64 16777217, a column float32 16777216, a batch float32 16777216
#     the mark of the row equals that of the column: False - pixels: int64
#   numpy, float64: a row float64 16777217, a column float64 16777217, a batch float64 16777217
#     the mark of the row equals that of the column: True - pixels: float64
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check datasets==5.2.0 numpy==2.4.6 pyarrow==26.0.1
cat > marks.py <<'PYTHON'
import numpy as np
from datasets import Dataset

numbers = {"number": [16777217.0, 16777219.0], "mark": [0.1, 0.7], "pixels": [np.array([7, 9], np.uint8), np.array([200, 1], np.uint8)]}
stored = Dataset.from_dict(numbers)
print("features:", ", ".join(f"{name} {kind}" for name, kind in stored.features.items()))
for name, data in (("numpy", stored.with_format("numpy")), ("numpy, float64", stored.with_format("numpy", dtype=np.float64))):
    row, column, batch = data[0]["number"], data["number"][:], data[:2]["number"]
    print(f"{name}: a row {row.dtype} {row:.0f}, a column {column.dtype} {column[0]:.0f}, a batch {batch.dtype} {batch[0]:.0f}")
    print("  the mark of the row equals that of the column:", bool(data[0]["mark"] == data["mark"][:][0]), "- pixels:", data[0]["pixels"].dtype)
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
features: number Value('float64'), mark Value('float64'), pixels List(Value('uint8'))
numpy: a row float64 16777217, a column float32 16777216, a batch float32 16777216
  the mark of the row equals that of the column: False - pixels: int64
numpy, float64: a row float64 16777217, a column float64 16777217, a batch float64 16777217
  the mark of the row equals that of the column: True - pixels: float64
EXPECTED
