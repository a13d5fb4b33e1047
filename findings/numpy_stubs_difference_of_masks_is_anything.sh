#!/usr/bin/env bash
# To four type checkers `before - after` of two masks is a str, a float or whatever is annotated; at run time it is a TypeError.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, Python 3.11
# behaviour: NumPy has no - for two arrays of bools, and says so when it runs. The stubs know it, and give the
#   difference the type NoReturn in place of having no such overload: to a checker that is no mistake, but an
#   expression that never returns, which fits every annotation. Not one of the four reports it. -mask is refused, as
#   it has no overload. A comparison gives a mask, so that "which answers changed" is easily written so; ^ is right.
#   Bitten is who trusts --strict to find an operator that does not exist for a type.
# output:
#   run: TypeError
#   mypy refuses: the difference of images
#   basedpyright refuses: the difference of images
#   pyrefly refuses: the difference of images
#   ty refuses: the difference of images
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108
touch pyrefly.toml
cat > changed.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray


def as_text(before: NDArray[np.bool], after: NDArray[np.bool]) -> str:
    return before - after  # the difference


def as_number(before: NDArray[np.bool], after: NDArray[np.bool]) -> float:
    return before - after  # the difference as a float


def images(before: NDArray[np.int64], after: NDArray[np.int64]) -> str:
    return before - after  # the difference of images
PYTHON
cat > run.py <<'PYTHON'
import numpy as np
from changed import as_text

try:
    as_text(np.array([True, False]), np.array([True, True]))
except TypeError as error:
    print("run:", type(error).__name__)
PYTHON
refused() { # refused NAME COMMAND...: the comments of the lines with an error
    local name=$1 lines
    shift
    "$@" > checked.txt 2>&1 || true
    lines=$(grep -E 'error|ERROR|-->' checked.txt | grep -oE 'changed\.py:[0-9]+' | cut -d: -f2 | sort -nu)
    echo "$name refuses: $(for line in $lines; do sed -n "${line}s/.*# //p" changed.py; done | paste -sd , | sed 's/,/, /g')"
}
{
    environment/bin/python run.py
    refused mypy environment/bin/mypy --strict changed.py
    refused basedpyright environment/bin/basedpyright changed.py
    refused pyrefly environment/bin/pyrefly check changed.py
    refused ty environment/bin/ty check changed.py --output-format concise
} | tee all.txt
diff all.txt - <<'EXPECTED'
run: TypeError
mypy refuses: the difference of images
basedpyright refuses: the difference of images
pyrefly refuses: the difference of images
ty refuses: the difference of images
EXPECTED
