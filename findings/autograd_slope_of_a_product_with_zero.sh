#!/usr/bin/env bash
# autograd's gradient of np.prod([0, 2, 3]) is [nan, 0, 0], and that of np.sinc at 0 is nan; both functions are smooth there.
#
# versions: autograd 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: the slope of a product is computed as the product divided by each factor, 0 / 0 here, where the product of the
#   others, 6, is meant; so a likelihood or a mask with one zero gives nan for it alone. The slope of sinc divides by x too. A
#   RuntimeWarning is the only sign.
# output:
#   prod at [0, 2, 3]: autograd [nan, 0.0, 0.0], differences [6.0, 0.0, 0.0]
#   sinc at 0: autograd nan, differences 0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check autograd==1.9.1 numpy==2.4.6
cat > slopes.py <<'PYTHON'
import autograd.numpy as np
from autograd import grad

STEP = 1e-4


def differences(function, x):
    return [float(function(x + STEP * e) - function(x - STEP * e)) / (2 * STEP) for e in np.eye(len(x))]


x = np.array([0.0, 2.0, 3.0])
print(f"prod at [0, 2, 3]: autograd {grad(np.prod)(x).tolist()}, differences {np.round(differences(np.prod, x), 6).tolist()}")
at_zero = differences(lambda x: np.sinc(x[0]), np.zeros(1))[0]
print(f"sinc at 0: autograd {grad(np.sinc)(0.0)}, differences {round(at_zero, 6) + 0.0}")
PYTHON
environment/bin/python -W ignore slopes.py | tee said.txt
diff said.txt - <<'EXPECTED'
prod at [0, 2, 3]: autograd [nan, 0.0, 0.0], differences [6.0, 0.0, 0.0]
sinc at 0: autograd nan, differences 0.0
EXPECTED
