#!/usr/bin/env bash
# np.save and np.savez drop the mask of a masked array: the values that were masked out count again after np.load.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: the file holds the numbers beneath the mask, such as -999 for a missing score, and no trace of the mask;
#   no exception, no warning. np.concatenate drops it too (np.ma.concatenate does not), and so do np.asarray and
#   np.stack. np.mean of the array itself honours the mask, so that the mean before saving and after loading differ.
# output:
#   mean: 2.0 after save and load: -331.67 ndarray
#   concatenate: -331.67 np.ma.concatenate: 2.0
#   stack: [[1.0, 3.0, -999.0]] asarray: [1.0, 3.0, -999.0] copy: [1.0, 3.0, None]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > masked.py <<'PYTHON'
import io

import numpy as np


def saved(x):
    file = io.BytesIO()
    np.save(file, x)
    file.seek(0)
    return np.load(file)


scores = np.ma.masked_equal([1.0, 3.0, -999.0], -999.0)
print("mean:", np.mean(scores), "after save and load:", np.round(np.mean(saved(scores)), 2), type(saved(scores)).__name__)
print("concatenate:", np.mean(np.concatenate([scores, scores])).round(2), "np.ma.concatenate:", np.mean(np.ma.concatenate([scores, scores])))
print("stack:", np.stack([scores]).tolist(), "asarray:", np.asarray(scores).tolist(), "copy:", scores.copy().tolist())
PYTHON
environment/bin/python -W error masked.py | tee said.txt
diff said.txt - <<'EXPECTED'
mean: 2.0 after save and load: -331.67 ndarray
concatenate: -331.67 np.ma.concatenate: 2.0
stack: [[1.0, 3.0, -999.0]] asarray: [1.0, 3.0, -999.0] copy: [1.0, 3.0, None]
EXPECTED
