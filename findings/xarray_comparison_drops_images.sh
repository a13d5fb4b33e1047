#!/usr/bin/env bash
# In xarray the accuracy of four predictions, of which one is right, is 1.0: (prediction == label) has one element left.
#
# versions: xarray 2026.9.0, pandas 3.1.1, numpy 2.4.6, Python 3.11
# behaviour: operators keep the coordinates that both sides have, and drop the others without a message, == too. So
#   labels of other images give an accuracy of those in common, and losses at the steps 0.1, 0.2, 0.3 minus losses at np.arange(1, 4) * 0.1
#   have two of three elements, as 0.3 is another float. pandas raises for such an ==, and its difference has nan in these
#   places. With no coordinate in common the mean is nan. xr.set_options(arithmetic_join="exact") raises.
# output:
#   xarray: 4 predictions == 4 labels: 1 element, accuracy 1.0
#   pandas: ValueError: Can only compare identically-labeled Series objects
#   steps 0.1, 0.2, 0.3 by hand minus by np.arange: 2 elements in xarray; in pandas 4, 2 of them nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check xarray==2026.9.0 pandas==3.1.1 numpy==2.4.6
cat > accuracy.py <<'PYTHON'
import numpy as np
import pandas as pd
import xarray as xr

images, others = [10, 11, 12, 13], [13, 14, 15, 16]
predicted, labels = [7, 2, 1, 0], [0, 4, 1, 4]
hits = xr.DataArray(predicted, {"image": images}) == xr.DataArray(labels, {"image": others})
print(f"xarray: 4 predictions == 4 labels: {hits.size} element, accuracy {float(hits.mean())}")
try:
    pd.Series(predicted, images) == pd.Series(labels, others)
except ValueError as error:
    print(f"pandas: ValueError: {error}")
losses, steps, computed = [3.0, 2.0, 1.0], [0.1, 0.2, 0.3], np.arange(1, 4) * 0.1
left = (xr.DataArray(losses, {"step": steps}) - xr.DataArray(losses, {"step": computed})).size
series = pd.Series(losses, steps) - pd.Series(losses, computed)
print(f"steps 0.1, 0.2, 0.3 by hand minus by np.arange: {left} elements in xarray; ", end="")
print(f"in pandas {series.size}, {series.isna().sum()} of them nan")
PYTHON
environment/bin/python -W error accuracy.py | tee said.txt
diff said.txt - <<'EXPECTED'
xarray: 4 predictions == 4 labels: 1 element, accuracy 1.0
pandas: ValueError: Can only compare identically-labeled Series objects
steps 0.1, 0.2, 0.3 by hand minus by np.arange: 2 elements in xarray; in pandas 4, 2 of them nan
EXPECTED
