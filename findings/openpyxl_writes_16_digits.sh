#!/usr/bin/env bash
# openpyxl and XlsxWriter write numbers with 16 digits: 0.1 + 0.2 comes back as 0.3, and an id of 17 digits as another float.
#
# versions: openpyxl 3.1.5, XlsxWriter 3.3.1, Python 3.11
# behaviour: a float needs up to 17 digits to come back as itself, and the file format takes them. An int of more than
#   16 digits comes back as a float, rounded; 2**53 + 1, which has 16, as an int but not as itself: it has gone through
#   a float. openpyxl writes an empty cell for nan, which comes back as None. Nothing warns.
# output:
#   written: 0.30000000000000004 20241128123456789 9007199254740993 0.3333333333333333
#   openpyxl: 0.3 2.024112812345679e+16 9007199254740992 0.3333333333333333 None equal: False False False True
#   xlsxwriter: 0.3 2.024112812345679e+16 9007199254740992 0.3333333333333333 equal: False False False True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cat > digits.py <<'PYTHON'
import openpyxl
import xlsxwriter

values = [0.1 + 0.2, 20241128123456789, 2**53 + 1, 1 / 3]
book = openpyxl.Workbook()
for value in (*values, float("nan")):
    book.active.append([value])
book.save("openpyxl.xlsx")
with xlsxwriter.Workbook("xlsxwriter.xlsx") as book:
    sheet = book.add_worksheet()
    for row, value in enumerate(values):
        sheet.write(row, 0, value)
print("written:", *values)
for name in ("openpyxl", "xlsxwriter"):
    came = [row[0].value for row in openpyxl.load_workbook(f"{name}.xlsx").active.iter_rows()]
    print(f"{name}:", *came, "equal:", *(one == other for one, other in zip(came, values)))
PYTHON
environment/bin/python -W error digits.py | tee said.txt
diff said.txt - <<'EXPECTED'
written: 0.30000000000000004 20241128123456789 9007199254740993 0.3333333333333333
openpyxl: 0.3 2.024112812345679e+16 9007199254740992 0.3333333333333333 None equal: False False False True
xlsxwriter: 0.3 2.024112812345679e+16 9007199254740992 0.3333333333333333 equal: False False False True
EXPECTED
