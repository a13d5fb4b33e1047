#!/usr/bin/env bash
# scikit-image's manders_overlap_coeff of two uint8 images is 1.65, and of the same floats 0.26; the coefficient lies between 0 and 1.
#
# versions: scikit-image 0.26.0, numpy 2.4.6, Python 3.11
# behaviour: the coefficient is a sum of products through the root of two sums of squares, the cosine of the two
#   images. Products and squares are computed in the image's own type, modulo 256, and only then summed. The functions
#   beside it are right for the same images: pearson_corr_coeff, mean_squared_error and normalized_root_mse convert
#   first. The documentation gives the formula, and asks for pixels that are not negative. No warning. Bitten is who
#   compares pictures as they were read from a file.
# output:
#   manders_overlap_coeff: uint8 1.65, float 0.26
#   of an image with itself: uint8 1.00, float 1.00
#   pearson_corr_coeff: uint8 -0.41, float -0.41
#   mean_squared_error: uint8 32531.25, float 32531.25
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-image==0.26.0 numpy==2.4.6
cat > overlap.py <<'PYTHON'
import numpy as np
from skimage.measure import manders_overlap_coeff, pearson_corr_coeff
from skimage.metrics import mean_squared_error

pixels = np.array([[0, 200, 10, 250], [5, 100, 250, 0], [0, 200, 10, 250], [5, 100, 250, 0]], np.uint8)


def told(title, compute):
    print(f"{title}: uint8 {compute(pixels):.2f}, float {compute(pixels.astype(float)):.2f}")


told("manders_overlap_coeff", lambda image: manders_overlap_coeff(image, image[::-1]))
told("of an image with itself", lambda image: manders_overlap_coeff(image, image))
told("pearson_corr_coeff", lambda image: pearson_corr_coeff(image, image[::-1])[0])
told("mean_squared_error", lambda image: mean_squared_error(image, image[::-1]))
PYTHON
environment/bin/python overlap.py | tee said.txt
diff said.txt - <<'EXPECTED'
manders_overlap_coeff: uint8 1.65, float 0.26
of an image with itself: uint8 1.00, float 1.00
pearson_corr_coeff: uint8 -0.41, float -0.41
mean_squared_error: uint8 32531.25, float 32531.25
EXPECTED
