#!/usr/bin/env bash
# PythonTA's contracts pass a call that breaks a precondition of two lines, one that cannot be computed, and all that follow the two lines: learn(rate=2.0) passes `rate > 0` with `and rate < 1` on the next line.
#
# versions: python-ta 2.13.1, numpy 2.4.6, Python 3.11
# behaviour: check_contracts reads conditions from a docstring, one after each dash, and raises AssertionError for
#   the first that does not hold. What it cannot use, it leaves out in silence, unless DEBUG_CONTRACTS is set. A line
#   without a dash ends the list: the first line of a condition is taken alone if it is an expression, and no
#   condition below is read. If a condition raises as it is computed, a shape of a list, an index that is out of
#   range, the largest of no labels, a name that the module does not have, it holds. So the check for the shape of an
#   image passes what is no array at all, the case that it was written for. * for the dash, "Precondition:" above a
#   list and a small p leave all out. A condition about an array with several elements, `x > 0`, raises ValueError.
#   PythonTA is made for courses; its page shows conditions of one line.
# output:
#   one line, rate 2: refused, one_line precondition "rate > 0 and rate < 1"
#   one line, epochs -5: refused, one_line precondition "epochs > 0"
#   two lines, rate 2: passes
#   two lines, epochs -5: passes
#   shape of a matrix: refused, shape precondition "image.shape == (784,)"
#   shape of a list of three: passes
#   no labels: passes
#   three labels: passes
#   a star, rate -2: passes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check python-ta==2.13.1 numpy==2.4.6
cat > network.py <<'PYTHON'
from collections.abc import Callable

import numpy as np
from python_ta.contracts import check_contracts


@check_contracts
def one_line(rate: float, epochs: int) -> None:
    """Learn.

    Preconditions:
        - rate > 0 and rate < 1
        - epochs > 0
    """


@check_contracts
def two_lines(rate: float, epochs: int) -> None:
    """Learn.

    Preconditions:
        - rate > 0
          and rate < 1
        - epochs > 0
    """


@check_contracts
def shape(image) -> None:
    """Show the image.

    Preconditions:
        - image.shape == (784,)
    """


@check_contracts
def labels(digits: list) -> None:
    """Count the digits.

    Preconditions:
        - 0 <= min(digits)
        - digits[9] <= 9
    """


@check_contracts
def star(rate: float) -> None:
    """Learn.

    Preconditions:
        * rate > 0
    """


def verdict(name: str, call: Callable[[], None]) -> None:
    """Print whether the contract of the call holds."""
    try:
        call()
        print(f"{name}: passes")
    except AssertionError as error:
        print(f"{name}: refused, {str(error).split(' was ')[0]}")


verdict("one line, rate 2", lambda: one_line(2.0, 5))
verdict("one line, epochs -5", lambda: one_line(0.5, -5))
verdict("two lines, rate 2", lambda: two_lines(2.0, 5))
verdict("two lines, epochs -5", lambda: two_lines(0.5, -5))
verdict("shape of a matrix", lambda: shape(np.zeros((28, 28))))
verdict("shape of a list of three", lambda: shape([0, 0, 0]))
verdict("no labels", lambda: labels([]))
verdict("three labels", lambda: labels([1, 5, 12]))
verdict("a star, rate -2", lambda: star(-2.0))
PYTHON
environment/bin/python network.py | tee said.txt
diff said.txt - <<'EXPECTED'
one line, rate 2: refused, one_line precondition "rate > 0 and rate < 1"
one line, epochs -5: refused, one_line precondition "epochs > 0"
two lines, rate 2: passes
two lines, epochs -5: passes
shape of a matrix: refused, shape precondition "image.shape == (784,)"
shape of a list of three: passes
no labels: passes
three labels: passes
a star, rate -2: passes
EXPECTED
