#!/usr/bin/env bash
# SciPy's gradient magnitude of a uint8 image is never above 15: at the edge between black and white it is 4, and 93 in floats.
#
# versions: scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: gaussian_gradient_magnitude and generic_gradient_magnitude keep the slopes in the image's own type, and square
#   them there: modulo 256, so that the root of the sum is at most 15, where it is not the edge that is brightest.
#   gaussian_filter of the same image is right, as rounded. An edge detector on MNIST's pixels as they are in the file finds noise. No
#   exception, no warning; `output=float` as argument makes it right.
# output:
#   uint8: 3 13 4 4 13 3
#   float: 3 31 93 93 31 3
#   uint8 with output=float: 3 31 93 93 31 3
#   the largest value of 1000 random uint8 images: 15
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 scipy==1.17.1
cat > edge.py <<'PYTHON'
import numpy as np
from scipy.ndimage import gaussian_gradient_magnitude

image = np.zeros((5, 6), np.uint8)
image[:, 3:] = 255


def row(slopes):
    return " ".join(f"{slope:.0f}" for slope in slopes[2])


print("uint8:", row(gaussian_gradient_magnitude(image, 1)))
print("float:", row(gaussian_gradient_magnitude(image.astype(float), 1)))
print("uint8 with output=float:", row(gaussian_gradient_magnitude(image, 1, output=float)))
images = np.random.default_rng(1).integers(0, 256, (1000, 28, 28), np.uint8)
print("the largest value of 1000 random uint8 images:", max(gaussian_gradient_magnitude(one, 1).max() for one in images))
PYTHON
environment/bin/python -W error edge.py | tee said.txt
diff said.txt - <<'EXPECTED'
uint8: 3 13 4 4 13 3
float: 3 31 93 93 31 3
uint8 with output=float: 3 31 93 93 31 3
the largest value of 1000 random uint8 images: 15
EXPECTED
