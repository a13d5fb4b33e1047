#!/usr/bin/env bash
# numexpr's max of nan and 1 is 1, its u + u of uint8 does not wrap around, and its float32 times 0.5 is float64.
#
# versions: numexpr 2.14.2, numpy 2.4.6, Python 3.11
# behaviour: evaluate("...") takes the text of an expression of NumPy and computes another result. It has no integers
#   below 32 bits, so that 200 + 200 is 400; a literal 0.5 is a double, which makes all of an array of float32 one; and
#   its max and min pass over nan. An expression that was moved into evaluate for its speed changes type and value
#   without a warning.
# output:
#   u + u: numexpr int32 [400, 400], numpy uint8 [144, 144]
#   sum(u): numexpr int32 400, numpy uint64 400
#   f * 0.5: numexpr float64 [0.05000000074505806], numpy float32 [0.05000000074505806]
#   f * 2: numexpr float32 [0.20000000298023224], numpy float32 [0.20000000298023224]
#   max(n): numexpr float64 1.0, numpy float64 nan
#   max(m): numexpr float64 1.0, numpy float64 nan
#   min(n): numexpr float64 1.0, numpy float64 nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numexpr==2.14.2 numpy==2.4.6
cat > expressions.py <<'PYTHON'
import numexpr
import numpy as np

values = {"u": np.array([200, 200], np.uint8), "f": np.array([0.1], np.float32), "n": np.array([np.nan, 1.0]), "m": np.array([1.0, np.nan])}
for text in ("u + u", "sum(u)", "f * 0.5", "f * 2", "max(n)", "max(m)", "min(n)"):
    fast = numexpr.evaluate(text, values)
    plain = np.asarray(eval(text, {"sum": np.sum, "max": np.max, "min": np.min}, values))
    print(f"{text}: numexpr {fast.dtype} {fast.tolist()}, numpy {plain.dtype} {plain.tolist()}")
PYTHON
environment/bin/python -W ignore expressions.py | tee said.txt
diff said.txt - <<'EXPECTED'
u + u: numexpr int32 [400, 400], numpy uint8 [144, 144]
sum(u): numexpr int32 400, numpy uint64 400
f * 0.5: numexpr float64 [0.05000000074505806], numpy float32 [0.05000000074505806]
f * 2: numexpr float32 [0.20000000298023224], numpy float32 [0.20000000298023224]
max(n): numexpr float64 1.0, numpy float64 nan
max(m): numexpr float64 1.0, numpy float64 nan
min(n): numexpr float64 1.0, numpy float64 nan
EXPECTED
