#!/usr/bin/env bash
# PyHamcrest's assert_that(2, 3) passes: without a matcher, the first argument is a condition and the second its reason.
#
# versions: pyhamcrest 2.1.0, Python 3.11
# behaviour: the matchers of the library wrap a plain value into equal_to: assert_that([2], has_item(3)) fails.
#   assert_that itself has a form with a condition and a reason, and takes any two values for these: a comparison
#   without equal_to fails only if the first value is 0 or an empty text or list.
# output:
#   assert_that(2, 3): passes
#   assert_that("wrong", "right"): passes
#   assert_that(0, 0): fails
#   assert_that(2, equal_to(3)): fails
#   assert_that([2], has_item(3)): fails
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pyhamcrest==2.1.0
cat > two.py <<'PYTHON'
from hamcrest import assert_that, equal_to, has_item

CALLS = {
    "assert_that(2, 3)": lambda: assert_that(2, 3),
    'assert_that("wrong", "right")': lambda: assert_that("wrong", "right"),
    "assert_that(0, 0)": lambda: assert_that(0, 0),
    "assert_that(2, equal_to(3))": lambda: assert_that(2, equal_to(3)),
    "assert_that([2], has_item(3))": lambda: assert_that([2], has_item(3)),
}
for text, call in CALLS.items():
    try:
        call()
        print(f"{text}: passes")
    except AssertionError:
        print(f"{text}: fails")
PYTHON
environment/bin/python -W error two.py | tee said.txt
diff said.txt - <<'EXPECTED'
assert_that(2, 3): passes
assert_that("wrong", "right"): passes
assert_that(0, 0): fails
assert_that(2, equal_to(3)): fails
assert_that([2], has_item(3)): fails
EXPECTED
