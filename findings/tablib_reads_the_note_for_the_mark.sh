#!/usr/bin/env bash
# tablib reads the note on a cell of an .ods file in place of the cell: the mark 7.25 with the note "9" is 9.0.
#
# versions: tablib 3.10.0, odfpy 1.4.1, pandas 3.1.1, python-calamine 0.9.1, pyexcel-ods3 0.6.1, Python 3.11
# behaviour: OpenDocument keeps a note, what a spreadsheet calls a comment, as an element within the cell, before its
#   text; a number also stands in an attribute. tablib takes the first text that it finds, and makes it a number where
#   the cell is one, so that a note of words on a number raises ValueError. The other readers give the cells as they
#   are shown. tablib's .xlsx import has no such trouble. No warning. Bitten is who reads marks from a sheet in which
#   somebody left remarks.
# output:
#   tablib: [late, 7.25], [bob, 9.0]
#   pandas by odf: [ann, 7.25], [bob, 7.25]
#   pandas by calamine: [ann, 7.25], [bob, 7.25]
#   pyexcel-ods3: [ann, 7.25], [bob, 7.25]
#   tablib, .xlsx: [ann, 7.25], [bob, 7.25]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1 pandas==3.1.1 python-calamine==0.9.1 pyexcel-ods3==0.6.1 openpyxl==3.1.5
cat > marks.py <<'PYTHON'
import openpyxl
import pandas
import pyexcel_ods3
import tablib
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment

ROWS = [[("student", None), ("mark", None)], [("ann", "late"), (7.25, None)], [("bob", None), (7.25, "9")]]

document = OpenDocumentSpreadsheet()
sheet = Table(name="marks")
book = openpyxl.Workbook()
for number, row in enumerate(ROWS, 1):
    line = TableRow()
    for column, (value, note) in enumerate(row, 1):
        cell = TableCell(valuetype="string") if isinstance(value, str) else TableCell(valuetype="float", value=value)
        other = book.active.cell(number, column, value)
        if note is not None:
            remark = Annotation()
            remark.addElement(P(text=note))
            cell.addElement(remark)
            other.comment = Comment(note, "instructor")
        cell.addElement(P(text=value))
        line.addElement(cell)
    sheet.addElement(line)
document.spreadsheet.addElement(sheet)
document.save("marks.ods")
book.save("marks.xlsx")


def told(title, rows):
    print(f"{title}:", ", ".join(f"[{name}, {mark}]" for name, mark in rows))


told("tablib", tablib.Dataset().load(open("marks.ods", "rb").read(), "ods"))
told("pandas by odf", pandas.read_excel("marks.ods", engine="odf").values)
told("pandas by calamine", pandas.read_excel("marks.ods", engine="calamine").values)
told("pyexcel-ods3", pyexcel_ods3.get_data("marks.ods")["marks"][1:])
told("tablib, .xlsx", tablib.Dataset().load(open("marks.xlsx", "rb").read(), "xlsx"))
PYTHON
environment/bin/python marks.py | tee said.txt
diff said.txt - <<'EXPECTED'
tablib: [late, 7.25], [bob, 9.0]
pandas by odf: [ann, 7.25], [bob, 7.25]
pandas by calamine: [ann, 7.25], [bob, 7.25]
pyexcel-ods3: [ann, 7.25], [bob, 7.25]
tablib, .xlsx: [ann, 7.25], [bob, 7.25]
EXPECTED
