#!/usr/bin/env bash
# In jptest2 `yield answer == expected, 3` gives 3 points for a right vector and for no numbers at all, and 0 for a right matrix, with the earlier points of the test.
#
# versions: jptest2 2.2.1, numpy 2.4.6, ipykernel 7.4.0, Python 3.11
# behaviour: a test yields a condition and its points, and a condition that can be iterated is taken for several:
#   all(condition) decides. That is right for the comparison of vectors. Of a matrix all() takes the rows, and a row
#   of bools is neither true nor false: the exception ends the test, its message is the student's comment, and the
#   points that were yielded before it are gone. An empty answer compared with a vector of one number gives an empty
#   array, and all() of nothing is true: full points; so are those for a yielded "" or []. The instructor finds the
#   first with the model solution, the last never. (answer == expected).all() mends the first alone.
# output:
#   vector: 3 of 3 points, []
#   wrong vector: 0 of 3 points, []
#   matrix: 0 of 4 points, ['The truth value of an array with more th']
#   nothing: 3 of 3 points, []
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jptest2==2.2.1 numpy==2.4.6 ipykernel==7.4.0
cat > make.py <<'PYTHON'
import nbformat

source = """
import numpy as np

vector = np.ones(3)
matrix = np.ones((2, 3))
nothing = np.array([])
"""
cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["answer"]})
nbformat.write(nbformat.v4.new_notebook(cells=[cell]), "student.ipynb")
PYTHON
cat > tests.py <<'PYTHON'
import numpy as np
from jptest2 import *


@JPTestGet("vector", max_score=3, execute=("answer",), get="vector")
async def vector(answer):
    yield answer == np.ones(3), 3


@JPTestGet("wrong vector", max_score=3, execute=("answer",), get="vector")
async def wrong(answer):
    yield answer == np.zeros(3), 3


@JPTestGet("matrix", max_score=4, execute=("answer",), get="matrix")
async def matrix(answer):
    yield answer.shape == (2, 3), 1
    yield answer == np.ones((2, 3)), 3


@JPTestGet("nothing", max_score=3, execute=("answer",), get="nothing")
async def nothing(answer):
    yield answer == np.array([0.5]), 3
PYTHON
cat > points.py <<'PYTHON'
import json
import sys

for test in json.load(sys.stdin)["tests"]:
    print(f"{test['name']}: {test['achievedScore']:g} of {test['totalScore']:g} points, {[comment[:40] for comment in test['comments']]}")
PYTHON
{
    environment/bin/python make.py 2> errors.txt
    PATH=$folder/environment/bin:$PATH environment/bin/python -m jptest2 student.ipynb tests.py 2>> errors.txt | environment/bin/python points.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
vector: 3 of 3 points, []
wrong vector: 0 of 3 points, []
matrix: 0 of 4 points, ['The truth value of an array with more th']
nothing: 3 of 3 points, []
EXPECTED
