#!/usr/bin/env bash
# pixels + 1000 raises for a polars Series of UInt8, and gives 1200 in an expression; the dot product of two 200s is 64.
#
# versions: polars 2.1.0, numpy 2.4.6, Python 3.11
# behaviour: in an expression the literal decides the type of the result with the column, in a Series it has to fit
#   into it: the same text moved from the one to the other raises or does not. Two columns wrap around in both. sum,
#   mean and cum_sum of small integers are computed in a larger type, but dot is not, and ** wraps around as well.
# output:
#   Series + 1000: OverflowError
#   expression + 1000: [1200, 1100]
#   p + p: Series [144, 200] expression [144, 200]
#   of 200 alone: dot 64 ** 2 [64]
#   sum 300 cum_sum [200, 300] mean 150.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check polars==2.1.0 numpy==2.4.6
cat > pixels.py <<'PYTHON'
import polars

pixels = polars.Series("p", [200, 100], dtype=polars.UInt8)
frame = polars.DataFrame({"p": pixels})
try:
    print("Series + 1000:", (pixels + 1000).to_list())
except OverflowError as error:
    print("Series + 1000:", type(error).__name__)
print("expression + 1000:", frame.select(polars.col("p") + 1000)["p"].to_list())
print("p + p: Series", (pixels + pixels).to_list(), "expression", frame.select(polars.col("p") + polars.col("p"))["p"].to_list())
one = polars.Series([200], dtype=polars.UInt8)
print("of 200 alone: dot", one.dot(one), "** 2", (one**2).to_list())
print("sum", pixels.sum(), "cum_sum", pixels.cum_sum().to_list(), "mean", pixels.mean())
PYTHON
environment/bin/python -W error pixels.py | tee said.txt
diff said.txt - <<'EXPECTED'
Series + 1000: OverflowError
expression + 1000: [1200, 1100]
p + p: Series [144, 200] expression [144, 200]
of 200 alone: dot 64 ** 2 [64]
sum 300 cum_sum [200, 300] mean 150.0
EXPECTED
