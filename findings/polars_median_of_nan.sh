#!/usr/bin/env bash
# In polars the median of 1, 2 and nan is 2.0 and that of 1, nan and nan is nan; the maximum is 2, and nan > 5 is True.
#
# versions: polars 2.1.0, duckdb 2.0.1, pyarrow 26.0.1, numpy 2.4.6, Python 3.11
# behaviour: nan is the largest number and equal to itself for sort, the median, comparisons and filters, is passed
#   over by max and min, and spreads in sum and mean. So a filter loss > 5 keeps diverged runs, though the maximum of
#   the column is below 5. DuckDB's max of the same column is nan; pyarrow's is 2, though it compares as NumPy does,
#   and nan > 5 is False.
# output:
#   polars: max 2.0, median 2.0, mean nan, > 5 [False, False, True], nan == nan True
#   polars: median of 1, nan, nan: nan
#   duckdb: max nan, median 2.0, mean nan, rows > 5: 1
#   pyarrow: max 2.0, mean nan, > 5 [False, False, False]
#   numpy: max nan, median nan, mean nan, > 5 [False, False, False]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1 numpy==2.4.6
cat > losses.py <<'PYTHON'
import duckdb
import numpy as np
import polars
import pyarrow
from pyarrow import compute

nan = float("nan")
losses = [1.0, 2.0, nan]
p = polars.Series(losses)
print(f"polars: max {p.max()}, median {p.median()}, mean {p.mean()}, > 5 {(p > 5).to_list()}, nan == nan {(p == p).to_list()[2]}")
print("polars: median of 1, nan, nan:", polars.Series([1.0, nan, nan]).median())
d = duckdb.connect(":memory:")
d.execute("CREATE TABLE runs (loss DOUBLE)")
d.executemany("INSERT INTO runs VALUES (?)", [(loss,) for loss in losses])
found = d.execute("SELECT max(loss), median(loss), avg(loss), count(*) FILTER (WHERE loss > 5) FROM runs").fetchone()
print("duckdb: max {}, median {}, mean {}, rows > 5: {}".format(*found))
a = pyarrow.array(losses)
print(f"pyarrow: max {compute.max(a)}, mean {compute.mean(a)}, > 5 {compute.greater(a, 5).to_pylist()}")
n = np.array(losses)
print(f"numpy: max {n.max()}, median {np.median(n)}, mean {n.mean()}, > 5 {(n > 5).tolist()}")
PYTHON
environment/bin/python -W error losses.py | tee said.txt
diff said.txt - <<'EXPECTED'
polars: max 2.0, median 2.0, mean nan, > 5 [False, False, True], nan == nan True
polars: median of 1, nan, nan: nan
duckdb: max nan, median 2.0, mean nan, rows > 5: 1
pyarrow: max 2.0, mean nan, > 5 [False, False, False]
numpy: max nan, median nan, mean nan, > 5 [False, False, False]
EXPECTED
