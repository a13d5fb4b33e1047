#!/usr/bin/env bash
# jupygrader takes the points from a right notebook whose comparison stands on lines of its own, as Black writes it: it makes a comment of `!= labels`.
#
# versions: jupygrader 0.5.2, Python 3.11
# behaviour: before it runs a notebook jupygrader makes comments of the lines that begin with ! or %, which are
#   Jupyter's commands, by a pattern on the text of the cell. In a bracket such a line may be half of an expression:
#   "predicted" and "!= labels" on two lines, the way in which Black and ruff format a long comparison, are only
#   "predicted" afterwards, and "% 10" is gone. What is left is valid, so that the cell runs and gives something else,
#   and the student sees a wrong answer where the notebook shows the right one. The result's HTML shows the changed
#   code. Jupyter itself knows the difference. No issue was found upstream.
# output:
#   in one line: 4 of 4, mistakes 2, last digit 2
#   over lines: 0 of 4, mistakes 0, last digit 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check jupygrader==0.5.2
cat > grade.py <<'PYTHON'
import contextlib
import io
import json

import nbformat
from jupygrader import grade_notebooks

answers = {
    "in one line": "mistakes = sum(p != r for p, r in pairs)\nlast = 1234 % 10",
    "over lines": """mistakes = sum(
    p
    != r
    for p, r in pairs
)
last = (
    1234
    % 10
)""",
}
tests = """_test_case = "mistakes"
_points = 2
assert mistakes == 1, mistakes"""
more = """_test_case = "last digit"
_points = 2
assert last == 4, last"""
for name, answer in answers.items():
    sources = ["pairs = [(7, 7), (2, 1), (3, 3)]", answer, tests, more]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbformat.write(notebook, "student.ipynb")
    with contextlib.redirect_stdout(io.StringIO()):
        result = grade_notebooks(["student.ipynb"])[0]
    cases = ", ".join(f"{case.test_case_name} {case.points:g}" for case in result.test_case_results)
    print(f"{name}: {result.learner_autograded_score:g} of {result.max_autograded_score:g}, {cases}")
PYTHON
environment/bin/python grade.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
in one line: 4 of 4, mistakes 2, last digit 2
over lines: 0 of 4, mistakes 0, last digit 0
EXPECTED
