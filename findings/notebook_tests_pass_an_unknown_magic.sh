#!/usr/bin/env bash
# nbval and nbmake pass a notebook whose cell ended at its first line, a magic that nobody loaded: its assertion never ran.
#
# versions: nbval 0.11.0, nbmake 1.5.5, nbclient 0.11.0, ipykernel 7.4.0, pytest 9.2.0, Python 3.11
# behaviour: `%autoreload 2` without `%load_ext autoreload` is a UsageError, for which IPython prints a line and sends no
#   error message, though its reply says "error". The cell is over there. The plugins look for the message, and pass it,
#   --nbval-lax and nbmake both; Jupyter's own `jupyter execute` looks at the reply, and ends with 1. Without the magic all
#   three fail.
# output:
#   with the magic: nbval passed, nbmake passed, jupyter execute failed
#   without it: nbval failed, nbmake failed, jupyter execute failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbval==0.11.0 nbmake==1.5.5 nbclient==0.11.0 ipykernel==7.4.0 pytest==9.2.0
cat > write.py <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
for name, above in {"with": "%autoreload 2\n", "without": ""}.items():
    cell = new_code_cell(above + "accuracy = 0.1\nassert accuracy > 0.9")
    nbformat.write(new_notebook(cells=[cell], metadata=KERNEL), f"{name}.ipynb")
PYTHON
environment/bin/python write.py
told() { if "$@" > said.txt 2>&1; then echo passed; else echo failed; fi; }
tell() {
    pytest=(environment/bin/python -m pytest -q -p no:cacheprovider)
    echo "nbval $(told "${pytest[@]}" --nbval-lax "$1"), nbmake $(told "${pytest[@]}" --nbmake "$1"), jupyter execute $(told environment/bin/jupyter-execute "$1")"
}
export PATH="$folder/environment/bin:$PATH"
{
    echo "with the magic: $(tell with.ipynb)"
    echo "without it: $(tell without.ipynb)"
} | tee all.txt
diff all.txt - <<'EXPECTED'
with the magic: nbval passed, nbmake passed, jupyter execute failed
without it: nbval failed, nbmake failed, jupyter execute failed
EXPECTED
