#!/usr/bin/env bash
# To four type checkers the product of two vectors, w @ x, is an array, also where both are stated to be vectors: -> float is refused.
#
# versions: numpy 2.4.6, mypy 2.4.1, basedpyright 1.40.2, pyrefly 1.5.0, ty 0.0.108, Python 3.11
# behaviour: a loss is often a product of two vectors, -(y @ np.log(p)) or 0.5 * d @ d, and NumPy computes an np.float64, which is a
#   float. The stubs have NDArray for every @, whatever the shapes, so that the true annotation is refused and NDArray is accepted,
#   under which a checker allows loss[0] and loss.T.copy(). np.vdot is a floating to them, refused as a float as well; np.dot
#   and np.inner are Any, which mypy --strict refuses to return. float(w @ x) satisfies all.
# output:
#   mypy refuses: a product, of stated vectors, half a square, by vdot, by dot
#   basedpyright refuses: a product, of stated vectors, half a square, by vdot
#   pyrefly refuses: a product, of stated vectors, half a square, by vdot
#   ty refuses: a product, of stated vectors, half a square, by vdot
#   in truth: float64, float64, float64, float64, float64, float64, float
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 mypy==2.4.1 basedpyright==1.40.2 \
    pyrefly==1.5.0 ty==0.0.108
cat > loss.py <<'PYTHON'
import numpy as np
from numpy.typing import NDArray

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


def product(w: NDArray[np.float64], x: NDArray[np.float64]) -> float:
    return w @ x  # a product


def stated(w: Vector, x: Vector) -> float:
    return w @ x  # of stated vectors


def square(w: NDArray[np.float64], x: NDArray[np.float64]) -> float:
    return 0.5 * ((w - x) @ (w - x))  # half a square


def array(w: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    return w @ x  # an array


def by_vdot(w: NDArray[np.float64], x: NDArray[np.float64]) -> float:
    return np.vdot(w, x)  # by vdot


def by_dot(w: NDArray[np.float64], x: NDArray[np.float64]) -> float:
    return np.dot(w, x)  # by dot


def converted(w: NDArray[np.float64], x: NDArray[np.float64]) -> float:
    return float(w @ x)  # converted
PYTHON
touch pyrefly.toml
refuses() {
    environment/bin/"${@:2}" loss.py > said.txt 2>&1 || true
    lines=$(grep -oE 'loss\.py:[0-9]+' said.txt | cut -d: -f2 | sort -un)
    echo "$1 refuses: $(for line in $lines; do sed -n "${line}s/.*  # //p" loss.py; done | paste -sd, | sed 's/,/, /g')"
}
{
    refuses mypy mypy --strict --cache-dir cache
    refuses basedpyright basedpyright --level error
    refuses pyrefly pyrefly check
    refuses ty ty check --output-format concise --python environment
    environment/bin/python - <<'PY'
import numpy as np
import loss

made = [getattr(loss, name) for name in "product stated square array by_vdot by_dot converted".split()]
print("in truth:", ", ".join(type(compute(np.ones(3), np.ones(3))).__name__ for compute in made))
PY
} | tee all.txt
diff all.txt - <<'EXPECTED'
mypy refuses: a product, of stated vectors, half a square, by vdot, by dot
basedpyright refuses: a product, of stated vectors, half a square, by vdot
pyrefly refuses: a product, of stated vectors, half a square, by vdot
ty refuses: a product, of stated vectors, half a square, by vdot
in truth: float64, float64, float64, float64, float64, float64, float
EXPECTED
