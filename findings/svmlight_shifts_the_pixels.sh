#!/usr/bin/env bash
# scikit-learn's dump_svmlight_file and load_svmlight_file move an image one pixel to the left if its corner is always black.
#
# versions: scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, Python 3.11
# behaviour: the file keeps only numbers other than 0, each with its column. dump counts columns from 0; load guesses
#   where they start: from 1, unless column 0 occurs. In images with a black margin, as MNIST's, no first pixel occurs,
#   so that all pixels move by one, and the black columns at the end are cut off. A second file with one bright corner
#   stays as it is: training and test images no longer fit, though both may have the same shape. The documentation
#   calls the guess, zero_based="auto", always safe for a file read whole; True and n_features give the images back.
# output:
#   written: [0, 5, 6, 0] and [0, 7, 0, 0], read: [5, 6] and [7, 0]
#   with n_features=4: [5, 6, 0, 0] and [7, 0, 0, 0]
#   with one bright corner: [1, 5, 6, 0] and [0, 7, 0, 0]
#   with zero_based=True: [0, 5, 6, 0] and [0, 7, 0, 0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > shift.py <<'PYTHON'
from io import BytesIO

import numpy as np
from sklearn.datasets import dump_svmlight_file, load_svmlight_file


def there_and_back(images: np.ndarray, **how: object) -> str:
    file = BytesIO()
    dump_svmlight_file(images, [3, 8], file)
    file.seek(0)
    rows = load_svmlight_file(file, **how)[0].toarray().astype(int).tolist()
    return f"{rows[0]} and {rows[1]}"


images = np.array([[0, 5, 6, 0], [0, 7, 0, 0]])
print(f"written: {images[0].tolist()} and {images[1].tolist()}, read: {there_and_back(images)}")
print("with n_features=4:", there_and_back(images, n_features=4))
bright = images.copy()
bright[0, 0] = 1
print("with one bright corner:", there_and_back(bright, n_features=4))
print("with zero_based=True:", there_and_back(images, zero_based=True, n_features=4))
PYTHON
environment/bin/python shift.py | tee said.txt
diff said.txt - <<'EXPECTED'
written: [0, 5, 6, 0] and [0, 7, 0, 0], read: [5, 6] and [7, 0]
with n_features=4: [5, 6, 0, 0] and [7, 0, 0, 0]
with one bright corner: [1, 5, 6, 0] and [0, 7, 0, 0]
with zero_based=True: [0, 5, 6, 0] and [0, 7, 0, 0]
EXPECTED
