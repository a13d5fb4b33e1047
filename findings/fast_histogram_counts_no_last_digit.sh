#!/usr/bin/env bash
# fast-histogram counts nine of ten digits: of the labels 0 to 9 in ten bins from 0 to 9 the nines are in none, nor is a probability of 1 in bins from 0 to 1; np.histogram, which it replaces, counts both.
#
# versions: fast-histogram 0.14, boost-histogram 1.8.1, numpy 2.4.6, Python 3.11
# behaviour: histogram1d(values, bins, range) has the arguments of np.histogram, and its page gives it as a faster
#   one for bins of equal width; as a difference it names that no edges are returned. In NumPy the last bin has its
#   upper edge, so that the largest value of a range that was taken from the data counts. fast-histogram leaves it
#   out, as it does everything outside, in two dimensions too: a confusion matrix of ten digits by histogram2d from 0
#   to 9 has nine rows and columns. The sum of the counts tells. A reliability diagram of a network that is sure, with
#   probabilities of 1, has no image in its last bin, and the accuracy per bin is 0 / 0. boost-histogram's own
#   Histogram does so too, and documents it as an overflow bin; its numpy module counts the edge.
# output:
#   digits
#     numpy:            [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
#     fast-histogram:   [1, 1, 1, 1, 1, 1, 1, 1, 1, 0]
#     boost_histogram.numpy: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
#   probabilities
#     numpy:            [0, 0, 1, 0, 0, 0, 0, 1, 0, 3]
#     fast-histogram:   [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]
#     boost_histogram.numpy: [0, 0, 1, 0, 0, 0, 0, 1, 0, 3]
#   right answers counted in two dimensions: numpy 10, fast-histogram 9
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check fast-histogram==0.14 \
  boost-histogram==1.8.1 numpy==2.4.6
cat > histogram.py <<'PYTHON'
import boost_histogram
import numpy as np
from fast_histogram import histogram1d, histogram2d

digits = np.arange(10)
sure = np.array([0.25, 0.75, 1.0, 1.0, 1.0])
for name, values, top in (("digits", digits, 9), ("probabilities", sure, 1)):
    print(name)
    print("  numpy:           ", np.histogram(values, 10, (0, top))[0].tolist())
    print("  fast-histogram:  ", histogram1d(values, 10, (0, top)).astype(int).tolist())
    print("  boost_histogram.numpy:", boost_histogram.numpy.histogram(values, 10, (0, top))[0].astype(int).tolist())
pairs = {"numpy": np.histogram2d(digits, digits, 10, ((0, 9), (0, 9)))[0], "fast-histogram": histogram2d(digits, digits, 10, ((0, 9), (0, 9)))}
print("right answers counted in two dimensions:", ", ".join(f"{name} {int(counts.sum())}" for name, counts in pairs.items()))
PYTHON
environment/bin/python histogram.py | tee said.txt
diff said.txt - <<'EXPECTED'
digits
  numpy:            [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
  fast-histogram:   [1, 1, 1, 1, 1, 1, 1, 1, 1, 0]
  boost_histogram.numpy: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
probabilities
  numpy:            [0, 0, 1, 0, 0, 0, 0, 1, 0, 3]
  fast-histogram:   [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]
  boost_histogram.numpy: [0, 0, 1, 0, 0, 0, 0, 1, 0, 3]
right answers counted in two dimensions: numpy 10, fast-histogram 9
EXPECTED
