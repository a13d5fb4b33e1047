#!/usr/bin/env bash
# SQLite stores a np.int64 in an INTEGER column as eight bytes, which sum() counts as 0; a np.float64 becomes a number.
#
# versions: numpy 2.4.6, Python 3.11 with its sqlite3
# behaviour: sqlite3 knows Python's int and float, and takes any other object with the buffer protocol, such as NumPy's
#   scalars, for bytes: no exception, no warning, and the type of the column changes nothing. np.float64 is a subclass
#   of float. The results of np.argmax and np.sum of a mask, and a label of an array, are np.int64: such points add up
#   to 0, and = finds none of them.
# output:
#   np.int64(3): blob, np.float32(3): blob, np.float64(3): integer, int 3: integer
#   four rows of 3: sum 6.0, where points = 3: 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > points.py <<'PYTHON'
import sqlite3

import numpy as np

table = sqlite3.connect(":memory:")
table.execute("CREATE TABLE marks (points INTEGER)")
for points in (np.int64(3), np.float32(3), np.float64(3), 3):
    table.execute("INSERT INTO marks VALUES (?)", (points,))
kinds = [kind for (kind,) in table.execute("SELECT typeof(points) FROM marks ORDER BY rowid")]
print("np.int64(3): {}, np.float32(3): {}, np.float64(3): {}, int 3: {}".format(*kinds))
total, found = table.execute("SELECT sum(points), count(*) FILTER (WHERE points = 3) FROM marks").fetchone()
print(f"four rows of 3: sum {total}, where points = 3: {found}")
PYTHON
environment/bin/python points.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.int64(3): blob, np.float32(3): blob, np.float64(3): integer, int 3: integer
four rows of 3: sum 6.0, where points = 3: 2
EXPECTED
