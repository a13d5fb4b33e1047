#!/usr/bin/env bash
# mutmut and cosmic-ray change nothing in `W @ x` and `W.T @ delta`: no mutant survives tests that look at shapes alone.
#
# versions: mutmut 3.8.1, cosmic-ray 8.7.0, pytest 9.2.0, numpy 2.4.6, Python 3.11
# behaviour: both know the operators of arithmetic and of bits, and neither knows `@`, nor an attribute such as `.T`. A
#   forward pass and a way back written with them have no mutants at all, and the report counts the rest: mutmut says 6
#   of 6 killed, cosmic-ray 22 jobs and 0 % survivors, all of them in the function that has a `*` and a `-`, and for mutmut in
#   the arguments of np.outer. The same tests pass with both products transposed by hand.
# output:
#   tests of the wrong network: 2 passed
#   mutmut: killed 6 (changes 4, step 2), others 0
#   cosmic-ray: jobs 22, in lines 17, surviving mutants: 0 (0.00%)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1 cosmic-ray==8.7.0 pytest==9.2.0 numpy==2.4.6
cat > net.py <<'PYTHON'
import numpy as np


def forward(W, x):
    return W @ x


def back(W, delta):
    return W.T @ delta


def changes(delta, a):
    return np.outer(delta, a)


def step(W, rate, gradient):
    return W - rate * gradient
PYTHON
mkdir tests
cat > tests/test_net.py <<'PYTHON'
import net
import numpy as np


def test_shapes():
    assert net.forward(np.ones((2, 2)), np.ones(2)).shape == (2,)
    assert net.back(np.ones((2, 2)), np.ones(2)).shape == (2,)
    assert net.changes(np.ones(2), np.ones(3)).shape == (2, 3)


def test_step():
    assert net.step(3.0, 0.5, 2.0) == 2.0
PYTHON
printf '[mutmut]\nsource_paths=net.py\n' > setup.cfg
cat > cosmic.toml <<TOML
[cosmic-ray]
module-path = "net.py"
timeout = 30.0
excluded-modules = []
test-command = "environment/bin/python -m pytest -q -x tests"
[cosmic-ray.distributor]
name = "local"
TOML
export PYTHONDONTWRITEBYTECODE=1
mkdir wrong
sed 's/W @ x/W.T @ x/; s/W\.T @ delta/W @ delta/' net.py > wrong/net.py
cp -r tests wrong
wrong=$(cd wrong && ../environment/bin/python -m pytest -q -p no:cacheprovider | grep -oE "^[0-9]+ passed")
PATH="$PWD/environment/bin:$PATH" environment/bin/mutmut run > mutmut.txt 2>&1
environment/bin/mutmut results --all true > mutants.txt
environment/bin/cosmic-ray init cosmic.toml session.sqlite
environment/bin/cosmic-ray exec cosmic.toml session.sqlite
environment/bin/cosmic-ray dump session.sqlite | grep -oE '"start_pos": \[[0-9]+' | grep -oE "[0-9]+$" | sort -u | xargs > lines.txt
environment/bin/cr-report session.sqlite > report.txt
{
    echo "tests of the wrong network: $wrong"
    echo "mutmut: killed $(grep -c killed mutants.txt) (changes $(grep -c x_changes mutants.txt), step $(grep -c x_step mutants.txt)), others $(grep -cv killed mutants.txt || true)"
    echo "cosmic-ray: jobs $(grep -oE "total jobs: [0-9]+" report.txt | grep -oE "[0-9]+"), in lines $(cat lines.txt), $(grep surviving report.txt)"
} | tee said.txt
diff said.txt - <<'EXPECTED'
tests of the wrong network: 2 passed
mutmut: killed 6 (changes 4, step 2), others 0
cosmic-ray: jobs 22, in lines 17, surviving mutants: 0 (0.00%)
EXPECTED
