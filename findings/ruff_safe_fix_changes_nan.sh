#!/usr/bin/env bash
# A fix of ruff that it calls safe changes the answer for nan: `loss if loss >= 0.0 else 0.0` is 0.0 for a loss of nan, and nan as max(loss, 0.0).
#
# versions: ruff 0.17.6, numpy 2.4.6, Python 3.11
# behaviour: FURB136 and PLR1730 write max() and min() for a choice between two values, by `ruff check --fix`
#   without --unsafe-fixes. For > and < ruff swaps the arguments so that nan goes where it went before: `a if a > b
#   else b` becomes max(b, a). For >= and <= it does not, and each of the two forms with a nan on either side gives
#   the other answer: a limit that took nan out lets it through, and a best loss of nan, never replaced before, is
#   replaced. A ReLU written with >= is such a line. The rule's page calls the fix safe, comments apart.
# output:
#   relu(nan): 0.0 then nan, by return max(z, 0.0)
#   relu(nan): 0.0 then nan, by return max(z, 0.0)
#   strict_relu(nan): 0.0 then 0.0, by return max(0.0, z)
#   best_of([nan, 0.5]): nan then 0.5, by best = min(loss, best)
#   best_of([0.5, nan]): 0.5 then nan, by best = min(loss, best)
#   strictly_best_of([nan, 0.5]): nan then nan, by best = min(best, loss)
#   strictly_best_of([0.5, nan]): 0.5 then 0.5, by best = min(best, loss)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check ruff==0.17.6 numpy==2.4.6
cat > before.py <<'PYTHON'
def relu(z):
    return z if z >= 0.0 else 0.0


def strict_relu(z):
    return z if z > 0.0 else 0.0


def best_of(losses):
    best, *others = losses
    for loss in others:
        if best >= loss:
            best = loss
    return best


def strictly_best_of(losses):
    best, *others = losses
    for loss in others:
        if best > loss:
            best = loss
    return best
PYTHON
cat > run.py <<'PYTHON'
import ast

import after
import before
import numpy as np

lines = {function.name: ast.unparse(function).splitlines() for function in ast.parse(open("after.py").read()).body}
nan = float("nan")
for name, argument in (
    ("relu", nan), ("relu", np.float64(nan)), ("strict_relu", nan), ("best_of", [nan, 0.5]), ("best_of", [0.5, nan]),
    ("strictly_best_of", [nan, 0.5]), ("strictly_best_of", [0.5, nan]),
):
    [fixed] = [line.strip() for line in lines[name] if "max(" in line or "min(" in line]
    answers = " then ".join(str(getattr(module, name)(argument)) for module in (before, after))
    print(f"{name}({argument}): {answers}, by {fixed}")
PYTHON
cp before.py after.py
environment/bin/ruff check --quiet --isolated --select FURB136,PLR1730 --fix after.py
environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
relu(nan): 0.0 then nan, by return max(z, 0.0)
relu(nan): 0.0 then nan, by return max(z, 0.0)
strict_relu(nan): 0.0 then 0.0, by return max(0.0, z)
best_of([nan, 0.5]): nan then 0.5, by best = min(loss, best)
best_of([0.5, nan]): 0.5 then nan, by best = min(loss, best)
strictly_best_of([nan, 0.5]): nan then nan, by best = min(best, loss)
strictly_best_of([0.5, nan]): 0.5 then 0.5, by best = min(best, loss)
EXPECTED
