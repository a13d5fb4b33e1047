#!/usr/bin/env bash
# After one test by hypothesis, pytest-timeout's limit of any later test is lost if it falls into a garbage collection; the test passes.
#
# versions: hypothesis 6.170.17, pytest-timeout 2.4.0, pytest 9.2.0, Python 3.11
# behaviour: hypothesis measures the time of garbage collections by a callback in gc.callbacks, which its first test adds and nobody
#   takes away. Python runs a signal's handler at the next Python code, which after a long collection is that callback, and reports an
#   exception in a callback instead of raising it. So the failure that pytest-timeout raises in the handler becomes a warning of pytest
#   (an error of that test only with -W error, and then at its end), the alarm is not repeated, and the test runs as long as it wants.
#   Alone, the same test ends at its limit. The same happens to any exception that a signal's handler raises, such as an own time
#   limit by setitimer; who needs it repeats the alarm (setitimer's interval), or collects no garbage meanwhile.
# output:
#   with a property before it: 2 passed, 1 warning; Failed: Timeout (>0.1s) from pytest-timeout
#   alone: 1 failed, 1 deselected; Failed: Timeout (>0.1s) from pytest-timeout
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-timeout==2.4.0 hypothesis==6.170.17
cat > test_limit.py <<'PYTHON'
import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

gc.disable()
HEAP = [[] for _ in range(6_000_000)]  # a collection looks at each of them, which takes longer than the limit


@given(st.integers())
def test_property(number):
    assert number == number


@pytest.mark.timeout(0.1, method="signal", func_only=True)
def test_limited():
    gc.collect()
    begun = time.monotonic()
    time.sleep(1)
    assert time.monotonic() - begun >= 1
PYTHON
told() {
    environment/bin/python -m pytest -q -p no:cacheprovider test_limit.py "$@" > told.txt || true
    echo "$(tail -n 1 told.txt | sed 's/ in .*//'); $(grep -Eo 'Failed: Timeout \(>0.1s\) from pytest-timeout' told.txt | head -n 1)"
}
{ echo "with a property before it: $(told)"; echo "alone: $(told -k limited)"; } | tee said.txt
diff said.txt - <<'EXPECTED'
with a property before it: 2 passed, 1 warning; Failed: Timeout (>0.1s) from pytest-timeout
alone: 1 failed, 1 deselected; Failed: Timeout (>0.1s) from pytest-timeout
EXPECTED
