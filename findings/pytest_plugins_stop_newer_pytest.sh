#!/usr/bin/env bash
# Where pytest-tap 3.5 is installed, pytest 9.2 runs no test at all, used or not, and where pytest-cases 3.10.1 is, pytest 9.1 does not.
#
# versions: pytest-tap 3.5, pytest-cases 3.10.1, pytest 9.0.2, 9.1.1 and 9.2.0, Python 3.11
# behaviour: pytest-tap has two options that are stored under one name: --tap by dest="tap_stream", and the older, hidden
#   --tap-stream by its own name. pytest 9.2 refuses the second one while it loads plugins. pytest-cases makes an object of
#   pytest's private IdMaker when it is imported, with one argument more than 9.1 takes. pytest ends there, without a
#   summary: so a project that has never used the plugin has no tests, once another package brought it along and pytest was
#   renewed, as both allow any later pytest. Only leaving it out, by `-p no:tap` or `-p no:cases`, helps.
# output:
#   pytest-tap, pytest 9.1.1: 1 passed, status 0
#   pytest-tap, pytest 9.2.0: no summary, status 3
#   pytest-tap, pytest 9.2.0 with -p no:tap: 1 passed, status 0
#   pytest-cases, pytest 9.0.2: 1 passed, status 0
#   pytest-cases, pytest 9.1.1: no summary, status 1
#   pytest-cases, pytest 9.1.1 with -p no:cases: 1 passed, status 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf 'def test_loss_falls():\n    assert 0.3 < 0.5\n' > test_loss.py
install() { environment/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
run() {
    status=0
    environment/bin/python -m pytest -q -p no:cacheprovider "$@" test_loss.py > said.txt 2>&1 || status=$?
    summary=$(grep -oE '^[0-9]+ (passed|failed)' said.txt) || summary="no summary"
    echo "$summary, status $status"
}
plugin() {
    name=${1%%==*}
    rm -rf environment
    python3 -m venv environment
    install "$1" "$4"
    echo "$name, ${4/==/ }: $(run)"
    install "$1" "$5"
    echo "$name, ${5/==/ }: $(run)"
    grep -q "$3" said.txt
    echo "$name, ${5/==/ } with -p no:$2: $(run -p "no:$2")"
}
{
    plugin pytest-tap==3.5 tap "option dest 'tap_stream' already used" pytest==9.1.1 pytest==9.2.0
    plugin pytest-cases==3.10.1 cases IdMaker pytest==9.0.2 pytest==9.1.1
} | tee all.txt
diff all.txt - <<'EXPECTED'
pytest-tap, pytest 9.1.1: 1 passed, status 0
pytest-tap, pytest 9.2.0: no summary, status 3
pytest-tap, pytest 9.2.0 with -p no:tap: 1 passed, status 0
pytest-cases, pytest 9.0.2: 1 passed, status 0
pytest-cases, pytest 9.1.1: no summary, status 1
pytest-cases, pytest 9.1.1 with -p no:cases: 1 passed, status 0
EXPECTED
