#!/usr/bin/env bash
# xlsx2csv writes 0 "11ays" for a mark of 12 with the number format 0 "days", and pylightxl 00:00:00 for 12 with 0 "points".
#
# versions: xlsx2csv 0.8.6, pylightxl 1.61, openpyxl 3.1.5, Python 3.11
# behaviour: a number format may hold a text in quotes, as Excel writes it for a unit. Both tools look for the letters
#   d, h, m, s and y in the whole format to recognize a date, in the quotes too: the number is gone from the output,
#   with exit status 0. openpyxl reads the number. xlsx2csv rounds 0.895 with the format 0% to 90%, but gives 89.6 with
#   the format 0 in full.
# output:
#   0 "points": xlsx2csv '0 "points"', pylightxl '00:00:00', openpyxl 12
#   0 "days": xlsx2csv '0 "11ays"', pylightxl '1900/01/11 00:00:00', openpyxl 12
#   0.0 "of my mark": xlsx2csv '0.0 "of 01y 01ark"', pylightxl 12.5, openpyxl 12.5
#   0.0 "points, half": xlsx2csv '0.0 "points, 12alf"', pylightxl '12:00:00', openpyxl 12.5
#   0%: xlsx2csv '90%', pylightxl 0.895, openpyxl 0.895
#   0: xlsx2csv '89.6', pylightxl 89.6, openpyxl 89.6
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 pylightxl==1.61 openpyxl==3.1.5
cat > units.py <<'PYTHON'
import csv
import subprocess
import sys

import openpyxl
import pylightxl

formats = {'0 "points"': 12, '0 "days"': 12, '0.0 "of my mark"': 12.5, '0.0 "points, half"': 12.5, "0%": 0.895, "0": 89.6}
book = openpyxl.Workbook()
for row, (form, value) in enumerate(formats.items(), 1):
    book.active.cell(row, 1, value).number_format = form
book.save("marks.xlsx")
subprocess.run([sys.executable, "-m", "xlsx2csv", "marks.xlsx", "marks.csv"], check=True)
with open("marks.csv") as file:
    by_xlsx2csv = [row[0] for row in csv.reader(file)]
by_pylightxl = [row[0] for row in pylightxl.readxl("marks.xlsx").ws("Sheet").rows]
by_openpyxl = [row[0].value for row in openpyxl.load_workbook("marks.xlsx").active.iter_rows()]
for form, *came in zip(formats, by_xlsx2csv, by_pylightxl, by_openpyxl):
    print(f"{form}: xlsx2csv {came[0]!r}, pylightxl {came[1]!r}, openpyxl {came[2]!r}")
PYTHON
environment/bin/python -W ignore units.py | tee said.txt
diff said.txt - <<'EXPECTED'
0 "points": xlsx2csv '0 "points"', pylightxl '00:00:00', openpyxl 12
0 "days": xlsx2csv '0 "11ays"', pylightxl '1900/01/11 00:00:00', openpyxl 12
0.0 "of my mark": xlsx2csv '0.0 "of 01y 01ark"', pylightxl 12.5, openpyxl 12.5
0.0 "points, half": xlsx2csv '0.0 "points, 12alf"', pylightxl '12:00:00', openpyxl 12.5
0%: xlsx2csv '90%', pylightxl 0.895, openpyxl 0.895
0: xlsx2csv '89.6', pylightxl 89.6, openpyxl 89.6
EXPECTED
