#!/usr/bin/env bash
# Where pytest-tap 3.5 is installed, pytest 9.2 runs no test at all, with or without --tap; pytest 9.1.1 does.
#
# versions: pytest-tap 3.5, pytest 9.1.1 and 9.2.0, Python 3.11
# behaviour: the plugin has two options that are stored under one name: --tap by dest="tap_stream", and the older, hidden
#   --tap-stream by its own name. pytest 9.2 refuses the second one while it loads plugins, and ends there with status 3 and no
#   summary: so a project that has never used the plugin has no tests, once another package brought it along and pytest
#   was renewed, as pytest-tap allows any from 3.0 on. Only leaving it out, by `-p no:tap`, helps.
# output:
#   pytest 9.1.1: 1 passed, status 0
#   pytest 9.2.0: no summary, status 3
#   pytest 9.2.0 with -p no:tap: 1 passed, status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
install() { environment/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
printf 'def test_loss_falls():\n    assert 0.3 < 0.5\n' > test_loss.py
run() {
    status=0
    environment/bin/python -m pytest -q -p no:cacheprovider "$@" test_loss.py > said.txt 2>&1 || status=$?
    summary=$(grep -oE '^[0-9]+ (passed|failed)' said.txt) || summary="no summary"
    echo "$summary, status $status"
}
install pytest==9.1.1 pytest-tap==3.5
echo "pytest 9.1.1: $(run)" | tee all.txt
install pytest==9.2.0 pytest-tap==3.5
echo "pytest 9.2.0: $(run)" | tee -a all.txt
grep -q "option dest 'tap_stream' already used" said.txt
echo "pytest 9.2.0 with -p no:tap: $(run -p no:tap)" | tee -a all.txt
diff all.txt - <<'EXPECTED'
pytest 9.1.1: 1 passed, status 0
pytest 9.2.0: no summary, status 3
pytest 9.2.0 with -p no:tap: 1 passed, status 0
EXPECTED
