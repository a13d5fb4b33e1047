#!/usr/bin/env bash
# `marimo convert` of a notebook with hits = 0 in one cell and a loop with hits += 1 in the next gives a program that counts to 1.
#
# versions: marimo 0.25.2, nbclient 0.11.0, nbformat 5.11.1, ipykernel 7.4.0, Python 3.11
# behaviour: in marimo a name belongs to one cell, so the converter gives a second assignment a new name: hits += 1 becomes
#   hits_1 = hits + 1, which in a loop adds to the old value each time. Functions keep the name that was there when they were
#   written: after rate = 0.5 in a later cell, a step above it still uses 0.1, and a corrected helper is not the one that is called. If no later cell
#   reads the name, both cells get a private one, and the second ends in a NameError. convert ends with 0 and
#   without a warning, and `marimo check` finds nothing. Bitten is who converts a notebook and compares its accuracy.
# output:
#   a loop counts to 5: Jupyter 5, marimo 1
#   a later rate: Jupyter 0.5, marimo 0.9
#   a corrected helper: Jupyter right, marimo wrong
#   a sum without a reader: Jupyter 5, marimo NameError
#   the rate as an argument: Jupyter 0.5, marimo 0.5
#   marimo convert and marimo check: status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check marimo==0.25.2 nbclient==0.11.0 nbformat==5.11.1 ipykernel==7.4.0
cat > convert.py <<'PYTHON'
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

STEP = "def step(weight, slope):\n    return weight - rate * slope"
NOTEBOOKS = {
    "a loop counts to 5": ["hits = 0", "for image in range(5):\n    hits += 1", "print(hits)"],
    "a later rate": ["rate = 0.1", STEP, "rate = 0.5\nprint(step(1.0, 1.0))"],
    "a corrected helper": [
        "def helper():\n    return 'wrong'",
        "def network():\n    return helper()",
        "def helper():\n    return 'right'",
        "print(network())",
    ],
    "a sum without a reader": ["hits = 0", "hits += 5\nprint(hits)"],
    "the rate as an argument": ["rate = 0.1", STEP.replace("slope)", "slope, rate)"), "rate = 0.5\nprint(step(1.0, 1.0, rate))"],
}
marimo, status = Path(sys.executable).parent / "marimo", 0
for name, cells in NOTEBOOKS.items():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, "notebook.ipynb")
    NotebookClient(notebook, kernel_name="python3").execute()
    jupyter = "".join(output.text for cell in notebook.cells for output in cell.outputs).strip()
    Path("program.py").unlink(missing_ok=True)
    for command in (["convert", "notebook.ipynb", "-o", "program.py"], ["check", "program.py"]):
        status |= subprocess.run([marimo, *command], capture_output=True).returncode
    run = subprocess.run([sys.executable, "program.py"], capture_output=True, text=True)
    raised = "NameError" if "NameError" in run.stderr else run.stderr
    print(f"{name}: Jupyter {jupyter}, marimo {raised if run.returncode else run.stdout.strip()}")
print(f"marimo convert and marimo check: status {status}")
PYTHON
environment/bin/python convert.py 2>errors.txt | tee said.txt || { cat errors.txt >&2; exit 1; }
diff said.txt - <<'EXPECTED'
a loop counts to 5: Jupyter 5, marimo 1
a later rate: Jupyter 0.5, marimo 0.9
a corrected helper: Jupyter right, marimo wrong
a sum without a reader: Jupyter 5, marimo NameError
the rate as an argument: Jupyter 0.5, marimo 0.5
marimo convert and marimo check: status 0
EXPECTED
