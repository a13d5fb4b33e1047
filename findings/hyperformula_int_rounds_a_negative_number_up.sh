#!/usr/bin/env bash
# In HyperFormula INT(-2.5) is -2, so that a number minus its INT is negative; four other engines for spreadsheets say -3.
#
# versions: hyperformula 3.5.0, fast-formula-parser 1.0.19, @formulajs/formulajs 4.6.1 (Node 20), formulas 1.3.4, pycel 1.0b30, Python 3.11
# behaviour: HyperFormula states its differences from Excel and Google Sheets in a list, and INT is not in it;
#   Excel's own page has the example INT(-8.9) = -9. The code takes the sign off, rounds down and puts the sign on
#   again, as it rightly does in ROUNDDOWN and TRUNC, so INT is a second TRUNC. MOD(-2.5, 1) is 0.5, as in the others,
#   and the fraction by A - INT(A) is -0.5. Positive numbers show nothing. Bitten is who takes marks below zero,
#   deductions, to whole points in a web page and in a spreadsheet.
# output:
#   hyperformula INT(-2.5) -2, TRUNC(-2.5) -2, MOD(-2.5,1) 0.5, -2.5-INT(-2.5) -0.5, INT(2.5) 2
#   fast-formula-parser INT(-2.5) -3, TRUNC(-2.5) -2, MOD(-2.5,1) 0.5, -2.5-INT(-2.5) 0.5, INT(2.5) 2
#   formulajs INT(-2.5) -3
#   formulas INT(-2.5) -3
#   pycel INT(-2.5) -3
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check formulas==1.3.4 pycel==1.0b30 \
  openpyxl==3.1.5 numpy==1.26.4
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund hyperformula@3.5.0 fast-formula-parser@1.0.19 @formulajs/formulajs@4.6.1
cat > engines.mjs <<'JAVASCRIPT'
import { INT } from '@formulajs/formulajs';
import parser from 'fast-formula-parser';
import { HyperFormula } from 'hyperformula';

const cells = ['=INT(-2.5)', '=TRUNC(-2.5)', '=MOD(-2.5,1)', '=-2.5-INT(-2.5)', '=INT(2.5)'];
const book = HyperFormula.buildFromArray(cells.map((cell) => [cell]), { licenseKey: 'gpl-v3' });
const other = new parser();
const values = [
  cells.map((_, row) => book.getCellValue({ sheet: 0, row, col: 0 })),
  cells.map((cell) => other.parse(cell.slice(1), { row: 1, col: 1 })),
];
['hyperformula', 'fast-formula-parser'].forEach((name, index) =>
  console.log(name, cells.map((cell, row) => `${cell.slice(1)} ${values[index][row]}`).join(', ')));
console.log('formulajs', `INT(-2.5) ${INT(-2.5)}`);
JAVASCRIPT
cat > engines.py <<'PYTHON'
import warnings

import formulas
import openpyxl
from pycel import ExcelCompiler

warnings.simplefilter("ignore")
cell = "=INT(-2.5)"
book = openpyxl.Workbook()
book.active["A1"] = cell
print("formulas INT(-2.5)", int(formulas.Parser().ast(cell)[1].compile()()))
print("pycel INT(-2.5)", int(ExcelCompiler(excel=book).evaluate("Sheet!A1")))
PYTHON
{
    node engines.mjs
    environment/bin/python engines.py 2> /dev/null
} | tee said.txt
diff said.txt - <<'EXPECTED'
hyperformula INT(-2.5) -2, TRUNC(-2.5) -2, MOD(-2.5,1) 0.5, -2.5-INT(-2.5) -0.5, INT(2.5) 2
fast-formula-parser INT(-2.5) -3, TRUNC(-2.5) -2, MOD(-2.5,1) 0.5, -2.5-INT(-2.5) 0.5, INT(2.5) 2
formulajs INT(-2.5) -3
formulas INT(-2.5) -3
pycel INT(-2.5) -3
EXPECTED
