#!/usr/bin/env bash
# polars' mean_horizontal of the points 200 and 100 in UInt8 is 22.0, less than both of them, and their sum_horizontal 44.
#
# versions: polars 2.1.0, numpy 2.4.6, Python 3.11
# behaviour: down a column polars adds small integers in a larger type: sum, cum_sum and rolling_sum of UInt8 are
#   right, and so are the sum and the mean of a list or an array in a cell. Across the columns of a row it adds in
#   UInt8, modulo 256, and the mean, a float, is made from that sum. bools are counted rightly across a row. No
#   exception, no warning. Bitten is who adds up the points of a student, one column per exercise, or the pixels of an
#   image, one column per pixel, after the columns were made small.
# output:
#   down: sum 300 rolling_sum 300 mean 150.0
#   across: sum_horizontal 44 cum_sum_horizontal [200, 44] mean_horizontal 22.0 of the frame 44
#   in a cell: list.sum 300 list.mean 150.0 arr.sum 300
#   bools across: 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check polars==2.1.0 numpy==2.4.6
cat > points.py <<'PYTHON'
import polars as pl

column = pl.Series([200, 100], dtype=pl.UInt8)
row = pl.DataFrame({"a": [200], "b": [100]}, schema={"a": pl.UInt8, "b": pl.UInt8})
print("down: sum", column.sum(), "rolling_sum", column.rolling_sum(2)[1], "mean", column.mean())
print(
    "across: sum_horizontal", row.select(pl.sum_horizontal("a", "b")).item(),
    "cum_sum_horizontal", list(row.select(pl.cum_sum_horizontal("a", "b")).item().values()),
    "mean_horizontal", row.select(pl.mean_horizontal("a", "b")).item(),
    "of the frame", row.sum_horizontal().item(),
)
cell = pl.Series([[200, 100]], dtype=pl.List(pl.UInt8))
array = pl.Series([[200, 100]], dtype=pl.Array(pl.UInt8, 2))
print("in a cell: list.sum", cell.list.sum().item(), "list.mean", cell.list.mean().item(), "arr.sum", array.arr.sum().item())
print("bools across:", pl.DataFrame({"a": [True], "b": [True]}).select(pl.sum_horizontal("a", "b")).item())
PYTHON
environment/bin/python -W error points.py | tee said.txt
diff said.txt - <<'EXPECTED'
down: sum 300 rolling_sum 300 mean 150.0
across: sum_horizontal 44 cum_sum_horizontal [200, 44] mean_horizontal 22.0 of the frame 44
in a cell: list.sum 300 list.mean 150.0 arr.sum 300
bools across: 2
EXPECTED
