#!/usr/bin/env bash
# The integral of three pixels of 200 is 144.0 by np.trapezoid and SciPy's trapezoid: the sums of neighbours wrap around.
#
# versions: numpy 2.4.6, scipy 1.17.1, Python 3.11
# behaviour: the result is a float64, as for any integers, and looks like a computation in floats. But each pair of
#   neighbours is added first, in uint8, where 200 + 200 is 144, and halved afterwards. There is no warning. np.mean,
#   np.average, np.cov and SciPy's simpson of the same pixels are right. A histogram, a ROC curve or a profile kept in
#   small integers is integrated wrongly.
# output:
#   np.trapezoid: 144.0 (float64), of floats: 400.0
#   scipy: trapezoid 144.0, cumulative_trapezoid [72.0, 144.0]
#   scipy: simpson 400.0; np.mean times the length: 400.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 scipy==1.17.1
cat > line.py <<'PYTHON'
import numpy as np
from scipy import integrate

pixels = np.array([200, 200, 200], np.uint8)
area = np.trapezoid(pixels)
print(f"np.trapezoid: {area} ({type(area).__name__}), of floats: {np.trapezoid(pixels.astype(float))}")
print(f"scipy: trapezoid {integrate.trapezoid(pixels)}, cumulative_trapezoid {integrate.cumulative_trapezoid(pixels).tolist()}")
print(f"scipy: simpson {integrate.simpson(pixels)}; np.mean times the length: {pixels.mean() * 2}")
PYTHON
environment/bin/python -W error line.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.trapezoid: 144.0 (float64), of floats: 400.0
scipy: trapezoid 144.0, cumulative_trapezoid [72.0, 144.0]
scipy: simpson 400.0; np.mean times the length: 400.0
EXPECTED
