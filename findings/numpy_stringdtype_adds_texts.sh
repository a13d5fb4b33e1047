#!/usr/bin/env bash
# The sum of the marks 7, 10 and 9 read as NumPy's StringDType is the text 7109, their maximum is 9, and twice 7 is 77.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: for texts of fixed width (<U2) and for bytes, sum() and * raise. The new StringDType has Python's + and * of texts
#   as ufuncs, element by element, and sum() is a reduction of +: all texts in one. np.cumsum works too. So a column that was
#   read as texts, and never converted, gives a total and doubled points instead of an error; np.mean still raises.
#   A sum of labels or points is the usual check that a file was read whole. Objects concatenate as well, but nobody
#   gets these by asking for texts. Bitten is who moves from <U to StringDType for its memory.
# output:
#   sum: <U2 TypeError, StringDType 7109
#   cumsum, last: <U2 TypeError, StringDType 7109
#   x * 2: <U2 TypeError, StringDType 77
#   max: <U2 TypeError, StringDType 9
#   mean: <U2 TypeError, StringDType TypeError
#   sum of x.astype(int): <U2 26, StringDType 26
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > texts.py <<'PYTHON'
import numpy as np

lines = ["7", "10", "9"]
CALLS = {
    "sum": np.sum,
    "cumsum, last": lambda x: np.cumsum(x)[-1],
    "x * 2": lambda x: (x * 2)[0],
    "max": np.max,
    "mean": np.mean,
    "sum of x.astype(int)": lambda x: x.astype(int).sum(),
}


def came(call, texts):
    try:
        return str(call(texts))
    except TypeError:
        return "TypeError"


for name, call in CALLS.items():
    print(f"{name}:", ", ".join(f"{kind} {came(call, np.loadtxt(lines, dtype=dtype))}" for kind, dtype in {"<U2": "<U2", "StringDType": np.dtypes.StringDType()}.items()))
PYTHON
environment/bin/python -W error texts.py | tee said.txt
diff said.txt - <<'EXPECTED'
sum: <U2 TypeError, StringDType 7109
cumsum, last: <U2 TypeError, StringDType 7109
x * 2: <U2 TypeError, StringDType 77
max: <U2 TypeError, StringDType 9
mean: <U2 TypeError, StringDType TypeError
sum of x.astype(int): <U2 26, StringDType 26
EXPECTED
