#!/usr/bin/env bash
# A function with deal's @pure that changes its argument, or draws random numbers by NumPy, passes at run time and in deal's linter.
#
# versions: deal 4.24.6, icontract 2.7.3, numpy 2.4.6, Python 3.11
# behaviour: "pure" is no exceptions and no side effects, and side effects are those that the library lists: printing, files, the
#   network, global names. W -= rate * g in a function of an array is not among them, although it is the side effect
#   of numerical code; and the linter knows random.random, and not np.random.rand. A contract "the gradients are untouched"
#   has to be a postcondition with a copy. icontract's snapshot keeps the array itself unless it is
#   copied: @snapshot(lambda W: W) finds that nothing changed. Bitten is who states the clauses of a network in decorators.
# output:
#   step: passes
#   noise: passes
#   draw: passes
#   shout: SilentContractError
#   kept: passes
#   copied: ViolationError
#   deal lint complains of lines: print("shouted"), return random.random()
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check deal==4.24.6 icontract==2.7.3 numpy==2.4.6
cat > contracts.py <<'PYTHON'
import random

import deal
import icontract
import numpy as np


@deal.pure
def step(W, g):
    W -= 0.1 * g
    return W


@deal.pure
def noise(n):
    return np.random.rand(n)


@deal.pure
def draw():
    return random.random()


@deal.pure
def shout():
    print("shouted")
    return 1


@icontract.snapshot(lambda W: W)
@icontract.ensure(lambda OLD, W: (OLD.W == W).all())
def kept(W):
    W -= 1


@icontract.snapshot(lambda W: W.copy(), name="W")
@icontract.ensure(lambda OLD, W: (OLD.W == W).all())
def copied(W):
    W -= 1


if __name__ == "__main__":
    for function, arguments in ((step, [np.ones(2), np.ones(2)]), (noise, [2]), (draw, []), (shout, []), (kept, [np.ones(2)]), (copied, [np.ones(2)])):
        try:
            function(*arguments)
            print(f"{function.__name__}: passes")
        except (deal.MarkerError, icontract.ViolationError) as error:
            print(f"{function.__name__}: {type(error).__name__}")
PYTHON
{
    environment/bin/python contracts.py
    environment/bin/python -m deal lint --json contracts.py > lint.txt || true
    echo "deal lint complains of lines: $(environment/bin/python -c '
import json
lines = open("contracts.py").read().splitlines()
print(", ".join(sorted({lines[json.loads(row)["row"] - 1].strip() for row in open("lint.txt")})))')"
} | tee said.txt
diff said.txt - <<'EXPECTED'
step: passes
noise: passes
draw: passes
shout: SilentContractError
kept: passes
copied: ViolationError
deal lint complains of lines: print("shouted"), return random.random()
EXPECTED
