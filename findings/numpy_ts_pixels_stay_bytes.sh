#!/usr/bin/env bash
# In numpy-ts a uint8 image times 1/255 is black, and times 0.5 a whole number; NumPy gives float64. Its maximum of 1, nan, 3 is 3.
#
# versions: numpy-ts 1.4.0 (Node 20), numpy 2.4.6, Python 3.11
# behaviour: the package promises NumPy's functions, and tests itself against it; its random numbers are those of NumPy's seeds.
#   But a number beside an array is cast to the array's type, also a fraction beside integers: multiply(1 / 255) gives 0 for
#   all pixels but white ones, while divide(255) is right, and add(0.5) adds nothing. max and argmax pass over nan, where
#   maximum, sort and mean do not. No error, no warning. Bitten is who ports a network to a page line by line.
# output:
#   x = [255, 128, 3] in uint8: NumPy, numpy-ts
#   x * (1 / 255): [1.0, 0.502, 0.0118], [1, 0, 0]
#   x / 255: [1.0, 0.502, 0.0118], [1, 0.502, 0.0118]
#   x + 0.5: [255.5, 128.5, 3.5], [255, 128, 3]
#   weights [2, -3] in int32 * 0.5: [1.0, -1.5], [1, -1]
#   max and argmax of 1, nan, 3: nan 1, 3 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund numpy-ts@1.4.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > ours.py <<'PYTHON'
import json

import numpy as np

x, row = np.array([255, 128, 3], np.uint8), np.array([1, np.nan, 3])
for numbers in (x * (1 / 255), x / 255, x + 0.5, np.array([2, -3], np.int32) * 0.5):
    print(json.dumps(np.round(numbers, 4).tolist()))
print(row.max(), row.argmax())
PYTHON
cat > theirs.mjs <<'JS'
import * as np from 'numpy-ts';

const x = np.array([255, 128, 3], 'uint8');
const row = np.array([1, NaN, 3]);
const shown = (array) => '[' + array.toArray().map((number) => Math.round(number * 1e4) / 1e4).join(', ') + ']';
for (const numbers of [x.multiply(1 / 255), x.divide(255), x.add(0.5), np.array([2, -3], 'int32').multiply(0.5)]) console.log(shown(numbers));
console.log(row.max(), row.argmax());
JS
environment/bin/python ours.py > ours.txt
node theirs.mjs > theirs.txt
printf '%s\n' "x * (1 / 255)" "x / 255" "x + 0.5" "weights [2, -3] in int32 * 0.5" "max and argmax of 1, nan, 3" > names.txt
{
    echo "x = [255, 128, 3] in uint8: NumPy, numpy-ts"
    paste -d+ names.txt ours.txt theirs.txt | sed 's/+\([^+]*\)+\([^+]*\)$/: \1, \2/'
} | tee said.txt
diff said.txt - <<'EXPECTED'
x = [255, 128, 3] in uint8: NumPy, numpy-ts
x * (1 / 255): [1.0, 0.502, 0.0118], [1, 0, 0]
x / 255: [1.0, 0.502, 0.0118], [1, 0.502, 0.0118]
x + 0.5: [255.5, 128.5, 3.5], [255, 128, 3]
weights [2, -3] in int32 * 0.5: [1.0, -1.5], [1, -1]
max and argmax of 1, nan, 3: nan 1, 3 2
EXPECTED
