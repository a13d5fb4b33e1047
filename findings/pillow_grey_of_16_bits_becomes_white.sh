#!/usr/bin/env bash
# Pillow's convert("L") makes a picture of 16 bits per pixel white, and one of floats from 0 to 1 black.
#
# versions: pillow 13.0.0, numpy 2.4.6, Python 3.11
# behaviour: a PNG of 16 bits has levels from 0 to 65535 and opens in the mode I;16. For 8 bits, one would expect the
#   upper byte; convert("L") and convert("RGB") clip at 255, so a quarter and a half of white are both white, and
#   nothing of a scan remains. A picture of the mode F is truncated to integers. There is no warning; a colour picture
#   of 8 bits is converted as expected.
# output: the greys 0, 1/256, 1/4, 1/2 and 1 of white
#   16 bits: 0 255 255 255 255
#   float: 0 0 0 0 1
#   8 bits in colour: 0 1 64 128 255
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pillow==13.0.0 numpy==2.4.6
cat > greys.py <<'PYTHON'
import numpy as np
from PIL import Image

GREYS = np.array([[0, 1 / 256, 1 / 4, 1 / 2, 1]])


def grey(picture):
    return " ".join(map(str, np.asarray(picture.convert("L"))[0]))


Image.fromarray(np.round(GREYS * 65535).astype(np.uint16)).save("deep.png")
with Image.open("deep.png") as deep:
    print("16 bits:", grey(deep))
print("float:", grey(Image.fromarray(GREYS.astype(np.float32))))
print("8 bits in colour:", grey(Image.fromarray(np.repeat(np.round(GREYS * 255)[..., None], 3, axis=2).astype(np.uint8))))
PYTHON
environment/bin/python greys.py | tee said.txt
diff said.txt - <<'EXPECTED'
16 bits: 0 255 255 255 255
float: 0 0 0 0 1
8 bits in colour: 0 1 64 128 255
EXPECTED
