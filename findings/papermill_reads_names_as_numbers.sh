#!/usr/bin/env bash
# `papermill -p run 2024_11_28` passes the number 20241128 to the notebook, and a student called Nan becomes a float.
#
# versions: papermill 2.7.0, Python 3.11
# behaviour: a value of -p is tried with Python's int() and float() in turn. int() allows underscores between digits,
#   and drops leading zeros; float() accepts nan and infinity in any case, so a student of that name is not a string.
#   "true" stays a text, while "True" is a bool, and a hexadecimal number stays a text. -r keeps all values as texts.
# output:
#   -p: 2024_11_28 int 20241128, 0071 int 71, 12e30 float 1.2e+31, Nan float nan, Infinity float inf, 0x10 str 0x10, true str true
#   -r: 2024_11_28 str 2024_11_28
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check papermill==2.7.0 nbformat==5.11.1
cat > notebook.py <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

cell = new_code_cell("value = None", metadata={"tags": ["parameters"]})
nbformat.write(new_notebook(cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}), "in.ipynb")
PYTHON
environment/bin/python notebook.py
given() {
    environment/bin/papermill --prepare-only --no-progress-bar in.ipynb out.ipynb "$1" value "$2" 2> warnings.txt
    environment/bin/python - "$2" <<'PYTHON'
import sys

import nbformat

found = {}
exec(nbformat.read("out.ipynb", 4).cells[1].source, found)
print(sys.argv[1], type(found["value"]).__name__, found["value"])
PYTHON
}
list=""
for text in 2024_11_28 0071 12e30 Nan Infinity 0x10 true; do list="$list, $(given -p "$text")"; done
echo "-p: ${list#, }" | tee said.txt
echo "-r: $(given -r 2024_11_28)" | tee -a said.txt
diff said.txt - <<'EXPECTED'
-p: 2024_11_28 int 20241128, 0071 int 71, 12e30 float 1.2e+31, Nan float nan, Infinity float inf, 0x10 str 0x10, true str true
-r: 2024_11_28 str 2024_11_28
EXPECTED
