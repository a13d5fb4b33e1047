#!/usr/bin/env bash
# hybridjsontestrunner gives one run 1 of 10 points for Gradescope and a half for PrairieLearn: there each test counts alike; a test of 0 points raises.
#
# versions: hybridjsontestrunner 1.0.0, Python 3.11
# behaviour: the runner writes the results of unittest for both services, with @Weight for the points of a test. For
#   Gradescope the points are added. For PrairieLearn, whose results carry points and max_points as well, the score is
#   the mean of the tests' shares: the test of 1 point that passes weighs as much as the one of 9 that fails. A test
#   with @Weight(0), which shows something and gives nothing, is fine for Gradescope, and a ZeroDivisionError instead
#   of any results for PrairieLearn. In both a failed test's own output stands there twice, before and in front of the
#   error.
# output:
#   Network Gradescope score 1.0
#      test_gradient [0.0, 9] ['step 0.1', 'step 0.1', 'Test Failed: the sign is wrong']
#      test_shape [1, 1] []
#   Network PrairieLearn score 0.5
#      test_gradient [0.0, 9] ['step 0.1', 'step 0.1', 'Test Failed: the sign is wrong']
#      test_shape [1, 1] []
#   Shown Gradescope score 1
#      test_seen [0, 0] []
#      test_shape [1, 1] []
#   Shown PrairieLearn ZeroDivisionError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check hybridjsontestrunner==1.0.0
cat > tests.py <<'PYTHON'
import unittest

from autograder_utils.Decorators import Weight


class Network(unittest.TestCase):
    @Weight(1)
    def test_shape(self):
        pass

    @Weight(9)
    def test_gradient(self):
        print("step 0.1")
        self.fail("the sign is wrong")


class Shown(unittest.TestCase):
    @Weight(1)
    def test_shape(self):
        pass

    @Weight(0)
    def test_seen(self):
        pass
PYTHON
cat > grade.py <<'PYTHON'
import io
import json
import unittest

import tests
from autograder_utils.JSONTestRunner import JSONTestRunner
from autograder_utils.ResultBuilders import gradescopeResultBuilder, prairieLearnResultBuilder
from autograder_utils.ResultFinalizers import gradescopeResultFinalizer, prairieLearnResultFinalizer

services = {
    "Gradescope": (gradescopeResultBuilder, gradescopeResultFinalizer),
    "PrairieLearn": (prairieLearnResultBuilder, prairieLearnResultFinalizer),
}
for case in (tests.Network, tests.Shown):
    for service, (builder, finalizer) in services.items():
        written = io.StringIO()
        runner = JSONTestRunner(visibility="visible", stream=written, result_builder=builder, result_finalizer=finalizer)
        try:
            runner.run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
        except ZeroDivisionError as refusal:
            print(case.__name__, service, type(refusal).__name__)
            continue
        results = json.loads(written.getvalue())
        print(case.__name__, service, "score", results["score"])
        for test in results["tests"]:
            points = [test[key] for key in ("score", "max_score", "points", "max_points") if key in test]
            print("  ", test["name"].split()[0], points, [line for line in test.get("output", "").splitlines() if line])
PYTHON
environment/bin/python grade.py | tee said.txt
diff said.txt - <<'EXPECTED'
Network Gradescope score 1.0
   test_gradient [0.0, 9] ['step 0.1', 'step 0.1', 'Test Failed: the sign is wrong']
   test_shape [1, 1] []
Network PrairieLearn score 0.5
   test_gradient [0.0, 9] ['step 0.1', 'step 0.1', 'Test Failed: the sign is wrong']
   test_shape [1, 1] []
Shown Gradescope score 1
   test_seen [0, 0] []
   test_shape [1, 1] []
Shown PrairieLearn ZeroDivisionError
EXPECTED
