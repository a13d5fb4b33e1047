#!/usr/bin/env bash
# A cell under %%capture whose assertion fails passes jupyter execute, nbconvert --execute and treon; nbmake, nbval and papermill fail it.
#
# versions: nbclient 0.11.0, nbconvert 7.17.2, treon 0.1.4, nbmake 1.5.5, nbval 0.11.0, papermill 2.7.0, ipykernel 7.4.0, ipython 9.18.1,
#   pytest 9.2.0, Python 3.11
# behaviour: %%capture hides what a cell prints, as is usual for a long training. It runs the cell as a cell of its own, and what
#   that raises does not leave it: the kernel shows the traceback and answers "ok". The first three go by the answer: status
#   0, and the notebook goes on with weights that were never trained; the traceback stands in the saved notebook alone.
#   The others search the outputs for an error too. Without %%capture all six fail the cell.
# output:
#   plain: failed by jupyter execute, nbconvert, treon, nbmake, nbval, papermill
#   under %%capture: failed by nbmake, nbval, papermill
#   jupyter execute ran the next cell
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbclient==0.11.0 nbconvert==7.17.2 treon==0.1.4 \
    nbmake==1.5.5 nbval==0.11.0 papermill==2.7.0 ipykernel==7.4.0 ipython==9.18.1 pytest==9.2.0
PATH="$PWD/environment/bin:$PATH"
python - <<'PY'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
failing = "accuracy = 0.1\nassert accuracy > 0.9"
for name, source in {"plain": failing, "captured": f"%%capture\n{failing}"}.items():
    cells = [new_code_cell(source), new_code_cell("print('next', 'cell')")]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), f"{name}.ipynb")
PY
failed() {
    : > failed.txt
    try() { "${@:2}" > said.txt 2>&1 || echo "$1" >> failed.txt; }
    try "jupyter execute" jupyter execute --output="$1-executed.ipynb" "$1.ipynb"
    try nbconvert jupyter nbconvert --execute --to notebook --output converted.ipynb "$1.ipynb"
    try treon treon "$1.ipynb"
    try nbmake pytest -q -p no:cacheprovider --nbmake "$1.ipynb"
    try nbval pytest -q -p no:cacheprovider --nbval-lax "$1.ipynb"
    try papermill papermill "$1.ipynb" made.ipynb
    paste -sd, failed.txt | sed 's/,/, /g'
}
echo "plain: failed by $(failed plain)" | tee all.txt
echo "under %%capture: failed by $(failed captured)" | tee -a all.txt
grep -q '"next cell' captured-executed.ipynb && echo "jupyter execute ran the next cell" | tee -a all.txt
diff all.txt - <<'EXPECTED'
plain: failed by jupyter execute, nbconvert, treon, nbmake, nbval, papermill
under %%capture: failed by nbmake, nbval, papermill
jupyter execute ran the next cell
EXPECTED
