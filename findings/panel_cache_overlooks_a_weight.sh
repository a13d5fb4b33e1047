#!/usr/bin/env bash
# Panel's cache answers for another network: of two first layers of 784 by 128 weights that differ in one it may not see which; with a nan at the front the answer is that of the layer without.
#
# versions: panel 1.9.4, numpy 2.4.6, pandas 3.1.1, Python 3.11
# behaviour: pn.cache remembers what a function returned for its arguments. For an array of 100,000 numbers or more
#   the key is made of 100,000 drawn at random, always at the same places, with replacement, so that of 784 by 128 =
#   100,352 weights about 37 of 100 are never looked at, and of the training images nearly all pixels. A table is
#   drawn without replacement, so that of one of 200,000 rows half count. A layer of 784 by 127 is right. A step of a
#   training changes all numbers and is seen; one weight, one image or a nan may not be.
# output:
#   the total of the whole layer: 0.0 and of that with a nan: 0.0 where NumPy says nan
#   changes of one weight of (784, 127) that are seen: 200 of 200
#   changes of one weight of (784, 128) that are seen: 128 of 200
#   changes of one weight of (784, 1000) that are seen: 30 of 200
#   the total of 200,000 marks: 0.0 and with three of 10: 30.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check panel==1.9.4 numpy==2.4.6 pandas==3.1.1
cat > cache.py <<'PYTHON'
import numpy as np
import pandas as pd
import panel


@panel.cache
def total(values):
    return float(np.sum(values))


def seen(shape, places):
    answers = []
    for place in (None, *places):
        weights = np.zeros(shape)
        if place is not None:
            weights.flat[place] = 1
        answers.append(total(weights))
    return f"{answers[1:].count(1.0)} of {len(places)}"


whole = np.zeros((784, 128))
broken = whole.copy()
broken[0, 0] = np.nan
print("the total of the whole layer:", total(whole), "and of that with a nan:", total(broken), "where NumPy says", np.sum(broken))
places = range(0, 784 * 127, 500)
for shape in ((784, 127), (784, 128), (784, 1000)):
    print(f"changes of one weight of {shape} that are seen:", seen(shape, places))
marks = pd.Series(np.zeros(200_000))
changed = marks.copy()
changed[:3] = 10
print("the total of 200,000 marks:", total(marks), "and with three of 10:", total(changed))
PYTHON
environment/bin/python cache.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
the total of the whole layer: 0.0 and of that with a nan: 0.0 where NumPy says nan
changes of one weight of (784, 127) that are seen: 200 of 200
changes of one weight of (784, 128) that are seen: 128 of 200
changes of one weight of (784, 1000) that are seen: 30 of 200
the total of 200,000 marks: 0.0 and with three of 10: 30.0
EXPECTED
