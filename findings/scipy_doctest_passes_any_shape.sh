#!/usr/bin/env bash
# scipy-doctest passes a docstring that promises 1.0 where a matrix of ones comes, and array([5.]) where an empty array comes.
#
# versions: scipy-doctest 2.2.0, pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: SciPy's and NumPy's runner of docstrings reads "what came" and "what should have come" as arrays, and compares
#   them by np.allclose, which broadcasts: one number stands for an array of any shape, and an empty array for all. A
#   mean without its axis, or a gradient of the wrong shape, keeps its docstring green. Python's own doctest fails all of
#   them. np.allclose stands in the text on its tolerances, and the laxness in types too; of shapes it does not speak.
# output:
#   doctest: attempted 8, failed 4; scipy-doctest: attempted 8, failed 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scipy-doctest==2.2.0 pytest==9.2.0 numpy==2.4.6
cat > shapes.py <<'PYTHON'
def a_matrix_for_a_number() -> None:
    """
    >>> import numpy as np
    >>> np.ones((3, 2))
    1.0
    """


def a_number_for_a_vector() -> None:
    """
    >>> import numpy as np
    >>> np.float64(1.0)
    array([1., 1., 1.])
    """


def a_row_for_a_matrix() -> None:
    """
    >>> import numpy as np
    >>> np.array([1.0, 2.0])
    array([[1., 2.],
           [1., 2.]])
    """


def nothing_for_a_number() -> None:
    """
    >>> import numpy as np
    >>> np.zeros(0)
    array([5.])
    """
PYTHON
cat > both.py <<'PYTHON'
import contextlib
import doctest
import io

import scipy_doctest
import shapes

with contextlib.redirect_stdout(io.StringIO()):
    plain = doctest.testmod(shapes)
    lenient, _ = scipy_doctest.testmod(shapes)
print(f"doctest: attempted {plain.attempted}, failed {plain.failed}; scipy-doctest: attempted {lenient.attempted}, failed {lenient.failed}")
PYTHON
environment/bin/python both.py | tee said.txt
[ "$(cat said.txt)" = "doctest: attempted 8, failed 4; scipy-doctest: attempted 8, failed 0" ]
