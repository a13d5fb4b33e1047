#!/usr/bin/env bash
# DuckDB casts the points 0.5, 1.5 and 2.5 of a CSV file to the integers 1, 2 and 3, and to 0, 2 and 2 once the file is a table; both are DOUBLE.
#
# versions: duckdb 2.0.1, pandas 3.1.1, numpy 2.4.6, Python 3.11
# behaviour: a DOUBLE is cast to the even neighbour of a half, a text or a DECIMAL, as 2.5 is in a query, away from
#   zero. typeof() of the file's column is DOUBLE, but a cast in the same query gives what a text gives, as if the
#   reader of the file did it and the column never were a DOUBLE. CREATE TABLE from the file, Parquet, pandas and a
#   parameter of the query give the other integers, and so does the file where its DOUBLE is computed with first.
#   round() is away from zero for all. No warning. Bitten is who rounds half points, and tries the cast on the file
#   before it is loaded.
# output:
#   in the query: CAST(2.5 AS INTEGER) 3, of 2.5::DOUBLE 2, of a parameter 2
#   file: DOUBLE, cast [1, 2, 3], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
#   table: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
#   parquet: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
#   pandas: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check duckdb==2.0.1 pandas==3.1.1 numpy==2.4.6
cat > marks.py <<'PYTHON'
import duckdb
import pandas

frame = pandas.DataFrame({"points": [0.5, 1.5, 2.5]})
frame.to_csv("marks.csv", index=False)
duckdb.sql("CREATE TABLE marks AS FROM 'marks.csv'")
duckdb.sql("COPY marks TO 'marks.parquet'")


def column(query, source):
    return [row[0] for row in duckdb.sql(f"SELECT {query} FROM {source}").fetchall()]


def one(query, *arguments):
    return duckdb.execute(f"SELECT {query}", arguments).fetchall()[0][0]


cast = "CAST(points AS INTEGER)"
print(
    f"in the query: CAST(2.5 AS INTEGER) {one('CAST(2.5 AS INTEGER)')}, of 2.5::DOUBLE {one('CAST(2.5::DOUBLE AS INTEGER)')}, "
    f"of a parameter {one('CAST(? AS INTEGER)', 2.5)}"
)
for title, source in {"file": "'marks.csv'", "table": "marks", "parquet": "'marks.parquet'", "pandas": "frame"}.items():
    print(
        f"{title}: {column('typeof(points)', source)[0]}, cast {column(cast, source)}, "
        f"cast of points + 0 {column('CAST(points + 0 AS INTEGER)', source)}, round {column('round(points)', source)}"
    )
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
in the query: CAST(2.5 AS INTEGER) 3, of 2.5::DOUBLE 2, of a parameter 2
file: DOUBLE, cast [1, 2, 3], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
table: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
parquet: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
pandas: DOUBLE, cast [0, 2, 2], cast of points + 0 [0, 2, 2], round [1.0, 2.0, 3.0]
EXPECTED
