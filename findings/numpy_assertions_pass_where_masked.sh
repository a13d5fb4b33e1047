#!/usr/bin/env bash
# np.testing passes a result whose elements are all masked, whatever was expected: assert_allclose, assert_array_equal and assert_array_less leave masked elements out, and say nothing; np.array_equal compares what lies under the mask.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: The assertions treat nan strictly: nan is equal to nan, and a nan in the result where a number was
#   expected fails. A masked element, which np.ma.masked_invalid makes of that nan, is equal to anything, and less
#   than anything, so that outputs of a network that are masked out one and all pass any test; of the expected array
#   it holds as well. Python's assert is on both sides: with ==, all() and not any() of such a comparison give
#   `masked`, which is false, so that `assert (a == b).all()` fails and `assert not (a != b).any()` passes.
#   np.array_equal and np.allclose drop the mask, and compare the numbers under it. The pages of the assertions say
#   how nan is compared, and nothing of masks; np.ma.allclose has masked_equal=True for it, in words.
# output:
#   nan for 5, 6
#     passes: none
#   masked for 5, 6
#     passes: assert_allclose, assert_allclose, expected and actual exchanged, assert_array_equal, assert_array_less, assert not (a != b).any()
#   masked over 1, 2 for 5, 6
#     passes: assert_allclose, assert_allclose, expected and actual exchanged, assert_array_equal, assert_array_less, assert not (a != b).any(), np.array_equal with 1, 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > masked.py <<'PYTHON'
from collections.abc import Callable

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal, assert_array_less

broken = np.array([np.nan, np.nan])
outputs = {"nan": broken, "masked": np.ma.masked_invalid(broken), "masked over 1, 2": np.ma.masked_array([1.0, 2.0], True)}
expected = np.array([5.0, 6.0])


def verdict(check: Callable[[], object]) -> str:
    """Return whether the check passes."""
    try:
        return "fails" if check() is False else "passes"
    except AssertionError:
        return "fails"


def statement(condition: object) -> None:
    """Assert the condition."""
    assert condition


for name, output in outputs.items():
    print(f"{name} for 5, 6")
    checks = {
        "assert_allclose": lambda: assert_allclose(output, expected),
        "assert_allclose, expected and actual exchanged": lambda: assert_allclose(expected, output),
        "assert_array_equal": lambda: assert_array_equal(output, expected),
        "assert_array_less": lambda: assert_array_less(output, -expected),
        "assert (a == b).all()": lambda: statement((output == expected).all()),
        "assert not (a != b).any()": lambda: statement(not (output != expected).any()),
        "np.allclose": lambda: bool(np.allclose(output, expected)),
        "np.array_equal with 1, 2": lambda: np.array_equal(output, np.array([1.0, 2.0])),
    }
    print("  passes:", ", ".join(check for check, run in checks.items() if verdict(run) == "passes") or "none")
PYTHON
environment/bin/python masked.py 2> warnings.txt | tee said.txt
diff said.txt - <<'EXPECTED'
nan for 5, 6
  passes: none
masked for 5, 6
  passes: assert_allclose, assert_allclose, expected and actual exchanged, assert_array_equal, assert_array_less, assert not (a != b).any()
masked over 1, 2 for 5, 6
  passes: assert_allclose, assert_allclose, expected and actual exchanged, assert_array_equal, assert_array_less, assert not (a != b).any(), np.array_equal with 1, 2
EXPECTED
