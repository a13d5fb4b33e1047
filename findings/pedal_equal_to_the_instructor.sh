#!/usr/bin/env bash
# To pedal 3.0005 is the expected 3.0 and not the expected 3, {1, 1.0005} is the expected {1.0, 2.0}, inf is not inf, and nan is below 3.
#
# versions: pedal 3.0.4, Python 3.11
# behaviour: assert_equal compares with a tolerance of 0.001, as documented, but only if the expected value is a
#   float: the instructor's 3 in place of 3.0 makes it exact, within lists too. Of sets it counts the elements and
#   asks of each one of the student's whether it is near one that is expected, so that both may be near the same one.
#   inf equals only itself within a tolerance of |inf - inf|, which is nan, so it never does. assert_less fails on >=,
#   which nan never fulfils, and passes. The tolerance is absolute: a gradient of 0.0009 is equal to one of 0.0.
# output:
#   3.0005, expected 3.0: full points
#   3.0005, expected 3: no points
#   [3.0005], expected [3]: no points
#   {1, 1.0005}, expected {1.0, 2.0}: full points
#   {1, 3}, expected {1.0, 2.0}: no points
#   inf, expected inf: no points
#   nan, expected below 3: full points
#   0.0009, expected 0.0: full points
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pedal==3.0.4
cat > points.py <<'PYTHON'
from pedal import *
from pedal.core.report import MAIN_REPORT
from pedal.resolvers.simple import resolve

inf, nan = float("inf"), float("nan")
cases = {
    "3.0005, expected 3.0": lambda: assert_equal(3.0005, 3.0),
    "3.0005, expected 3": lambda: assert_equal(3.0005, 3),
    "[3.0005], expected [3]": lambda: assert_equal([3.0005], [3]),
    "{1, 1.0005}, expected {1.0, 2.0}": lambda: assert_equal({1, 1.0005}, {1.0, 2.0}),
    "{1, 3}, expected {1.0, 2.0}": lambda: assert_equal({1, 3}, {1.0, 2.0}),
    "inf, expected inf": lambda: assert_equal(inf, inf),
    "nan, expected below 3": lambda: assert_less(nan, 3),
    "0.0009, expected 0.0": lambda: assert_equal(0.0009, 0.0),
}
for name, case in cases.items():
    MAIN_REPORT.clear()
    contextualize_report("answer = 1")
    case()
    print(f"{name}: {'full points' if resolve().success else 'no points'}")
PYTHON
environment/bin/python points.py | tee said.txt
diff said.txt - <<'EXPECTED'
3.0005, expected 3.0: full points
3.0005, expected 3: no points
[3.0005], expected [3]: no points
{1, 1.0005}, expected {1.0, 2.0}: full points
{1, 3}, expected {1.0, 2.0}: no points
inf, expected inf: no points
nan, expected below 3: full points
0.0009, expected 0.0: full points
EXPECTED
