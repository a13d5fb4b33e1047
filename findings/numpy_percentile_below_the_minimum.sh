#!/usr/bin/env bash
# The 25th percentile of the int8 numbers -100 and 100 is -114, below the minimum; the median is 0 by np.median and 128 by np.percentile.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: np.percentile and np.quantile interpolate between two neighbours in the sorted array, and compute their
#   difference in the type of the array: 100 - (-100) is -56 as an int8. Only then do they go on in float64, so that the
#   result looks like a careful one. Weights quantised to int8 are such numbers, as are 16-bit samples of sound; images
#   of uint8 are spared, as the larger neighbour comes second. np.median computes a mean, which is right.
#   An issue (numpy 29315) and an open pull request (30376) call it a mistake.
# output:
#   int8: 25 %: -114.0, 50 %: 128.0, 75 %: 114.0, median: 0.0
#   int16: 25 %: -31384.0, 50 %: 32768.0, 75 %: 31384.0, median: 0.0
#   float32: 25 %: -50.0, 50 %: 0.0, 75 %: 50.0, median: 0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > quantised.py <<'PYTHON'
import numpy as np

for type_, largest in (("int8", 100), ("int16", 30000), ("float32", 100)):
    weights = np.array([-largest, largest], dtype=type_)
    low, middle, high = np.percentile(weights, [25, 50, 75]).tolist()
    print(f"{type_}: 25 %: {low}, 50 %: {middle}, 75 %: {high}, median: {np.median(weights)}")
PYTHON
environment/bin/python quantised.py | tee said.txt
diff said.txt - <<'EXPECTED'
int8: 25 %: -114.0, 50 %: 128.0, 75 %: 114.0, median: 0.0
int16: 25 %: -31384.0, 50 %: 32768.0, 75 %: 31384.0, median: 0.0
float32: 25 %: -50.0, 50 %: 0.0, 75 %: 50.0, median: 0.0
EXPECTED
