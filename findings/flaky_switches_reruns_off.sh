#!/usr/bin/env bash
# With flaky installed, `pytest --reruns 2` of pytest-rerunfailures runs a failing test once, and says nothing.
#
# versions: pytest-rerunfailures 16.7, flaky 3.8.1, pytest 9.2.0, Python 3.11
# behaviour: both plugins replace the way in which pytest runs a test, and pytest takes the first replacement that answers:
#   flaky's, also for tests that have nothing to do with flaky. --reruns is accepted, listed nowhere and without effect, so a
#   suite whose tests may fail by chance (training, statistics) gets red as soon as another package brings flaky along. Both
#   own the mark "flaky" too: mark.flaky(reruns=2) works with the one, and with both is an error, TypeError, in place of the test.
# output:
#   pytest-rerunfailures alone: --reruns 2: 3 runs, 1 failed, 2 rerun; mark: 3 runs, 1 failed, 2 rerun
#   with flaky: --reruns 2: 1 runs, 1 failed; mark: 0 runs, 1 error
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
install() { environment/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
install pytest==9.2.0 pytest-rerunfailures==16.7
cat > test_plain.py <<'PY'
from pathlib import Path

def test_loss_falls():
    with Path("runs.txt").open("a") as file:
        file.write("run\n")
    assert False
PY
{ echo "import pytest"; sed 's/^def/@pytest.mark.flaky(reruns=2)\ndef/' test_plain.py; } > test_marked.py
run() {
    : > runs.txt
    environment/bin/python -m pytest -q -p no:cacheprovider --no-header "$@" > said.txt || true
    echo "$(wc -l < runs.txt | tr -d ' ') runs, $(tail -n 1 said.txt | sed 's/ in .*//')"
}
both() { echo "$1: --reruns 2: $(run --reruns 2 test_plain.py); mark: $(run test_marked.py)"; }
both "pytest-rerunfailures alone" | tee all.txt
install flaky==3.8.1
both "with flaky" | tee -a all.txt
diff all.txt - <<'EXPECTED'
pytest-rerunfailures alone: --reruns 2: 3 runs, 1 failed, 2 rerun; mark: 3 runs, 1 failed, 2 rerun
with flaky: --reruns 2: 1 runs, 1 failed; mark: 0 runs, 1 error
EXPECTED
