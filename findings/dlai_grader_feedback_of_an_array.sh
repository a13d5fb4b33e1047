#!/usr/bin/env bash
# dlai-grader, which grades courses on neural networks, raises ValueError for a failed case that wanted an array, and leaves out an expected 0.
#
# versions: dlai-grader 2.3.0, numpy 2.4.6, Python 3.11
# behaviour: a test case carries what the instructor wants and what came, of any type. compute_grading_score writes
#   both into the feedback with "if failed_case.want:", and an array of more than one number is neither true nor
#   false: once one case fails the grader raises, and the student gets no score at all. An expected 0, False or empty
#   list, and the same as an answer, is left out, so that the feedback shows one side alone. While all cases pass
#   nothing is asked, so that the instructor's own solution gets its 1.0. The score is rounded to two digits, too:
#   with one failure in 201 cases it is 1.0, as without one. print_feedback writes arrays.
# output:
#   array expected, passed: 1.0
#   array expected, failed: ValueError
#   0 expected, 3 came: (0.0, [' wrong.', 'but got:', '3', '', ''])
#   3 expected, 0 came: (0.0, [' wrong.', 'Expected:', '3', ''])
#   1 of 201 failed: 1.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check dlai-grader==2.3.0 numpy==2.4.6
cat > grade.py <<'PYTHON'
import numpy as np
from dlai_grader.grading import compute_grading_score, test_case


def graded(cases):
    try:
        score, feedback = compute_grading_score(cases)
    except ValueError as refusal:
        return type(refusal).__name__
    return score, feedback.encode("ascii", "ignore").decode().split("\n")


def case(want, got, failed=True):
    return test_case(msg="wrong", want=want, got=got, failed=failed)


print("array expected, passed:", graded([case(np.zeros(2), np.zeros(2), failed=False)])[0])
print("array expected, failed:", graded([case(np.zeros(2), np.ones(2)), case(1, 1, failed=False)]))
print("0 expected, 3 came:", graded([case(0, 3)]))
print("3 expected, 0 came:", graded([case(3, 0)]))
print("1 of 201 failed:", graded([case(3, 4)] + [case(1, 1, failed=False)] * 200)[0])
PYTHON
environment/bin/python grade.py | tee said.txt
diff said.txt - <<'EXPECTED'
array expected, passed: 1.0
array expected, failed: ValueError
0 expected, 3 came: (0.0, [' wrong.', 'but got:', '3', '', ''])
3 expected, 0 came: (0.0, [' wrong.', 'Expected:', '3', ''])
1 of 201 failed: 1.0
EXPECTED
