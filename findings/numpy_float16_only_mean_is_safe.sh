#!/usr/bin/env bash
# The mean of an image in float16 is 100 by np.mean, and inf by np.nanmean, np.average with weights, and the sum by the size.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.mean computes float16 in float32 and rounds at the end; its siblings add up in float16, whose largest number is
#   65504, less than the sum of a grey image of 784 pixels. np.std and np.var do not do it either: of the pixels 0 and
#   600 they are inf. nanmean of an array without nan is expected to be the mean; there is a RuntimeWarning about an overflow.
# output:
#   np.mean 100.0, np.nanmean inf, np.average inf, np.sum by the size inf
#   of the pixels 0 and 600: np.mean 300.0, np.std inf, np.var inf; in float32 np.std is 300.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > means.py <<'PYTHON'
import numpy as np

image = np.full((28, 28), 100, np.float16)
average = np.average(image, weights=np.ones_like(image))
print(f"np.mean {np.mean(image)}, np.nanmean {np.nanmean(image)}, np.average {average}, np.sum by the size {np.sum(image) / image.size}")
two = np.array([0, 600], np.float16)
print(f"of the pixels 0 and 600: np.mean {np.mean(two)}, np.std {np.std(two)}, np.var {np.var(two)}; ", end="")
print(f"in float32 np.std is {np.std(two.astype(np.float32))}")
PYTHON
environment/bin/python -W ignore means.py | tee said.txt
diff said.txt - <<'EXPECTED'
np.mean 100.0, np.nanmean inf, np.average inf, np.sum by the size inf
of the pixels 0 and 600: np.mean 300.0, np.std inf, np.var inf; in float32 np.std is 300.0
EXPECTED
