#!/usr/bin/env bash
# In Monty, pydantic's Python in a sandbox, round(1.15, 1) is 1.2 and two nan are one element of a set; Python says 1.1 and two.
#
# versions: pydantic-monty 1.4.0, Python 3.11
# behaviour: Monty runs a subset of Python, and what it takes should give Python's result. Python rounds the exact value of
#   the float, which is a little below 1.15; Monty's round gives 1.2, and its f"{1.15:.1f}" 1.1. Two nan computed apart are
#   equal to it within a list or a set, where Python's are not, though == between the two is False in both; so a set of
#   losses, or == of two lists of results, answers otherwise. A dict keeps the last of the equal keys 1 and 1.0 instead of the
#   first. No error. Bitten is who checks submitted or generated code in Monty and runs it in Python, or the other way round.
# output:
#   Python: 1.1, 1.1, False, False, 2, [1]
#   Monty: 1.2, 1.1, False, True, 1, [1.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pydantic-monty==1.4.0
cat > sandbox.py <<'PYTHON'
from pydantic_monty import Monty

LINES = (
    "round(1.15, 1)",
    'f"{1.15:.1f}"',
    'float("nan") == float("nan")',
    '[float("nan")] == [float("nan")]',
    'len({float("nan"), float("nan")})',
    'list({1: "one", 1.0: "also one"})',
)
print("Python:", ", ".join(str(eval(line)) for line in LINES))
found = []
with Monty() as pool:
    for line in LINES:
        with pool.checkout() as session:
            answer = session.feed_run(line)
            found.append(str(answer.output if hasattr(answer, "output") else answer))
print("Monty:", ", ".join(found))
PYTHON
environment/bin/python sandbox.py | tee said.txt
diff said.txt - <<'EXPECTED'
Python: 1.1, 1.1, False, False, 2, [1]
Monty: 1.2, 1.1, False, True, 1, [1.0]
EXPECTED
