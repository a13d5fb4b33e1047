#!/usr/bin/env bash
# SMOTE of a uint8 image whose corner is 100 to 105 invents corners of 239 and 57, where a float image gives 100 to 105.
#
# versions: imbalanced-learn 0.14.2, scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: SMOTE puts new samples between a sample and one of its neighbours: sample + step * (neighbour - sample)
#   with a step from 0 to 1. The difference is taken in the dtype of the images: in uint8 a neighbour that is darker
#   by 1 is brighter by 255, and the sum is cut to uint8 again. BorderlineSMOTE and SVMSMOTE share the code. The
#   neighbours are right, since scikit-learn finds them in floats, and so is the shape, dtype and number of the new
#   images; nothing warns. With the images in float64 all new ones lie between their neighbours, as the method says.
# output:
#   SMOTE, uint8: 5 of 14 corners outside of 100 to 105: 44 to 239
#   SMOTE, float64: 0 of 14 corners outside of 100 to 105: 100 to 104
#   BorderlineSMOTE, uint8: 5 of 14 corners outside of 100 to 105: 44 to 239
#   BorderlineSMOTE, float64: 0 of 14 corners outside of 100 to 105: 100 to 104
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check imbalanced-learn==0.14.2 \
  scikit-learn==1.9.1 numpy==2.4.6
cat > corners.py <<'PYTHON'
import numpy as np
from imblearn.over_sampling import SMOTE, BorderlineSMOTE

rng = np.random.default_rng(0)
common = rng.integers(0, 50, (20, 4))
rare = np.array([[200, 210, 220, 100 + index] for index in range(6)])
images = np.concatenate([common, rare])
labels = np.repeat([0, 1], [20, 6])
for method in (SMOTE, BorderlineSMOTE):
    for dtype in (np.uint8, np.float64):
        made, _ = method(k_neighbors=2, random_state=0).fit_resample(images.astype(dtype), labels)
        corners = made[26:, 3].astype(int)
        outside = int(np.sum((corners < 100) | (corners > 105)))
        print(f"{method.__name__}, {made.dtype}: {outside} of {len(corners)} corners outside of 100 to 105: {corners.min()} to {corners.max()}")
PYTHON
environment/bin/python corners.py | tee said.txt
diff said.txt - <<'EXPECTED'
SMOTE, uint8: 5 of 14 corners outside of 100 to 105: 44 to 239
SMOTE, float64: 0 of 14 corners outside of 100 to 105: 100 to 104
BorderlineSMOTE, uint8: 5 of 14 corners outside of 100 to 105: 44 to 239
BorderlineSMOTE, float64: 0 of 14 corners outside of 100 to 105: 100 to 104
EXPECTED
