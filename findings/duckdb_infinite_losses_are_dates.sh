#!/usr/bin/env bash
# DuckDB reads a CSV column of losses that are all inf as dates, 9999-12-31, and their mean as a moment of that year; of inf and then 7 it makes texts, and of 7 and then inf floats.
#
# versions: duckdb 2.0.1, polars 2.1.0, pandas 3.1.1, pyarrow 26.0.1, Python 3.11
# behaviour: read_csv guesses the type of a column from its texts and tries dates before fractions. As inf and -inf
#   are dates of DuckDB's own, the ends of time, a training that diverged from its first epoch has a column of dates,
#   -inf is 0001-01-01 in Python, and a table of several runs has DOUBLE in one file and DATE or VARCHAR in the next,
#   depending on which cell is first. If the first fraction stands behind the 20,480 rows that are looked at, the file
#   is refused instead. The word epoch, a usual name in such a file, is the date 1970-01-01 where it stands in all
#   cells. pandas and pyarrow read floats in each case. read_csv(types={'loss': 'DOUBLE'}) is right.
# output:
#   all inf: DuckDB DATE 9999-12-31, 9999-12-31; mean 9999-12-31 23:59:59.999999; polars Float64, pandas float64, pyarrow double
#   -inf and inf: DuckDB DATE 0001-01-01, 9999-12-31; polars Float64, pandas float64, pyarrow double
#   inf and an empty cell: DuckDB DATE 9999-12-31, None; polars Float64, pandas float64, pyarrow double
#   inf and nan: DuckDB VARCHAR inf, nan; polars String, pandas float64, pyarrow double
#   inf and 7: DuckDB VARCHAR inf, 7; polars Float64, pandas float64, pyarrow double
#   7 and inf: DuckDB DOUBLE 7.0, inf; polars Float64, pandas float64, pyarrow double
#   the word epoch: DuckDB DATE 1970-01-01, 1970-01-01; polars String, pandas str, pyarrow string
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 \
  pyarrow==26.0.1
cat > losses.py <<'PYTHON'
import duckdb
import pandas as pd
import polars as pl
import pyarrow.csv

for name, cells in {
    "all inf": ["inf", "inf"],
    "-inf and inf": ["-inf", "inf"],
    "inf and an empty cell": ["inf", ""],
    "inf and nan": ["inf", "nan"],
    "inf and 7": ["inf", "7"],
    "7 and inf": ["7", "inf"],
    "the word epoch": ["epoch", "epoch"],
}.items():
    with open("losses.csv", "w") as file:
        file.write("run,loss\n" + "".join(f"{run},{cell}\n" for run, cell in enumerate(cells)))
    losses = duckdb.sql("FROM read_csv('losses.csv')")
    read = [str(loss) for _, loss in losses.fetchall()]
    print(f"{name}: DuckDB {losses.types[1]} {', '.join(read)};", end=" ")
    if name == "all inf":
        print(f"mean {duckdb.sql('SELECT avg(loss) FROM losses').fetchall()[0][0]};", end=" ")
    others = pl.read_csv("losses.csv")["loss"].dtype, pd.read_csv("losses.csv")["loss"].dtype, pyarrow.csv.read_csv("losses.csv")["loss"].type
    print("polars {}, pandas {}, pyarrow {}".format(*others))
PYTHON
environment/bin/python losses.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
all inf: DuckDB DATE 9999-12-31, 9999-12-31; mean 9999-12-31 23:59:59.999999; polars Float64, pandas float64, pyarrow double
-inf and inf: DuckDB DATE 0001-01-01, 9999-12-31; polars Float64, pandas float64, pyarrow double
inf and an empty cell: DuckDB DATE 9999-12-31, None; polars Float64, pandas float64, pyarrow double
inf and nan: DuckDB VARCHAR inf, nan; polars String, pandas float64, pyarrow double
inf and 7: DuckDB VARCHAR inf, 7; polars Float64, pandas float64, pyarrow double
7 and inf: DuckDB DOUBLE 7.0, inf; polars Float64, pandas float64, pyarrow double
the word epoch: DuckDB DATE 1970-01-01, 1970-01-01; polars String, pandas str, pyarrow string
EXPECTED
