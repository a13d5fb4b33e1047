#!/usr/bin/env bash
# typeguard accepts an array of int64 for NDArray[np.float32], and a vector for a matrix; beartype refuses the first and accepts the second.
#
# versions: typeguard 4.6.1, beartype 0.23.1, jaxtyping 0.3.11, numpy 2.4.6, Python 3.11
# behaviour: NDArray[np.float32] is np.ndarray[tuple[Any, ...], np.dtype[np.float32]], the annotation that NumPy itself
#   recommends, and mypy holds it. At run time typeguard asks only whether the value is an ndarray. beartype looks at the dtype,
#   and not at the shape in ndarray[tuple[int, int], ...]. Neither warns that a part is ignored, and typeguard does look into
#   list[int]. jaxtyping, with its own annotations, looks at both. Bitten is who lets a test check types at run time, as
#   pytest --typeguard-packages does, and takes a pass for a proof that the network stays in float32.
# output:
#   typeguard: int64 for NDArray[np.float32] accepted, a vector for a matrix accepted, a list refused
#   typeguard, jaxtyping: int64 refused, a vector refused
#   beartype: int64 for NDArray[np.float32] refused, a vector for a matrix accepted, a list refused
#   beartype, jaxtyping: int64 refused, a vector refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check typeguard==4.6.1 beartype==0.23.1 jaxtyping==0.3.11 numpy==2.4.6
cat > arrays.py <<'PYTHON'
import beartype
import jaxtyping
import numpy as np
import typeguard
from numpy.typing import NDArray

Jax = jaxtyping.Float32[np.ndarray, "rows columns"]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def vector(x: NDArray[np.float32]) -> None: ...


def matrix(x: Matrix) -> None: ...


def by_jaxtyping(x: Jax) -> None: ...


def accepts(function, x):
    try:
        function(x)
    except (typeguard.TypeCheckError, beartype.roar.BeartypeCallHintViolation):
        return "refused"
    return "accepted"


for name, check in {"typeguard": typeguard.typechecked, "beartype": beartype.beartype}.items():
    print(
        f"{name}: int64 for NDArray[np.float32] {accepts(check(vector), np.zeros(3, np.int64))},"
        f" a vector for a matrix {accepts(check(matrix), np.zeros(3, np.float32))},"
        f" a list {accepts(check(vector), [1.0])}"
    )
    checked = check(by_jaxtyping)
    print(f"{name}, jaxtyping: int64 {accepts(checked, np.zeros((3, 2), np.int64))}, a vector {accepts(checked, np.zeros(3, np.float32))}")
PYTHON
environment/bin/python -W error arrays.py | tee said.txt
diff said.txt - <<'EXPECTED'
typeguard: int64 for NDArray[np.float32] accepted, a vector for a matrix accepted, a list refused
typeguard, jaxtyping: int64 refused, a vector refused
beartype: int64 for NDArray[np.float32] refused, a vector for a matrix accepted, a list refused
beartype, jaxtyping: int64 refused, a vector refused
EXPECTED
