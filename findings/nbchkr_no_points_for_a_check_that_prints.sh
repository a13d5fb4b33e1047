#!/usr/bin/env bash
# nbchkr gives 0 of 2 points for a right answer if the instructor's check prints, ends in a value or warns, without a word in the feedback; score:2.5 is 2 points.
#
# versions: nbchkr 0.0.8, ipykernel 7.4.0, Python 3.11
# behaviour: nbchkr runs a student's notebook and gives the points of a cell tagged score:N if that cell has no
#   output at all. An error as its first output costs the points, and is in the feedback. Any other first output, a
#   line that was printed or the value of the last line, costs them as well, and the check is neither passed nor
#   failed: it is in no feedback and not in the table of checks, only in the total. So print("shape is right") behind
#   an assertion takes the points from everybody. A score of 2.5 counts as 2, since digits alone are read. No issue
#   was found upstream.
# output:
#   4 of 10 points
#   checks: {'Silent': True, 'Half points': True, 'Wrong': False}
#   feedback: ## answer:q1 | ### Silent | 2 / 2 | ### Prints | ### Value | ### Half points | 2 / 2 | ### Wrong | shape | 0 / 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbchkr==0.0.8 ipykernel==7.4.0
cat > grade.py <<'PYTHON'
import nbchkr.utils
import nbformat

cells = [nbformat.v4.new_code_cell("shape = (784, 10)", metadata={"tags": ["answer:q1"]})]
for tag, description, source in (
    ("score:2", "silent", "assert shape == (784, 10)"),
    ("score:2", "prints", "assert shape == (784, 10)\nprint('shape is right')"),
    ("score:2", "value", "assert shape == (784, 10)\nshape[0]"),
    ("score:2.5", "half-points", "assert shape == (784, 10)"),
    ("score:2", "wrong", "assert shape == (10, 784), 'shape'"),
):
    cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": [tag, "description:" + description]}))
points, possible, feedback, checks = nbchkr.utils.check(nbformat.v4.new_notebook(cells=cells))
print(f"{points} of {possible} points")
print("checks:", checks)
print("feedback:", " | ".join(line for line in feedback.splitlines() if line and line != "---"))
PYTHON
environment/bin/python grade.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
4 of 10 points
checks: {'Silent': True, 'Half points': True, 'Wrong': False}
feedback: ## answer:q1 | ### Silent | 2 / 2 | ### Prints | ### Value | ### Half points | 2 / 2 | ### Wrong | shape | 0 / 2
EXPECTED
