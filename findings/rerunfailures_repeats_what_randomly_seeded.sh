#!/usr/bin/env bash
# With pytest-randomly installed, `pytest --reruns 5` draws the same random numbers five times more: a test that fails by chance stays failed.
#
# versions: pytest-randomly 5.1.0, pytest-rerunfailures 16.7, pytest-repeat 0.9.4, pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: pytest-randomly seeds random and NumPy's global generator before each test, so that tests do not depend
#   on one another. The seed is made from the test's name, and a rerun has the same name: what the plugin runs again
#   for its chance is the same computation to the last bit. Reruns are listed as such, and the failure looks stable.
#   pytest-repeat's copies have names of their own, and draw other numbers. An unseeded np.random.default_rng(), or -p
#   no:randomly, brings chance back. Bitten is whose training converges in most runs, and who lets it try again.
# output:
#   rerunfailures: 6 runs, 6 different numbers, 1 failed, 5 rerun
#   rerunfailures and randomly: 6 runs, 1 different number, 1 failed, 5 rerun
#   repeat and randomly: 6 runs, 6 different numbers, 6 failed
#   rerunfailures and randomly, default_rng(): 6 runs, 6 different numbers, 1 failed, 5 rerun
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest-randomly==5.1.0 pytest-rerunfailures==16.7 pytest-repeat==0.9.4 pytest==9.2.0 numpy==2.4.6
write() { # write EXPRESSION: a test that notes a random number and fails
    cat > test_training.py <<PYTHON
import numpy as np


def test_training():
    with open("drawn.txt", "a") as file:
        print($1, file=file)
    raise AssertionError("it did not converge this time")
PYTHON
}
run() { # run TITLE OPTIONS: how often the test ran, and on how many numbers
    local title=$1
    shift
    rm -f drawn.txt
    environment/bin/python -m pytest -p no:cacheprovider "$@" test_training.py > said.txt 2>&1 || true
    local different counts word=numbers
    different=$(sort -u drawn.txt | wc -l)
    [ "$different" = 1 ] && word=number
    counts=$(tail -1 said.txt | grep -oE '[0-9]+ (failed|rerun)' | paste -sd , | sed 's/,/, /g')
    echo "$title: $(wc -l < drawn.txt) runs, $different different $word, $counts"
}
{
    write 'np.random.rand()'
    run rerunfailures -p no:randomly --reruns 5
    run "rerunfailures and randomly" --reruns 5
    run "repeat and randomly" --count 6
    write 'np.random.default_rng().random()'
    run "rerunfailures and randomly, default_rng()" --reruns 5
} | tee all.txt
diff all.txt - <<'EXPECTED'
rerunfailures: 6 runs, 6 different numbers, 1 failed, 5 rerun
rerunfailures and randomly: 6 runs, 1 different number, 1 failed, 5 rerun
repeat and randomly: 6 runs, 6 different numbers, 6 failed
rerunfailures and randomly, default_rng(): 6 runs, 6 different numbers, 1 failed, 5 rerun
EXPECTED
