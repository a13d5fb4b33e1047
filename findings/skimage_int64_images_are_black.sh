#!/usr/bin/env bash
# scikit-image makes an image of int64 black: a pixel of 255 becomes 2.8e-17 in resize, gaussian, rgb2gray and img_as_float.
#
# versions: scikit-image 0.26.0, numpy 2.4.6, Python 3.11
# behaviour: an image of integers is scaled by the largest number of its type, 255 for uint8 and 9223372036854775807
#   for int64, the type that np.array of a list or a difference of images has. No exception, no warning. A float image
#   is taken as it is, so that resize of the same picture gives 1 from uint8, 255 from float64 and next to nothing from
#   int64. img_as_ubyte does the opposite: it sees that 255 fits, and does not scale.
# output:
#   uint8: resize 1, gaussian 1, rgb2gray 1, img_as_float 1
#   float64: resize 255, gaussian 255, rgb2gray 255, img_as_float 255
#   int64: resize 2.76e-17, gaussian 2.76e-17, rgb2gray 2.76e-17, img_as_float 2.76e-17
#   img_as_ubyte of int64: 255
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-image==0.26.0 numpy==2.4.6
cat > white.py <<'PYTHON'
import numpy as np
from skimage import color, filters, img_as_float, img_as_ubyte, transform

for kind in (np.uint8, np.float64, np.int64):
    white = np.full((4, 4), 255, kind)
    came = {
        "resize": transform.resize(white, (2, 2)),
        "gaussian": filters.gaussian(white),
        "rgb2gray": color.rgb2gray(np.stack([white] * 3, axis=-1)),
        "img_as_float": img_as_float(white),
    }
    print(f"{white.dtype}:", ", ".join(f"{name} {image.max():.3g}" for name, image in came.items()))
print("img_as_ubyte of int64:", img_as_ubyte(np.full((4, 4), 255)).max())
PYTHON
environment/bin/python -W ignore white.py | tee said.txt
diff said.txt - <<'EXPECTED'
uint8: resize 1, gaussian 1, rgb2gray 1, img_as_float 1
float64: resize 255, gaussian 255, rgb2gray 255, img_as_float 255
int64: resize 2.76e-17, gaussian 2.76e-17, rgb2gray 2.76e-17, img_as_float 2.76e-17
img_as_ubyte of int64: 255
EXPECTED
