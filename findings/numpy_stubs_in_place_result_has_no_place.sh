#!/usr/bin/env bash
# Five type checkers pass image += shift of a uint8 and an int64 array, np.multiply(w, 0.5, out=w) of integers and x @ 2: each raises as it runs.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, zuban 0.10.2, Python 3.11
# behaviour: in place the result has to fit the array that is there, and NumPy raises if its kind does not: integers
#   cannot hold 0.5, unsigned ones no signed sum. Its stubs know the first for the operators, weights -= 0.1 *
#   gradient of an integer array is refused by all, but any integer array may be added to any other in place, and out=
#   takes an array of any type, so that the same update written by np.subtract passes. A number as an operand of @
#   passes, too, from both sides, though no array has such a product. A test that runs the line finds it, the five
#   checkers do not.
# output:
#   w -= 0.1 * g: raises UFuncTypeError, refused by mypy, basedpyright, pyrefly, ty, zuban
#   np.subtract(w, 0.1 * g, out=w): raises UFuncTypeError, refused by none
#   np.multiply(w, 0.5, out=w): raises UFuncTypeError, refused by none
#   np.maximum(w, g, out=w): raises UFuncTypeError, refused by none
#   image += w: raises UFuncTypeError, refused by none
#   w += unsigned: raises UFuncTypeError, refused by none
#   return w @ 2: raises ValueError, refused by none
#   return 2 @ w: raises ValueError, refused by none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 \
  basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108 zuban==0.10.2
cat > updates.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Whole = NDArray[np.int64]
Real = NDArray[np.float64]


def operator(w: Whole, g: Real) -> None: w -= 0.1 * g
def function(w: Whole, g: Real) -> None: np.subtract(w, 0.1 * g, out=w)
def half(w: Whole, g: Real) -> None: np.multiply(w, 0.5, out=w)
def relu(w: Whole, g: Real) -> None: np.maximum(w, g, out=w)
def shift(image: Image, w: Whole) -> None: image += w
def signed(w: Whole, unsigned: NDArray[np.uint64]) -> None: w += unsigned
def right(w: Real, g: Real) -> Real: return w @ 2
def left(w: Real, g: Real) -> Real: return 2 @ w
PYTHON
cat > run.py <<'PYTHON'
import inspect
import re
import subprocess

import numpy as np
import updates

lines = open("updates.py").read().splitlines()
commands = {
    "mypy": "mypy --strict --no-incremental", "basedpyright": "basedpyright", "pyrefly": "pyrefly check --output-format min-text",
    "ty": "ty check --output-format concise", "zuban": "zuban check --strict",
}
refused = {}
for checker, command in commands.items():
    said = subprocess.run(["environment/bin/" + command.split()[0], *command.split()[1:], "updates.py"], capture_output=True, text=True).stdout
    wrong = [line for line in said.splitlines() if "error" in line.lower()]
    refused[checker] = {int(number) for line in wrong for number in re.findall(r"updates.py:(\d+)", line)}
for number, line in enumerate(lines, 1):
    if not line.startswith("def "):
        continue
    function = getattr(updates, line.split("(")[0][4:])
    dtypes = [annotation.__args__[1].__args__[0] for annotation in list(function.__annotations__.values())[:2]]
    try:
        function(*(np.ones(2, dtype) for dtype in dtypes))
        raised = "nothing"
    except (TypeError, ValueError) as refusal:
        raised = [kind.__name__ for kind in type(refusal).__mro__ if not kind.__name__.startswith("_")][0]
    refusing = [checker for checker in commands if number in refused[checker]]
    print(f"{line.split(': ')[-1]}: raises {raised}, refused by {', '.join(refusing) or 'none'}")
PYTHON
{
    touch pyrefly.toml
    VIRTUAL_ENV=$folder/environment environment/bin/python run.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
w -= 0.1 * g: raises UFuncTypeError, refused by mypy, basedpyright, pyrefly, ty, zuban
np.subtract(w, 0.1 * g, out=w): raises UFuncTypeError, refused by none
np.multiply(w, 0.5, out=w): raises UFuncTypeError, refused by none
np.maximum(w, g, out=w): raises UFuncTypeError, refused by none
image += w: raises UFuncTypeError, refused by none
w += unsigned: raises UFuncTypeError, refused by none
return w @ 2: raises ValueError, refused by none
return 2 @ w: raises ValueError, refused by none
EXPECTED
