#!/usr/bin/env bash
# A notebook whose last cell says exit(1), since the accuracy is too low, passes six tools that run notebooks; a failing %run check.py passes three of them.
#
# versions: nbclient 0.11.0, nbconvert 7.17.2, papermill 2.7.0, nbmake 1.5.5, nbval 0.11.0, treon 0.1.4, ipykernel
#   7.4.0, pytest 9.2.0, Python 3.11
# behaviour: exit and quit of a notebook are IPython's, not Python's: their argument says whether the kernel is
#   kept, and the cell that calls them has gone well. So the run is a success; sys.exit(1), which most take for the
#   same, fails the cell. The magic %run shows the traceback of a script that fails, and the cell goes on and is well:
#   jupyter execute, nbconvert --execute and treon go by that, papermill, nbmake and nbval look for a traceback in the
#   output. runpy.run_path fails the cell. The status of each tool is printed.
# output:
#   exit(1): jupyter execute 0, nbconvert 0, treon 0, papermill 0, nbmake 0, nbval 0
#   sys.exit(1): jupyter execute 1, nbconvert 1, treon 255, papermill 1, nbmake 1, nbval 1
#   %run: jupyter execute 0, nbconvert 0, treon 0, papermill 1, nbmake 1, nbval 1
#   runpy: jupyter execute 1, nbconvert 1, treon 255, papermill 1, nbmake 1, nbval 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbclient==0.11.0 nbconvert==7.17.2 \
  papermill==2.7.0 nbmake==1.5.5 nbval==0.11.0 treon==0.1.4 ipykernel==7.4.0 pytest==9.2.0
cat > check.py <<'PYTHON'
accuracy = 0.1
assert accuracy > 0.9, accuracy
PYTHON
cat > notebooks.py <<'PYTHON'
import os
import subprocess
import sys

import nbformat

cells = {
    "exit(1)": "accuracy = 0.1\nif accuracy < 0.9:\n    exit(1)",
    "sys.exit(1)": "import sys\naccuracy = 0.1\nif accuracy < 0.9:\n    sys.exit(1)",
    "%run": "%run check.py",
    "runpy": "import runpy\nrunpy.run_path('check.py')",
}
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
tools = {
    "jupyter execute": "jupyter execute FILE",
    "nbconvert": "jupyter nbconvert --to notebook --execute --output out.ipynb FILE",
    "treon": "treon FILE",
    "papermill": "papermill FILE out.ipynb",
    "nbmake": "pytest -q --nbmake FILE",
    "nbval": "pytest -q --nbval-lax FILE",
}
for name, cell in cells.items():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)], metadata=kernel)
    nbformat.write(notebook, "net.ipynb")
    run = {tool: subprocess.run(call.replace("FILE", "net.ipynb").split(), capture_output=True) for tool, call in tools.items()}
    print(f"{name}:", ", ".join(f"{tool} {done.returncode}" for tool, done in run.items()))
PYTHON
environment/bin/python notebooks.py | tee said.txt
diff said.txt - <<'EXPECTED'
exit(1): jupyter execute 0, nbconvert 0, treon 0, papermill 0, nbmake 0, nbval 0
sys.exit(1): jupyter execute 1, nbconvert 1, treon 255, papermill 1, nbmake 1, nbval 1
%run: jupyter execute 0, nbconvert 0, treon 0, papermill 1, nbmake 1, nbval 1
runpy: jupyter execute 1, nbconvert 1, treon 255, papermill 1, nbmake 1, nbval 1
EXPECTED
