#!/usr/bin/env bash
# To four type checkers np.float32(image) is one number and sum(errors**2) an int: the right annotations of both are refused.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, Python 3.11
# behaviour: NumPy's types of numbers make an array of an array: np.float32(image) / 255 is a common way to preprocess. The stubs know
#   the result for one number alone, so that -> NDArray[np.float32] is refused, and -> np.float32, which is wrong, passes. Python's
#   sum of an array of float64 is a np.float64; an element of an array is Any to the stubs, which fits the first form of
#   sum in Python's own stubs, that for bools, and the sum is an int: no .item(), no -> np.float64, and a test
#   isinstance(loss, int) is always true, so what follows is not checked. np.asarray(image, np.float32) and np.sum are right.
# output:
#   at run time: ndarray ndarray ndarray float64 float64 float64 an AttributeError
#   mypy refuses: image_as_it_is sum_as_it_is
#   basedpyright refuses: image_as_it_is sum_as_it_is
#   pyrefly refuses: image_as_it_is sum_as_it_is
#   ty refuses: image_as_it_is sum_as_it_is
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 basedpyright==1.40.2 pyrefly==1.5.0 ty==0.0.108
touch pyrefly.toml
cat > network.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray


def image_as_it_is(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.float32(image)


def image_as_a_number(image: NDArray[np.uint8]) -> np.float32:
    return np.float32(image)


def image_by_asarray(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(image, np.float32)


def sum_as_it_is(errors: NDArray[np.float64]) -> np.float64:
    return sum(errors**2)


def sum_as_an_int(errors: NDArray[np.float64]) -> int:
    return sum(errors**2)


def sum_by_numpy(errors: NDArray[np.float64]) -> np.float64:
    return np.sum(errors**2)


def sum_unchecked(errors: NDArray[np.float64]) -> str:
    loss = sum(errors**2)
    if isinstance(loss, int):
        return "an int"
    return loss.no_such_thing
PYTHON
environment/bin/python - <<'PYTHON' | tee said.txt
import numpy as np
import network as n

image, errors = np.zeros((28, 28), np.uint8), np.ones(3)
functions = [(n.image_as_it_is, image), (n.image_as_a_number, image), (n.image_by_asarray, image)]
functions += [(n.sum_as_it_is, errors), (n.sum_as_an_int, errors), (n.sum_by_numpy, errors)]
came = [type(function(argument)).__name__ for function, argument in functions]
try:
    n.sum_unchecked(errors)
except AttributeError:
    came.append("an AttributeError")
print("at run time:", *came)
PYTHON
refused() {  # NAME COMMAND...: the functions with an error
    local name=$1 line
    shift
    { "$@" || true; } > "$name.txt" 2>&1
    printf '%s refuses:' "$name"
    grep -i error "$name.txt" | grep -oE 'network\.py:[0-9]+' | cut -d: -f2 | sort -nu | while read -r line; do
        printf ' %s' "$(head -n "$line" network.py | grep -oE '^def [a-z_]+' | tail -n 1 | cut -c5-)"
    done
    echo
}
{
    refused mypy environment/bin/mypy --strict network.py
    refused basedpyright environment/bin/basedpyright --level error network.py
    refused pyrefly environment/bin/pyrefly check --output-format min-text network.py
    refused ty environment/bin/ty check --output-format concise network.py
} | tee -a said.txt
diff said.txt - <<'EXPECTED'
at run time: ndarray ndarray ndarray float64 float64 float64 an AttributeError
mypy refuses: image_as_it_is sum_as_it_is
basedpyright refuses: image_as_it_is sum_as_it_is
pyrefly refuses: image_as_it_is sum_as_it_is
ty refuses: image_as_it_is sum_as_it_is
EXPECTED
