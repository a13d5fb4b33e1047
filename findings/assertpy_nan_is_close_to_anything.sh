#!/usr/bin/env bash
# To assertpy nan is close to 3, between 0 and 1, greater than 5 and less than 5; to precisely it is close to 3, and 3 to nan.
#
# versions: assertpy 1.1, precisely 0.1.9, pyhamcrest 2.1.0, expects 0.9.0, Python 3.11
# behaviour: each assertion fails if the opposite comparison holds, as in "if value < low or value > high", and no
#   comparison with nan holds. So a loss that has become nan passes a test that it is near a number or below one.
#   precisely's close_to is written in the same way, its greater_than is not. is_equal_to, PyHamcrest's close_to and less_than,
#   and expects' be_below fail.
# output:
#   assertpy, close to 3: passes
#   assertpy, between 0 and 1: passes
#   assertpy, greater than 5: passes
#   assertpy, less than 5: passes
#   assertpy, equal to 3: fails
#   precisely, close to 3: passes 3 close to nan: passes greater than 5: fails
#   PyHamcrest, close to 3: fails less than 5: fails
#   expects, below 5: fails
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check assertpy==1.1 precisely==0.1.9 pyhamcrest==2.1.0 expects==0.9.0
cat > loss.py <<'PYTHON'
from assertpy import assert_that
from expects import be_below, expect
from hamcrest import assert_that as hamcrest_that
from hamcrest import close_to, less_than
from precisely import assert_that as precisely_that
from precisely import close_to as precisely_close
from precisely import greater_than

loss = float("nan")


def told(check):
    try:
        check()
    except AssertionError:
        return "fails"
    return "passes"


print("assertpy, close to 3:", told(lambda: assert_that(loss).is_close_to(3, 0.1)))
print("assertpy, between 0 and 1:", told(lambda: assert_that(loss).is_between(0, 1)))
print("assertpy, greater than 5:", told(lambda: assert_that(loss).is_greater_than(5)))
print("assertpy, less than 5:", told(lambda: assert_that(loss).is_less_than(5)))
print("assertpy, equal to 3:", told(lambda: assert_that(loss).is_equal_to(3)))
print(
    "precisely, close to 3:",
    told(lambda: precisely_that(loss, precisely_close(3, 0.1))),
    "3 close to nan:",
    told(lambda: precisely_that(3, precisely_close(loss, 0.1))),
    "greater than 5:",
    told(lambda: precisely_that(loss, greater_than(5))),
)
print("PyHamcrest, close to 3:", told(lambda: hamcrest_that(loss, close_to(3, 0.1))), "less than 5:", told(lambda: hamcrest_that(loss, less_than(5))))
print("expects, below 5:", told(lambda: expect(loss).to(be_below(5))))
PYTHON
environment/bin/python loss.py | tee said.txt
diff said.txt - <<'EXPECTED'
assertpy, close to 3: passes
assertpy, between 0 and 1: passes
assertpy, greater than 5: passes
assertpy, less than 5: passes
assertpy, equal to 3: fails
precisely, close to 3: passes 3 close to nan: passes greater than 5: fails
PyHamcrest, close to 3: fails less than 5: fails
expects, below 5: fails
EXPECTED
