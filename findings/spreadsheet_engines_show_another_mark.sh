#!/usr/bin/env bash
# Two engines for spreadsheets show a mark of 7.25 as 7.2 by TEXT and round it to 7.3 by ROUND; to one of them ROUND(25,-1) is 20.
#
# versions: formulas 1.3.4, pycel 1.0b30 with openpyxl 3.1.5 and numpy 1.26.4 (Python 3.11), hyperformula 3.5.0, fast-formula-parser 1.0.19 (Node 20)
# behaviour: Excel rounds a half away from zero in ROUND and in what it shows. formulas and pycel, which compute a
#   workbook in Python, do so in ROUND by a decimal number, but write TEXT with Python's formatting, which takes the
#   exact value and the even neighbour: 7.25 and 0.125 are halves in binary, too. pycel also hands ROUND with negative
#   digits to Python's round, so that 25 and 45 go to tens otherwise than 2.5 goes to ones. HyperFormula and
#   fast-formula-parser agree with themselves. Bitten is who compares a mark that a sheet shows with the one that it
#   sums.
# output:
#   hyperformula: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.3, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.13, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
#   fast-formula-parser: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.3, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.13, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
#   formulas: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.2, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.12, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
#   pycel: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.2, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.12, ROUND(2.5,0) 3, ROUND(25,-1) 20, ROUND(45,-1) 40
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check formulas==1.3.4 pycel==1.0b30 \
  openpyxl==3.1.5 numpy==1.26.4
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund hyperformula@3.5.0 fast-formula-parser@1.0.19
cat > engines.mjs <<'JAVASCRIPT'
import parser from 'fast-formula-parser';
import { readFileSync } from 'node:fs';
import { HyperFormula } from 'hyperformula';

const cells = readFileSync('cells.txt', 'utf8').trim().split('\n');
const book = HyperFormula.buildFromArray(cells.map((cell) => [cell]), { licenseKey: 'gpl-v3' });
const other = new parser();
const show = (name, values) => console.log(name + ':', cells.map((cell, row) => `${cell.slice(1)} ${values[row]}`).join(', '));
show('hyperformula', cells.map((_, row) => book.getCellValue({ sheet: 0, row, col: 0 })));
show('fast-formula-parser', cells.map((cell) => other.parse(cell.slice(1), { row: 1, col: 1 })));
JAVASCRIPT
cat > engines.py <<'PYTHON'
import warnings

import formulas
import openpyxl
from pycel import ExcelCompiler

warnings.simplefilter("ignore")
with open("cells.txt", encoding="utf-8") as file:
    cells = file.read().split()


def with_formulas(cell):
    return formulas.Parser().ast(cell)[1].compile()().item()


def with_pycel(cell):
    book = openpyxl.Workbook()
    book.active["A1"] = cell
    return ExcelCompiler(excel=book).evaluate("Sheet!A1")


for name, compute in (("formulas", with_formulas), ("pycel", with_pycel)):
    print(f"{name}:", ", ".join(f"{cell[1:]} {float(compute(cell)):g}" for cell in cells))
PYTHON
cat > cells.txt <<'TEXT'
=ROUND(7.25,1)
=TEXT(7.25,"0.0")
=ROUND(0.125,2)
=TEXT(0.125,"0.00")
=ROUND(2.5,0)
=ROUND(25,-1)
=ROUND(45,-1)
TEXT
{
    node engines.mjs
    environment/bin/python engines.py 2> /dev/null
} | tee said.txt
diff said.txt - <<'EXPECTED'
hyperformula: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.3, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.13, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
fast-formula-parser: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.3, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.13, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
formulas: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.2, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.12, ROUND(2.5,0) 3, ROUND(25,-1) 30, ROUND(45,-1) 50
pycel: ROUND(7.25,1) 7.3, TEXT(7.25,"0.0") 7.2, ROUND(0.125,2) 0.13, TEXT(0.125,"0.00") 0.12, ROUND(2.5,0) 3, ROUND(25,-1) 20, ROUND(45,-1) 40
EXPECTED
