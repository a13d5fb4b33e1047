#!/usr/bin/env bash
# A test cell of nbgrader that ends in "accuracy" gives 0.875 of 5 points with NumPy 1.26, and all 5 with NumPy 2.
#
# versions: nbgrader 0.9.6, numpy 1.26.4 and 2.4.6, Python 3.11
# behaviour: where the last line of a test cell has a value, its printed form is the partial credit, if float() reads it: so a
#   cell that passes all its assertions and shows a number gives that many points. NumPy 2 prints np.float64(0.875), which is
#   no number, and a cell without a partial credit gives all. A negative number, nan and True give all points too; more than
#   the maximum raises.
# output:
#   numpy 1.26.4: shows 0.875, 0.875 of 5
#   numpy 2.4.6: shows np.float64(0.875), 5 of 5
#   shows 0: 0 of 5, shows -1: 5 of 5, shows True: 5 of 5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check nbgrader==0.9.6 numpy==2.4.6
python3 -m venv old
old/bin/python -m pip install --quiet --disable-pip-version-check numpy==1.26.4
cat > points.py <<'PYTHON'
import sys

from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

META = {"grade": True, "solution": False, "locked": True, "points": 5, "grade_id": "test", "schema_version": 3, "cell_type": "code"}


def points(shown):
    output = new_output("execute_result", {"text/plain": shown}, execution_count=1)
    cell = new_code_cell("assert accuracy > 0.8\naccuracy", outputs=[output], metadata={"nbgrader": META})
    return "{:g} of {:g}".format(*determine_grade(cell))


if len(sys.argv) == 3:
    print(f"numpy {sys.argv[1]}: shows {sys.argv[2]}, {points(sys.argv[2])}")
else:
    print(", ".join(f"shows {shown}: {points(shown)}" for shown in ("0", "-1", "True")))
PYTHON
shown() { "$1/bin/python" -c 'import numpy as np; print(np.__version__, repr(np.mean([0.75, 1.0])))'; }
for each in old environment; do
    read -r version text <<< "$(shown $each)"
    environment/bin/python points.py "$version" "$text" 2> warnings.txt | tee -a said.txt
done
environment/bin/python points.py 2> warnings.txt | tee -a said.txt
diff said.txt - <<'EXPECTED'
numpy 1.26.4: shows 0.875, 0.875 of 5
numpy 2.4.6: shows np.float64(0.875), 5 of 5
shows 0: 0 of 5, shows -1: 5 of 5, shows True: 5 of 5
EXPECTED
