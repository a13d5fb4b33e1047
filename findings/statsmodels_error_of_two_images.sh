#!/usr/bin/env bash
# statsmodels' mse of two images in uint8 is 35.25 where scikit-learn's is 37731.25, and its mean absolute error is larger than its rmse.
#
# versions: statsmodels 0.15.0, scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: the functions of eval_measures subtract the arrays as they come, and mse squares in that type too: in
#   uint8 all of it is modulo 256. So a network that is wrong by nearly the whole range has a small error. The
#   docstrings speak of asanyarray and shapes, and not of types. durbin_watson of residuals in uint8 is wrong as well.
#   scikit-learn converts in these two. No warning. Bitten is who measures a reconstructed image by them.
# output:
#   mse: statsmodels 35.25, scikit-learn 37731.25
#   rmse: statsmodels 5.94, scikit-learn 194.25
#   mean absolute error: statsmodels 125.25, scikit-learn 183.75
#   durbin_watson: uint8 2.59, float 0.82
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check statsmodels==0.15.0 scikit-learn==1.9.1 numpy==2.4.6
cat > errors.py <<'PYTHON'
import numpy as np
from sklearn import metrics
from statsmodels.stats.stattools import durbin_watson
from statsmodels.tools import eval_measures

came, right = np.array([[200, 100, 250, 5], [10, 20, 30, 250]], np.uint8)
print(f"mse: statsmodels {eval_measures.mse(right, came):.2f}, scikit-learn {metrics.mean_squared_error(right, came):.2f}")
print(f"rmse: statsmodels {eval_measures.rmse(right, came):.2f}, scikit-learn {metrics.root_mean_squared_error(right, came):.2f}")
print(
    f"mean absolute error: statsmodels {eval_measures.meanabs(came, right):.2f}, "
    f"scikit-learn {metrics.mean_absolute_error(came, right):.2f}"
)
print(f"durbin_watson: uint8 {durbin_watson(came):.2f}, float {durbin_watson(came.astype(float)):.2f}")
PYTHON
environment/bin/python -W ignore errors.py | tee said.txt
diff said.txt - <<'EXPECTED'
mse: statsmodels 35.25, scikit-learn 37731.25
rmse: statsmodels 5.94, scikit-learn 194.25
mean absolute error: statsmodels 125.25, scikit-learn 183.75
durbin_watson: uint8 2.59, float 0.82
EXPECTED
