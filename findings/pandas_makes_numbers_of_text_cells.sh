#!/usr/bin/env bash
# pandas' read_excel makes 7 of a student's id "007" and 10.0 of the group "1E1", though both are text cells of the sheet.
#
# versions: pandas 3.1.1, openpyxl 3.1.5, python-calamine 0.9.1, polars 2.1.0, fastexcel 0.21.0, xlsx2csv 0.8.6, odfpy 1.4.1,
#   tablib 3.10.0, numpy 2.4.6, Python 3.11
# behaviour: a cell of an .xlsx or .ods has a type, and whoever writes "007" as a text does it so that nobody takes it for a
#   number. The engines of pandas deliver the text, and pandas then reads the column as if it came from a CSV file: a column whose
#   texts all look like numbers becomes numbers, and a student called NA or None is missing. One id with a letter keeps the
#   column's texts, so it depends on the other students. dtype=str keeps "007", not NA. polars keeps texts with two of
#   its three engines; xlsx2csv, the third, goes through a CSV file.
# output:
#   pandas, xlsx by openpyxl: ids 7 12, groups 10.0 nan
#   pandas, xlsx by calamine: ids 7 12, groups 10.0 nan
#   pandas, ods by odf: ids 7 12, groups 10.0 nan
#   polars by calamine: ids 007 012, groups 1E1 NA
#   polars by openpyxl: ids 007 012, groups 1E1 NA
#   polars by xlsx2csv: ids 7 12, groups 1E1 NA
#   tablib: ids 007 012, groups 1E1 NA
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1 \
    polars==2.1.0 fastexcel==0.21.0 xlsx2csv==0.8.6 odfpy==1.4.1 tablib==3.10.0 numpy==2.4.6
environment/bin/python - > said.txt <<'PY'
import openpyxl
import pandas
import polars
import tablib

rows = [("id", "group"), ("007", "1E1"), ("012", "NA")]
book = openpyxl.Workbook()
for row in rows:
    book.active.append(row)
assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}
book.save("course.xlsx")
pandas.DataFrame(rows[1:], columns=rows[0]).to_excel("course.ods", engine="odf", index=False)


def say(reader, ids, groups):
    print(f"{reader}: ids", *ids, end=", ")
    print("groups", *groups)


for engine in ("openpyxl", "calamine"):
    table = pandas.read_excel("course.xlsx", engine=engine)
    say(f"pandas, xlsx by {engine}", table["id"], table["group"])
table = pandas.read_excel("course.ods", engine="odf")
say("pandas, ods by odf", table["id"], table["group"])
for engine in ("calamine", "openpyxl", "xlsx2csv"):
    table = polars.read_excel("course.xlsx", engine=engine)
    say(f"polars by {engine}", table["id"], table["group"])
with open("course.xlsx", "rb") as file:
    table = tablib.Dataset().load(file, format="xlsx")
say("tablib", table["id"], table["group"])
PY
cat said.txt
diff said.txt - <<'EXPECTED'
pandas, xlsx by openpyxl: ids 7 12, groups 10.0 nan
pandas, xlsx by calamine: ids 7 12, groups 10.0 nan
pandas, ods by odf: ids 7 12, groups 10.0 nan
polars by calamine: ids 007 012, groups 1E1 NA
polars by openpyxl: ids 007 012, groups 1E1 NA
polars by xlsx2csv: ids 7 12, groups 1E1 NA
tablib: ids 007 012, groups 1E1 NA
EXPECTED
