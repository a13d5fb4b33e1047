#!/usr/bin/env bash
# Four joblib tasks with one generator draw four numbers with n_jobs=1, and four times the same number with n_jobs=2.
#
# versions: joblib 1.6.0, numpy 2.4.6, Python 3.11
# behaviour: in series, and in threads, the tasks share the generator, and each continues where the last one ended. Each
#   process gets a copy, pickled in the initial state, and the original does not advance. So a bootstrap that is right
#   in series, as in a test or on a machine with one core (n_jobs=-1), has no variance with workers. There is no
#   warning.
# output: different numbers of four
#   n_jobs=1: 4
#   n_jobs=2: 1, the first that the generator gives afterwards
#   n_jobs=2, prefer="threads": 4
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check joblib==1.6.0 numpy==2.4.6
cat > draw.py <<'PYTHON'
import numpy as np
from joblib import Parallel, delayed


def draw(rng):
    return float(rng.random())


def drawn(**options):
    rng = np.random.default_rng(7)
    values = set(Parallel(**options)(delayed(draw)(rng) for _ in range(4)))
    again = ", the first that the generator gives afterwards" if rng.random() in values else ""
    return f"{len(values)}{again}"


if __name__ == "__main__":
    print("n_jobs=1:", drawn(n_jobs=1))
    print("n_jobs=2:", drawn(n_jobs=2))
    print('n_jobs=2, prefer="threads":', drawn(n_jobs=2, prefer="threads"))
PYTHON
environment/bin/python draw.py | tee said.txt
diff said.txt - <<'EXPECTED'
n_jobs=1: 4
n_jobs=2: 1, the first that the generator gives afterwards
n_jobs=2, prefer="threads": 4
EXPECTED
