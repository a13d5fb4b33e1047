#!/usr/bin/env bash
# pytest-prairielearn-grader gives full points to a unittest test whose subTest failed, and to a test whose teardown failed.
#
# versions: pytest-prairielearn-grader 0.3.1, pytest 9.2.0, Python 3.11 (and networkx 3.6.1, plot-serializer 0.2.3, pandas 3.1.1,
#   which it imports and does not ask for)
# behaviour: it keeps one outcome per test, that of the call, which is "passed" even if a subTest of unittest failed:
#   pytest has a separate report for the subTest, SUBFAILED, and ends with 1. It also ignores an assertion in the
#   teardown of a fixture, such as "and the argument was not changed". A failed subtest of the fixture `subtests` does
#   cost the points.
# output:
#   pytest: status 1, 3 failed, 2 passed, 1 error, 3 subtests passed
#   points: case 5 of 5, teardown 5 of 5, fixture 0 of 5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-prairielearn-grader==0.3.1 pytest==9.2.0 networkx==3.6.1 plot-serializer==0.2.3 pandas==3.1.1
cat > test_answer.py <<'PYTHON'
import unittest

import pytest


class Case(unittest.TestCase):
    @pytest.mark.grading_data(name="case", points=5)
    def test_each(self):
        for n in (1, 2):
            with self.subTest(n=n):
                self.assertEqual(n, 1)


@pytest.fixture
def argument():
    value = [1]
    yield value
    assert value == [1]


@pytest.mark.grading_data(name="teardown", points=5)
def test_not_changed(argument):
    argument.append(2)


@pytest.mark.grading_data(name="fixture", points=5)
def test_with_subtests(subtests):
    for n in (1, 2, 1):
        with subtests.test(n=n):
            assert n == 1
PYTHON
status=0
environment/bin/python -m pytest -q --tb=no -p no:cacheprovider test_answer.py > said.txt || status=$?
counts=$(grep -oE '^[0-9]+ failed.*' said.txt | tail -1 | sed 's/ in [0-9.]*s.*//')
echo "pytest: status $status, $counts"
points=$(environment/bin/python -c '
import json
tests = json.load(open("autograder_results.json"))["tests"]
print(", ".join("{name} {points:g} of {max_points:g}".format(**test) for test in tests))')
echo "points: $points"
[ "$status" = 1 ] && [ "$points" = "case 5 of 5, teardown 5 of 5, fixture 0 of 5" ]
