#!/usr/bin/env bash
# A test with python-proptest's @for_all passes if its body returns False, is async or is a generator; run_for_all of the same lambda fails.
#
# versions: python-proptest 0.1.5, pytest 9.2.0, Python 3.11
# behaviour: a property may return whether it holds: run_for_all fails for a False, and for None too, and the first
#   example of the package returns a comparison. The decorator for pytest calls the body and looks for an
#   AssertionError alone. So a property moved from one to the other is true for all numbers; pytest, which warns of a
#   test that returns something, sees the decorator's None. A body with await or yield is called and never run: pytest
#   would refuse the first without a plugin, and Hypothesis refuses all three with errors of its own. An assertion in
#   a plain body is found. No issue was found upstream, and the README does not say it.
# output:
#   pytest ended with 1
#   PASSED test_network.py::test_returns
#   PASSED test_network.py::test_async
#   PASSED test_network.py::test_generator
#   FAILED test_network.py::test_run_for_all
#   FAILED test_network.py::test_asserts
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check python-proptest==0.1.5 pytest==9.2.0
cat > test_network.py <<'PYTHON'
from python_proptest import Gen, for_all, run_for_all


def in_range(pixel):
    return pixel / 200 <= 1


def test_run_for_all():
    run_for_all(in_range, Gen.int(0, 255))


@for_all(Gen.int(0, 255))
def test_returns(pixel):
    return in_range(pixel)


@for_all(Gen.int(0, 255))
def test_asserts(pixel):
    assert in_range(pixel)


@for_all(Gen.int(0, 255))
async def test_async(pixel):
    assert in_range(pixel)


@for_all(Gen.int(0, 255))
def test_generator(pixel):
    yield
    assert in_range(pixel)
PYTHON
{
    environment/bin/python -m pytest -rA -q -p no:cacheprovider test_network.py > pytest.txt 2>&1 || echo "pytest ended with $?"
    grep -oE '^(PASSED|FAILED) [^ ]*' pytest.txt
} | tee said.txt
diff said.txt - <<'EXPECTED'
pytest ended with 1
PASSED test_network.py::test_returns
PASSED test_network.py::test_async
PASSED test_network.py::test_generator
FAILED test_network.py::test_run_for_all
FAILED test_network.py::test_asserts
EXPECTED
