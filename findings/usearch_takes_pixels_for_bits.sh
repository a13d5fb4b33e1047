#!/usr/bin/env bash
# usearch's index finds another nearest image in uint8 than in float32: it takes the pixels for packed bits, and of 784 pixels the first 98; images that differ behind these are at a distance of 0.
#
# versions: usearch 2.26.6, numpy 2.4.6, Python 3.11
# behaviour: the index was made for 784 numbers, the square of the euclidean distance and float32, which are its
#   defaults but for the first. add and search look at the dtype of the array: float and int8 are numbers, uint8 is a
#   row of packed bits, eight in each. The index then holds 784 numbers that are 0 or 1, and the 686 bytes that are
#   left are nowhere, without a word. The first 98 pixels of an image of MNIST, its upper margin, are black in nearly
#   all of them, so that any image is the nearest. With dtype="u8" for add and search the pixels are numbers from 0 to
#   1. Its issue 595, of 2025, is on this.
# output:
#   uint8: image 0 at 0, image 1 at 1, image 2 at 0, image 3 at 0
#   float32: image 0 at 0, image 1 at 5, image 2 at 36100, image 3 at 6400
#   uint8, dtype="u8": image 0 at 0, image 1 at 7.68936e-05, image 2 at 0.555171, image 3 at 0.0984237
#   image 1 in the index: [407] of image 1: [ 50 150]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check usearch==2.26.6 numpy==2.4.6
cat > nearest.py <<'PYTHON'
import numpy as np
from usearch.index import Index

images = np.zeros((4, 784), np.uint8)
images[:, 150] = [10, 12, 200, 90]
images[:, 50] = [0, 1, 0, 0]
for name, given, options in (
    ("uint8", images, {}),
    ("float32", images.astype(np.float32), {}),
    ('uint8, dtype="u8"', images, {"dtype": "u8"}),
):
    index = Index(ndim=784, metric="l2sq", dtype="f32")
    index.add(np.arange(4), given, **options)
    found = index.search(given[0], 4, exact=True, **options)
    print(f"{name}:", ", ".join(f"image {key} at {distance:g}" for key, distance in sorted(zip(found.keys, found.distances))))
index = Index(ndim=784, metric="l2sq", dtype="f32")
index.add(np.arange(4), images)
print("image 1 in the index:", np.flatnonzero(index.get(1)), "of image 1:", np.flatnonzero(images[1]))
PYTHON
environment/bin/python nearest.py | tee said.txt
diff said.txt - <<'EXPECTED'
uint8: image 0 at 0, image 1 at 1, image 2 at 0, image 3 at 0
float32: image 0 at 0, image 1 at 5, image 2 at 36100, image 3 at 6400
uint8, dtype="u8": image 0 at 0, image 1 at 7.68936e-05, image 2 at 0.555171, image 3 at 0.0984237
image 1 in the index: [407] of image 1: [ 50 150]
EXPECTED
