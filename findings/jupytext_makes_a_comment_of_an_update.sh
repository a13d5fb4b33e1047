#!/usr/bin/env bash
# jupytext's script of a notebook has `copy -= rate * slope` as a comment: it prints 1.0 where the notebook prints 0.8, and nothing warns.
#
# versions: jupytext 1.19.6, nbclient 0.11.0, nbformat 5.11.1, ipykernel 7.4.0, Python 3.11
# behaviour: a line that begins with the name of a shell command and a space, such as `cat file`, is a magic command
#   to jupytext, which it comments out in a script, as documented. Assignments are spared, by a rule that looks at the
#   one character after the space: = or a comma. So copy = 1 stays, and copy -= 1, cat *= 2, echo += 1 and ls + [1]
#   become comments. cd, cp, mv, rm and the commands of Windows are on the list too, on every system; within a loop,
#   where the line is indented, nothing happens. Converted back, the comment is the line again, so that the round trip
#   and jupytext --test are right: only the script computes something else, or a test of it passes.
# output:
#   the notebook prints 0.8
#   # copy -= rate * slope
#   the script prints 1.0
#   jupytext --test: the round trip is right
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jupytext==1.19.6 nbclient==0.11.0 \
  nbformat==5.11.1 ipykernel==7.4.0
cat > make.py <<'PYTHON'
import nbformat

source = "copy = 1.0\nrate, slope = 0.1, 2.0\ncopy -= rate * slope\nprint(copy)"
cells = [nbformat.v4.new_code_cell(source, id="step")]
metadata = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), "step.ipynb")
PYTHON
cat > notebook.py <<'PYTHON'
import nbclient
import nbformat

ran = nbclient.NotebookClient(nbformat.read("step.ipynb", 4), kernel_name="python3").execute()
print("the notebook prints", ran.cells[0].outputs[0].text.strip())
PYTHON
{
    environment/bin/python make.py
    environment/bin/python notebook.py
    environment/bin/jupytext --quiet --to py:percent step.ipynb
    grep 'slope$' step.py
    echo "the script prints $(environment/bin/python step.py)"
    environment/bin/jupytext --quiet --test --to py:percent step.ipynb && echo "jupytext --test: the round trip is right"
} | tee said.txt
diff said.txt - <<'EXPECTED'
the notebook prints 0.8
# copy -= rate * slope
the script prints 1.0
jupytext --test: the round trip is right
EXPECTED
