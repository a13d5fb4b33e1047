#!/usr/bin/env bash
# OpenCV reads a PGM image of 16 greys as 0, 85, 170, 255 if it is written in text (P2), and as 0, 5, 10, 15, nearly black, if it is written in bytes (P5); Pillow scales both.
#
# versions: opencv-python-headless 5.0.0.93, pillow 13.0.0, imageio 2.38.1, netpbmfile 2026.1.29, numpy 2.4.6,
#   Python 3.11
# behaviour: a PGM file states its white, here 15; handwritten digits of 8 by 8 pixels in scikit-learn have 16. The
#   two forms of the format hold the same image. OpenCV divides by the white in one, and leaves the bytes of the other
#   as they are; with a white of 1000 it divides in none, and the 8 bits asked for by IMREAD_GRAYSCALE are the upper
#   ones of 16, so that white is 3. Pillow, and imageio by it, always scale to 255 or 65535, netpbmfile never does: it
#   gives the numbers of the file. A network that was trained with one reader so gets other pixels from another.
# output:
#   written: 0 5 10 15
#     text.pgm: OpenCV 0 85 170 255, OpenCV in grey 0 85 170 255, Pillow 0 85 170 255, imageio 0 85 170 255, netpbmfile 0 5 10 15
#     bytes.pgm: OpenCV 0 5 10 15, OpenCV in grey 0 5 10 15, Pillow 0 85 170 255, imageio 0 85 170 255, netpbmfile 0 5 10 15
#   written: 0 333 666 1000
#     text.pgm: OpenCV 0 333 666 1000, OpenCV in grey 0 1 2 3, Pillow 0 21823 43646 65535, imageio 0 21823 43646 65535, netpbmfile 0 333 666 1000
#     bytes.pgm: OpenCV 0 333 666 1000, OpenCV in grey 0 1 2 3, Pillow 0 21823 43646 65535, imageio 0 21823 43646 65535, netpbmfile 0 333 666 1000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 \
  pillow==13.0.0 imageio==2.38.1 netpbmfile==2026.1.29 numpy==2.4.6
cat > read.py <<'PYTHON'
import cv2
import imageio.v3
import netpbmfile
import numpy as np
from PIL import Image

for white in (15, 1000):
    greys = [0, white // 3, 2 * white // 3, white]
    with open("text.pgm", "w") as file:
        file.write(f"P2\n2 2\n{white}\n{' '.join(map(str, greys))}\n")
    with open("bytes.pgm", "wb") as file:
        file.write(f"P5\n2 2\n{white}\n".encode() + np.array(greys, "u1" if white < 256 else ">u2").tobytes())
    print("written:", *greys)
    for name in ("text.pgm", "bytes.pgm"):
        read = {
            "OpenCV": cv2.imread(name, cv2.IMREAD_UNCHANGED),
            "OpenCV in grey": cv2.imread(name, cv2.IMREAD_GRAYSCALE),
            "Pillow": np.asarray(Image.open(name)),
            "imageio": imageio.v3.imread(name),
            "netpbmfile": netpbmfile.imread(name),
        }
        print(f"  {name}:", ", ".join(f"{tool} {' '.join(map(str, pixels.ravel()))}" for tool, pixels in read.items()))
PYTHON
environment/bin/python read.py | tee said.txt
diff said.txt - <<'EXPECTED'
written: 0 5 10 15
  text.pgm: OpenCV 0 85 170 255, OpenCV in grey 0 85 170 255, Pillow 0 85 170 255, imageio 0 85 170 255, netpbmfile 0 5 10 15
  bytes.pgm: OpenCV 0 5 10 15, OpenCV in grey 0 5 10 15, Pillow 0 85 170 255, imageio 0 85 170 255, netpbmfile 0 5 10 15
written: 0 333 666 1000
  text.pgm: OpenCV 0 333 666 1000, OpenCV in grey 0 1 2 3, Pillow 0 21823 43646 65535, imageio 0 21823 43646 65535, netpbmfile 0 333 666 1000
  bytes.pgm: OpenCV 0 333 666 1000, OpenCV in grey 0 1 2 3, Pillow 0 21823 43646 65535, imageio 0 21823 43646 65535, netpbmfile 0 333 666 1000
EXPECTED
