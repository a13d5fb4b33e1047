#!/usr/bin/env bash
# scikit-learn's max_error of a pixel of 0 where 200 came is 56 in uint8, less than the mean_absolute_error, which is 200.
#
# versions: scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, Python 3.11
# behaviour: max_error and median_absolute_error subtract the arrays as they come, and in uint8 0 - 200 is 56; each subtracts in another
#   order, so that one is wrong for too dark pixels and the other for too bright ones. The other metrics of regression
#   are right for the same arguments, as are StandardScaler and the other preprocessing of images. img_to_graph
#   subtracts in uint8 too. No exception, no warning.
# output:
#   200 for 0: max_error 56.0, median_absolute_error 200.0, mean_absolute_error 200.0, root_mean_squared_error 200.0
#   0 for 200: max_error 200.0, median_absolute_error 56.0, mean_absolute_error 200.0, root_mean_squared_error 200.0
#   img_to_graph of the pixels 0 and 200: the edge has 56, of floats: 200
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > errors.py <<'PYTHON'
import numpy as np
from sklearn import metrics
from sklearn.feature_extraction.image import img_to_graph

names = ["max_error", "median_absolute_error", "mean_absolute_error", "root_mean_squared_error"]
for right, came in ((0, 200), (200, 0)):
    arrays = np.full(3, right, np.uint8), np.full(3, came, np.uint8)
    print(f"{came} for {right}: {', '.join(f'{name} {float(getattr(metrics, name)(*arrays))}' for name in names)}")
edge = [int(img_to_graph(np.array([[0, 200]], kind)).toarray()[0, 1]) for kind in (np.uint8, float)]
print(f"img_to_graph of the pixels 0 and 200: the edge has {edge[0]}, of floats: {edge[1]}")
PYTHON
environment/bin/python -W error errors.py | tee said.txt
diff said.txt - <<'EXPECTED'
200 for 0: max_error 56.0, median_absolute_error 200.0, mean_absolute_error 200.0, root_mean_squared_error 200.0
0 for 200: max_error 200.0, median_absolute_error 56.0, mean_absolute_error 200.0, root_mean_squared_error 200.0
img_to_graph of the pixels 0 and 200: the edge has 56, of floats: 200
EXPECTED
