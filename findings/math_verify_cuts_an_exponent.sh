#!/usr/bin/env bash
# To math-verify, a grader of formulas, 2.5e-4 is 2.5: for it the answer 2.5 is right and 0.00025 wrong, and 0.00000012 is 0.00000049.
#
# versions: math-verify 0.9.0, latex2sympy2-extended 1.11.0, sympy 1.14.0, Python 3.11
# behaviour: parse finds the last number of an answer and verify compares it with the expected one. Outside of LaTeX
#   numbers are found by a pattern with a sign, a point, commas and a percent sign, and without an exponent: it stops
#   at the e, so that a learning rate or a loss as Python prints it is its first digits, and 1e-3 is 1e-9. In LaTeX,
#   10^{-3}, exponents are read. Numbers that agree after six decimals are the same, so a small loss is any other, and
#   0.0; an answer of 1/3 as 0.333333 is taken for this reason. verify takes the expected answer first.
# output:
#   2.5e-4 expected, 2.5e-4 given: right (2.50000000000000)
#   2.5e-4 expected, 0.00025 given: wrong (0.000250000000000000)
#   2.5e-4 expected, 2.5 given: right (2.50000000000000)
#   0.00025 expected, 2.5e-4 given: wrong (2.50000000000000)
#   1e-3 expected, 1e-9 given: right (1)
#   the rate is 1e-3 expected, the rate is 1.0 given: right (1.00000000000000)
#   $2.5 \cdot 10^{-4}$ expected, 0.00025 given: right (0.000250000000000000)
#   0.00000012 expected, 0.00000049 given: right (4.90000000000000E-7)
#   0.0000004 expected, 0.0 given: right (0.0)
#   0.00012 expected, 0.00049 given: wrong (0.000490000000000000)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check math-verify==0.9.0 \
  latex2sympy2-extended==1.11.0 sympy==1.14.0
cat > grade.py <<'PYTHON'
from math_verify import parse, verify

for expected, answer in (
    ("2.5e-4", "2.5e-4"), ("2.5e-4", "0.00025"), ("2.5e-4", "2.5"), ("0.00025", "2.5e-4"), ("1e-3", "1e-9"), ("the rate is 1e-3", "the rate is 1.0"),
    ("$2.5 \\cdot 10^{-4}$", "0.00025"), ("0.00000012", "0.00000049"), ("0.0000004", "0.0"), ("0.00012", "0.00049"),
):
    right = verify(parse(expected), parse(answer))
    print(f"{expected} expected, {answer} given:", "right" if right else "wrong", f"({parse(answer)[0]})")
PYTHON
environment/bin/python grade.py | tee said.txt
diff said.txt - <<'EXPECTED'
2.5e-4 expected, 2.5e-4 given: right (2.50000000000000)
2.5e-4 expected, 0.00025 given: wrong (0.000250000000000000)
2.5e-4 expected, 2.5 given: right (2.50000000000000)
0.00025 expected, 2.5e-4 given: wrong (2.50000000000000)
1e-3 expected, 1e-9 given: right (1)
the rate is 1e-3 expected, the rate is 1.0 given: right (1.00000000000000)
$2.5 \cdot 10^{-4}$ expected, 0.00025 given: right (0.000250000000000000)
0.00000012 expected, 0.00000049 given: right (4.90000000000000E-7)
0.0000004 expected, 0.0 given: right (0.0)
0.00012 expected, 0.00049 given: wrong (0.000490000000000000)
EXPECTED
