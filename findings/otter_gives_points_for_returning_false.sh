#!/usr/bin/env bash
# otter-grader gives all points to a test that returns False, to one with a yield, and to one whose code has no ">>> ".
#
# versions: otter-grader 7.0.0, numpy 2.4.6, Python 3.11
# behaviour: each test asks whether an accuracy of 0.1 is above 0.9. In otter's format for functions, a test case passes
#   unless it raises, and what it returns is not looked at: `return accuracy > 0.9` always passes, where pytest warns
#   of it, and the body of a function with a yield never runs. In the older format, ok's, the code is a doctest, and a
#   doctest without a prompt has no example: it passes, where the same line behind ">>> " fails. No warning is printed.
# output:
#   a function that asserts: 0 of 1
#   a function that returns False: 1 of 1
#   a function with a yield that asserts: 1 of 1
#   ok, >>> assert: 0 of 1
#   ok, assert: 1 of 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check otter-grader==7.0.0 numpy==2.4.6
mkdir tests
function_test() {
    printf 'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "%s"\npoints = 1\n\n\n' "$1"
    printf '@test_case()\ndef test_accuracy(accuracy):\n    %s\n' "$2"
}
ok_test() {
    printf 'OK_FORMAT = True\ntest = {"name": "%s", "points": 1, "suites": [{"type": "doctest", "scored": True, "setup": "", "teardown": "", ' "$1"
    printf '"cases": [{"code": "%s", "hidden": False, "locked": False}]}]}\n' "$2"
}
function_test asserts "assert accuracy > 0.9" > tests/asserts.py
function_test returns "return accuracy > 0.9" > tests/returns.py
function_test yields "yield; assert accuracy > 0.9" > tests/yields.py
ok_test prompt ">>> assert accuracy > 0.9" > tests/prompt.py
ok_test bare "assert accuracy > 0.9" > tests/bare.py
cat > grade.py <<'PYTHON'
import otter

accuracy = 0.1
grader = otter.Notebook(tests_dir="tests")
for name, what in {
    "asserts": "a function that asserts",
    "returns": "a function that returns False",
    "yields": "a function with a yield that asserts",
    "prompt": "ok, >>> assert",
    "bare": "ok, assert",
}.items():
    result = grader.check(name)
    print(f"{what}: {result.score:g} of {result.possible:g}")
PYTHON
environment/bin/python grade.py | tee said.txt
diff said.txt - <<'EXPECTED'
a function that asserts: 0 of 1
a function that returns False: 1 of 1
a function with a yield that asserts: 1 of 1
ok, >>> assert: 0 of 1
ok, assert: 1 of 1
EXPECTED
