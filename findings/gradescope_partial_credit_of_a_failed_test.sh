#!/usr/bin/env bash
# gradescope-utils gives 5 of 5 points to a test with @partial_credit that sets 5 and then fails, and 5 to one that sets none.
#
# versions: gradescope-utils 0.5.0, Python 3.11
# behaviour: the score that set_score was told last counts, whatever happens afterwards: the row has the status
#   "failed" and full points, and the total adds them. A test with @weight that fails gets 0. Without a call of
#   set_score a passing test gets all points, and a score above the maximum counts in full.
# output:
#   test_by_weight: failed, 0 of 5
#   test_fails_before: failed, 0 of 5
#   test_sets_and_fails: failed, 5 of 5
#   test_sets_fifty: passed, 50 of 5
#   test_sets_none: passed, 5 of 5
#   total: 60
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check gradescope-utils==0.5.0
cat > credit.py <<'PYTHON'
import io
import json
import unittest

from gradescope_utils.autograder_utils.decorators import partial_credit, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class Tests(unittest.TestCase):
    @partial_credit(5)
    def test_sets_and_fails(self, set_score=None):
        set_score(5)
        self.fail("the second half is wrong")

    @partial_credit(5)
    def test_fails_before(self, set_score=None):
        self.fail("the first half is wrong")
        set_score(5)

    @partial_credit(5)
    def test_sets_none(self, set_score=None):
        pass

    @partial_credit(5)
    def test_sets_fifty(self, set_score=None):
        set_score(50)

    @weight(5)
    def test_by_weight(self):
        self.fail()


file = io.StringIO()
JSONTestRunner(visibility="visible", stream=file).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
results = json.loads(file.getvalue())
for row in results["tests"]:
    print(f"{row['name'].split()[0]}: {row['status']}, {row['score']:g} of {row['max_score']}")
print(f"total: {results['score']:g}")
PYTHON
environment/bin/python credit.py | tee said.txt
diff said.txt - <<'EXPECTED'
test_by_weight: failed, 0 of 5
test_fails_before: failed, 0 of 5
test_sets_and_fails: failed, 5 of 5
test_sets_fifty: passed, 50 of 5
test_sets_none: passed, 5 of 5
total: 60
EXPECTED
