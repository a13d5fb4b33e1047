#!/usr/bin/env bash
# np.unique counts nan once, but with axis=0 each row of nan is a row of its own, equal_nan=True or not.
#
# versions: numpy 2.4.6, pandas 3.1.1, Python 3.11
# behaviour: equal_nan is True by default, and merges the nan of a flat array. With an axis the rows are compared as
#   records, in which nan equals nothing: equal_nan=True has no effect, no exception, no warning. So the number of
#   different samples of a data set with gaps is too large by the repeated ones. 0.0 and -0.0 are one row in both.
#   pandas' drop_duplicates merges them.
# output:
#   flat: [1.0, nan]
#   rows: [[1.0], [nan], [nan]] equal_nan=True: [[1.0], [nan], [nan]]
#   pandas: [nan, 1.0]
#   zeros, flat and rows: 1 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 pandas==3.1.1
cat > rows.py <<'PYTHON'
import numpy as np
import pandas as pd

column = np.array([np.nan, np.nan, 1.0])
rows = column[:, None]
print("flat:", np.unique(column).tolist())
print("rows:", np.unique(rows, axis=0).tolist(), "equal_nan=True:", np.unique(rows, axis=0, equal_nan=True).tolist())
print("pandas:", pd.DataFrame(rows).drop_duplicates()[0].tolist())
print("zeros, flat and rows:", np.unique([0.0, -0.0]).size, len(np.unique([[0.0], [-0.0]], axis=0)))
PYTHON
environment/bin/python -W error rows.py | tee said.txt
diff said.txt - <<'EXPECTED'
flat: [1.0, nan]
rows: [[1.0], [nan], [nan]] equal_nan=True: [[1.0], [nan], [nan]]
pandas: [nan, 1.0]
zeros, flat and rows: 1 1
EXPECTED
