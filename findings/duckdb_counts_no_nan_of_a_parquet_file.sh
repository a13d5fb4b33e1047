#!/usr/bin/env bash
# DuckDB finds no nan among the losses of a Parquet file from PyArrow: count of isnan(loss) is 0, of loss > 1 too, and the largest is 0.5; as a table all three see it.
#
# versions: duckdb 2.0.1, datafusion 55.0.0, polars 2.1.0, pyarrow 26.0.1, Python 3.11
# behaviour: a Parquet file states the smallest and the largest number of each group of rows, and nan is left out of
#   both, as the format wants it; a reader that looks for nan has to read the numbers. DuckDB, for which nan is the
#   largest number, goes by what is stated: a group whose largest loss is 0.5 has no nan and nothing above 1, so the
#   step at which a training broke is in no answer. DataFusion does the same for > and max. PyArrow's own filter loses
#   the row for != and for "not at most", if the filter is applied as the file is read, and finds it in the table.
#   polars reads the numbers. DuckDB's read_parquet has an option can_have_nan, off since the pruning was found to
#   cost too much without it, and an issue, 25521; files that DuckDB writes state no range where a nan is, and are
#   read right.
# output:
#   DuckDB, memory: 1 1 nan
#   DuckDB, losses.parquet: 0 0 0.5
#   DuckDB, read_parquet(losses.parquet, can_have_nan=true): 1 1 nan
#   DataFusion, memory: 1 nan
#   DataFusion, file: 0 0.5
#   PyArrow, != 0.5: 1 of the table, 0 of the file
#   PyArrow, not <= 1: 1 of the table, 0 of the file
#   polars, file: 1 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check duckdb==2.0.1 datafusion==55.0.0 \
  polars==2.1.0 pyarrow==26.0.1
cat > losses.py <<'PYTHON'
import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

memory = pyarrow.table({"step": [1, 2, 3], "loss": [0.5, float("nan"), 0.5]})
pyarrow.parquet.write_table(memory, "losses.parquet")
for name in ("memory", "'losses.parquet'", "read_parquet('losses.parquet', can_have_nan=true)"):
    counts = [duckdb.sql(f"select count(*) from {name} where {test}").fetchall()[0][0] for test in ("isnan(loss)", "loss > 1")]
    print("DuckDB,", name.replace("'", "") + ":", *counts, *duckdb.sql(f"select max(loss) from {name}").fetchall()[0])
context = datafusion.SessionContext()
context.register_parquet("file", "losses.parquet")
context.register_record_batches("memory", [memory.to_batches()])
for name in ("memory", "file"):
    found = context.sql(f"select count(*) as n from {name} where loss > 1").to_pydict()["n"]
    print(f"DataFusion, {name}:", *found, *context.sql(f"select max(loss) as n from {name}").to_pydict()["n"])
loss = pyarrow.dataset.field("loss")
file = pyarrow.dataset.dataset("losses.parquet")
for name, test in (("!= 0.5", loss != 0.5), ("not <= 1", ~(loss <= 1))):
    print(f"PyArrow, {name}: {memory.filter(test).num_rows} of the table, {file.to_table(filter=test).num_rows} of the file")
lazy = polars.scan_parquet("losses.parquet")
print("polars, file:", lazy.filter(polars.col("loss") > 1).collect().height, lazy.filter(polars.col("loss").is_nan()).collect().height)
PYTHON
environment/bin/python losses.py | tee said.txt
diff said.txt - <<'EXPECTED'
DuckDB, memory: 1 1 nan
DuckDB, losses.parquet: 0 0 0.5
DuckDB, read_parquet(losses.parquet, can_have_nan=true): 1 1 nan
DataFusion, memory: 1 nan
DataFusion, file: 0 0.5
PyArrow, != 0.5: 1 of the table, 0 of the file
PyArrow, not <= 1: 1 of the table, 0 of the file
polars, file: 1 1
EXPECTED
