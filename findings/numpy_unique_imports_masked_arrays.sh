#!/usr/bin/env bash
# The first np.unique or np.median of a plain array imports numpy.ma, which takes far longer than the call.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: `import numpy` no longer loads numpy.ma, in order to start quickly. But np.unique calls np.ma.is_masked on
#   every array, and np.median of floats, np.percentile and np.setdiff1d reach the same call: the first of any of them
#   imports numpy.ma, some 15 ms and 1 MB, even in programs without masked arrays. np.isin, np.bincount and np.histogram
#   do not.
# output:
#   after import numpy: False
#   after np.isin: False
#   after np.bincount: False
#   after np.histogram: False
#   after np.unique: True
#   after np.median: True
#   after np.percentile: True
#   after np.setdiff1d: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
loaded() { # the call, in a process of its own, and whether numpy.ma is loaded after it
    environment/bin/python -c "import sys, numpy as np; $2; print('after $1:', 'numpy.ma' in sys.modules)"
}
{
    loaded "import numpy" "pass"
    loaded np.isin "np.isin([1, 2], [2])"
    loaded np.bincount "np.bincount([1, 2])"
    loaded np.histogram "np.histogram([1, 2])"
    loaded np.unique "np.unique([1, 2])"
    loaded np.median "np.median([1.0, 2.0])"
    loaded np.percentile "np.percentile([1, 2], 50)"
    loaded np.setdiff1d "np.setdiff1d([1, 2], [2])"
} | tee said.txt
[ "$(grep -c False said.txt)" = 4 ]
[ "$(tail -4 said.txt | grep -c True)" = 4 ]
