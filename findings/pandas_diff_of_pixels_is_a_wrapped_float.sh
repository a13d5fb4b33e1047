#!/usr/bin/env bash
# pandas' diff of the pixels 200 and 0 is 56.0, a float64 beside a nan, where polars gives -200; pct_change of the same is -1.0.
#
# versions: pandas 3.1.1, polars 2.1.0, pyarrow 26.0.1, numpy 2.4.6, Python 3.11
# behaviour: diff has no difference for the first row, and so makes a float64 of a column of integers, with nan at the
#   front, as do shift and reindex. It looks like a computation in floats. For signed integers it is one, int8
#   included; unsigned ones are subtracted in their own type first, and 0 - 200 is 56. x - x.shift() and pct_change
#   convert before, and are right. The nullable UInt8 wraps around too and stays UInt8, and uint8[pyarrow] raises. No
#   warning. Bitten is who looks for edges in an image, or for changes in counts.
# output:
#   pandas, uint8: [nan, 56.0] in float64
#   pandas, uint16: [nan, 65336.0] in float64
#   pandas, int8 of 100 and -100: [nan, -200.0] in float32
#   pandas, int64: [nan, -200.0] in float64
#   x - x.shift(): [nan, -200.0] in float64, pct_change [nan, -1.0]
#   pandas, UInt8: [<NA>, 56] in UInt8
#   pandas, uint8[pyarrow]: ArrowInvalid
#   polars: [None, -200] in Int16
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 numpy==2.4.6
cat > edge.py <<'PYTHON'
import pandas
import polars


def told(kind, title, numbers):
    try:
        came = pandas.Series(numbers, dtype=kind).diff()
        print(f"pandas, {title}: {came.tolist()} in {came.dtype}")
    except Exception as error:
        print(f"pandas, {title}: {type(error).__name__}")


told("uint8", "uint8", [200, 0])
told("uint16", "uint16", [200, 0])
told("int8", "int8 of 100 and -100", [100, -100])
told("int64", "int64", [200, 0])
pixels = pandas.Series([200, 0], dtype="uint8")
shifted = pixels - pixels.shift()
print(f"x - x.shift(): {shifted.tolist()} in {shifted.dtype}, pct_change {pixels.pct_change().tolist()}")
told("UInt8", "UInt8", [200, 0])
told("uint8[pyarrow]", "uint8[pyarrow]", [200, 0])
came = polars.Series([200, 0], dtype=polars.UInt8).diff()
print(f"polars: {came.to_list()} in {came.dtype}")
PYTHON
environment/bin/python -W error edge.py | tee said.txt
diff said.txt - <<'EXPECTED'
pandas, uint8: [nan, 56.0] in float64
pandas, uint16: [nan, 65336.0] in float64
pandas, int8 of 100 and -100: [nan, -200.0] in float32
pandas, int64: [nan, -200.0] in float64
x - x.shift(): [nan, -200.0] in float64, pct_change [nan, -1.0]
pandas, UInt8: [<NA>, 56] in UInt8
pandas, uint8[pyarrow]: ArrowInvalid
polars: [None, -200] in Int16
EXPECTED
