#!/usr/bin/env bash
# SQLite stores a nan as NULL: it comes back as None, avg() and count() leave it out, and NOT NULL refuses it.
#
# versions: Python 3.11 with its sqlite3, numpy 2.4.6, duckdb 2.0.1
# behaviour: SQL of SQLite has no nan, and the binding of a float that is one becomes NULL; inf stays inf. So the mean
#   loss of a diverged training is that of the epochs before it, and the epoch is missing from the count, without an
#   exception or a warning. DuckDB keeps nan, and its mean is nan.
# output:
#   sqlite: [1.0, None, 3.0], mean 2.0, count 2
#   duckdb: [1.0, nan, 3.0], mean nan, count 3
#   NumPy's mean: nan
#   NOT NULL constraint failed: epochs.loss
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 duckdb==2.0.1
cat > losses.py <<'PYTHON'
import sqlite3

import duckdb
import numpy as np

losses = [1.0, float("nan"), 3.0]
for name, table in {"sqlite": sqlite3.connect(":memory:"), "duckdb": duckdb.connect(":memory:")}.items():
    table.execute("CREATE TABLE epochs (loss DOUBLE)")
    table.executemany("INSERT INTO epochs VALUES (?)", [(loss,) for loss in losses])
    came = [loss for (loss,) in table.execute("SELECT loss FROM epochs").fetchall()]
    mean, count = table.execute("SELECT avg(loss), count(loss) FROM epochs").fetchone()
    print(f"{name}: {came}, mean {mean}, count {count}")
print("NumPy's mean:", np.mean(losses))
table = sqlite3.connect(":memory:")
table.execute("CREATE TABLE epochs (loss REAL NOT NULL)")
try:
    table.execute("INSERT INTO epochs VALUES (?)", (float("nan"),))
except sqlite3.IntegrityError as error:
    print(error)
PYTHON
environment/bin/python -W error losses.py | tee said.txt
diff said.txt - <<'EXPECTED'
sqlite: [1.0, None, 3.0], mean 2.0, count 2
duckdb: [1.0, nan, 3.0], mean nan, count 3
NumPy's mean: nan
NOT NULL constraint failed: epochs.loss
EXPECTED
