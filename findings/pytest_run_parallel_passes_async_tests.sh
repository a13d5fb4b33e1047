#!/usr/bin/env bash
# With pytest-run-parallel's --iterations 2 or --parallel-threads 2 a failing async test passes, and so does one that warns under -W error.
#
# versions: pytest-run-parallel 0.10.0, pytest 9.2.0, Python 3.11
# behaviour: the plugin, made to find what is not safe in threads, replaces each test by a function that runs it in threads and takes what
#   they raise. It calls an async test and drops the coroutine, also in a class of unittest.IsolatedAsyncioTestCase, which needs no
#   plugin otherwise: the body never runs. It takes exceptions derived from Exception and pytest's own, and leaves out Warning, so that
#   a RuntimeWarning that -W error makes an error is none; SystemExit and CancelledError, which are no Exception, end
#   a thread, and the test passes. Bitten is who runs a suite a second time in threads and reads the status.
# output:
#   pytest: status 1, passed: none
#   pytest --iterations 2: status 1, passed: test_async test_cancelled test_exit test_in_a_class test_warning
#   pytest --parallel-threads 2: status 1, passed: test_async test_cancelled test_exit test_in_a_class test_warning
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-run-parallel==0.10.0 pytest==9.2.0
cat > test_network.py <<'PYTHON'
import asyncio
import sys
import unittest
import warnings


async def test_async():
    assert False


class Test(unittest.IsolatedAsyncioTestCase):
    async def test_in_a_class(self):
        self.fail()


def test_warning():
    warnings.warn("overflow encountered in exp", RuntimeWarning)


def test_exit():
    sys.exit("no network")


def test_cancelled():
    raise asyncio.CancelledError


def test_plain():
    assert False
PYTHON
for option in "" --iterations --parallel-threads; do
    code=0
    run=(environment/bin/python -m pytest -q -rA -p no:cacheprovider -W error -W ignore::pytest.PytestWarning test_network.py)
    "${run[@]}" ${option:+"$option" 2} > run.txt 2>&1 || code=$?
    passed=$(grep -E '^(PARALLEL )?PASSED' run.txt | grep -oE '::test_[a-z_]+' | tr -d : | sort | tr '\n' ' ' || true)
    echo "pytest${option:+ $option 2}: status $code, passed: ${passed:-none}" | sed 's/ $//'
done | tee said.txt
diff said.txt - <<'EXPECTED'
pytest: status 1, passed: none
pytest --iterations 2: status 1, passed: test_async test_cancelled test_exit test_in_a_class test_warning
pytest --parallel-threads 2: status 1, passed: test_async test_cancelled test_exit test_in_a_class test_warning
EXPECTED
