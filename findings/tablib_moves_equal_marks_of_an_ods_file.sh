#!/usr/bin/env bash
# tablib reads two equal marks side by side in an .ods file as one, and the next mark moves into their place; of equal rows one remains, for pyexcel-ods too.
#
# versions: tablib 3.10.0, odfpy 1.4.1, pandas 3.1.1, python-calamine 0.9.1, pyexcel-ods 0.6.0, ezodf 0.3.2, Python 3.11
# behaviour: a file in OpenDocument's format may state a cell or a row once, with the number of times that it is
#   there, and LibreOffice writes every run of equal cells so: number-columns-repeated="2". tablib ignores the number,
#   so that the marks 7, 7, 9 are 7 and 9, an absent first mark moves the second to the left, and a group of students
#   with the same line is one. The row has its length again, as empty texts fill its end, and nothing is raised.
#   pyexcel-ods repeats cells and no rows. Three other readers repeat both. With each mark another number a test finds
#   nothing.
# output:
#   tablib: Ada 7 9 -; Bo 5 - -; group 1 2 3; Cy 4 5 6
#   pandas, odf: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
#   pandas, calamine: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
#   pyexcel-ods: Ada 7 7 9; Bo - - 5; group 1 2 3; Cy 4 5 6
#   ezodf: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1 pandas==3.1.1 \
  python-calamine==0.9.1 pyexcel-ods==0.6.0 ezodf==0.3.2 lxml==6.1.3
cat > marks.py <<'PYTHON'
import ezodf
import pandas as pd
import pyexcel_ods
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(value, **repeated):
    kind = {"valuetype": "string"} if isinstance(value, str) else {"valuetype": "float", "value": value}
    made = TableCell(**kind, **repeated)
    made.addElement(P(text=str(value)))
    return made


def row(*cells, **repeated):
    made = TableRow(**repeated)
    for one in cells:
        made.addElement(one)
    return made


document, table = OpenDocumentSpreadsheet(), Table(name="marks")
for line in (
    row(*map(cell, ("student", "first", "second", "third"))),
    row(cell("Ada"), cell(7, numbercolumnsrepeated=2), cell(9)),
    row(cell("Bo"), TableCell(numbercolumnsrepeated=2), cell(5)),
    row(cell("group"), *map(cell, (1, 2, 3)), numberrowsrepeated=2),
    row(cell("Cy"), *map(cell, (4, 5, 6))),
):
    table.addElement(line)
document.spreadsheet.addElement(table)
document.save("marks.ods")


def lines(rows):
    return "; ".join(" ".join("-" if value in ("", None) or value != value else str(value).removesuffix(".0") for value in one) for one in rows)


with open("marks.ods", "rb") as file:
    read = tablib.import_set(file, format="ods")
print("tablib:", lines(read))
for engine in ("odf", "calamine"):
    print(f"pandas, {engine}:", lines(pd.read_excel("marks.ods", engine=engine).to_numpy().tolist()))
print("pyexcel-ods:", lines(pyexcel_ods.get_data("marks.ods")["marks"][1:]))
print("ezodf:", lines([[one.value for one in line] for line in ezodf.opendoc("marks.ods").sheets[0].rows()][1:]))
PYTHON
environment/bin/python marks.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
tablib: Ada 7 9 -; Bo 5 - -; group 1 2 3; Cy 4 5 6
pandas, odf: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
pandas, calamine: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
pyexcel-ods: Ada 7 7 9; Bo - - 5; group 1 2 3; Cy 4 5 6
ezodf: Ada 7 7 9; Bo - - 5; group 1 2 3; group 1 2 3; Cy 4 5 6
EXPECTED
