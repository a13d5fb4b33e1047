#!/usr/bin/env bash
# gradescope-utils leaves a test out of results.json if one of its subTests failed: full marks for the remaining tests.
#
# versions: gradescope-utils 0.5.0, Python 3.11
# behaviour: its JSON runner writes a row per test that passes, fails or raises. A failed subTest is none of these, so
#   the test has no row: it neither fails nor counts with its max_score. Of two tests of 5 points, a right answer gets
#   10 of 10, and one that fails in a subTest gets 5 of 5, without a failed row. unittest itself reports FAILED. Skipped
#   tests and expected failures have no row either.
# output:
#   right: rows test_every test_sum, 10 of 10
#   wrong: rows test_sum, 5 of 5; unittest: FAILED (failures=1)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gradescope-utils==0.5.0
cat > test_answer.py <<'PYTHON'
import unittest

from answer import double
from gradescope_utils.autograder_utils.decorators import weight


class Answer(unittest.TestCase):
    @weight(5)
    def test_every(self):
        for n in (1, 2, 3):
            with self.subTest(n=n):
                self.assertEqual(double(n), 2 * n)

    @weight(5)
    def test_sum(self):
        self.assertEqual(double(1) + double(3), 8)
PYTHON
cat > grade.py <<'PYTHON'
import io
import json
import unittest

from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

stream = io.StringIO()
JSONTestRunner(stream=stream).run(unittest.defaultTestLoader.loadTestsFromName("test_answer"))
tests = json.loads(stream.getvalue())["tests"]
names = " ".join(sorted(test["name"].split()[0] for test in tests))
print(f"rows {names}, {sum(test['score'] for test in tests):g} of {sum(test['max_score'] for test in tests):g}")
PYTHON
echo 'def double(n): return 2 * n' > answer.py
right=$(environment/bin/python -B grade.py)
echo "right: $right"
echo 'def double(n): return 2 * n if n != 2 else 5' > answer.py
wrong=$(environment/bin/python -B grade.py)
said=$(environment/bin/python -B -m unittest test_answer 2>&1 | tail -1 || true)
echo "wrong: $wrong; unittest: $said"
[ "$right" = "rows test_every test_sum, 10 of 10" ] && [ "$wrong" = "rows test_sum, 5 of 5" ] && [ "$said" = "FAILED (failures=1)" ]
