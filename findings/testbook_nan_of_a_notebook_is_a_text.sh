#!/usr/bin/env bash
# In a test by testbook a loss of nan in the notebook is the text 'nan', equal to itself, and (784, 10) from a function is a list, unlike (784, 10).
#
# versions: testbook 0.4.2, ipykernel 7.4.0, Python 3.11
# behaviour: testbook runs a notebook in a kernel and brings values to the test through the JSON display of Jupyter,
#   in which nan and inf are written as texts. So loss == loss, the usual test for nan, is true, and 'nan' in a
#   message looks like the number. A tuple is a list and the keys of a dict are texts: shape() == (784, 10) fails for
#   a right notebook, and names[1] raises. What JSON cannot hold, a NumPy number or an array, is a reference to it. No
#   issue was found upstream.
# output:
#   loss: 'nan' | loss == loss: True
#   largest: 'inf'
#   answer(): 'nan'
#   shape(): [784, 10] | equal to (784, 10): False
#   names: {'1': 'W1'}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check testbook==0.4.2 ipykernel==7.4.0
cat > make.py <<'PYTHON'
import nbformat

source = """
loss = float("nan")
largest = float("inf")
names = {1: "W1"}


def shape():
    return (784, 10)


def answer():
    return float("nan")
"""
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
nbformat.write(notebook, "network.ipynb")
PYTHON
cat > ask.py <<'PYTHON'
from testbook import testbook

with testbook("network.ipynb", execute=True) as notebook:
    loss = notebook.ref("loss")
    print("loss:", repr(loss), "| loss == loss:", loss == loss)
    print("largest:", repr(notebook.ref("largest")))
    print("answer():", repr(notebook.ref("answer")()))
    print("shape():", notebook.ref("shape")(), "| equal to (784, 10):", notebook.ref("shape")() == (784, 10))
    print("names:", dict(notebook.ref("names")))
PYTHON
{
    environment/bin/python make.py 2> errors.txt
    environment/bin/python ask.py 2>> errors.txt
} | tee said.txt
diff said.txt - <<'EXPECTED'
loss: 'nan' | loss == loss: True
largest: 'inf'
answer(): 'nan'
shape(): [784, 10] | equal to (784, 10): False
names: {'1': 'W1'}
EXPECTED
