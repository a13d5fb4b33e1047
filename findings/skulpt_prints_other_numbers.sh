#!/usr/bin/env bash
# Skulpt prints 0.3 for 0.1 + 0.2, which is not 0.3 there either, and its random.seed(1) gives the first number of NumPy's seed(1).
#
# versions: skulpt 1.2.0 (Node 20), numpy 2.4.6, Python 3.11
# behaviour: Skulpt runs Python on the pages of courses and editors. A float is written with 16 digits, where Python takes as many as
#   bring the same float back: what the page prints is another number than the one compared, and float(str(x)) == x fails. round(1.15, 1)
#   is 1.2, as NumPy's, and 1.1 in Python. A seed is accepted and starts the same generator in another way, so that an expected
#   output made with Python never comes on the page. Bitten is who grades the printed output of the same program in both.
# output:
#   Skulpt
#     0.1 + 0.2 prints 0.3 and equals 0.3: False
#     float(str(x)) == x: False 4.35 * 100 prints 434.9999999999999
#     round(1.15, 1): 1.2
#     after random.seed(1): 0.417022004702574
#   Python
#     0.1 + 0.2 prints 0.30000000000000004 and equals 0.3: False
#     float(str(x)) == x: True 4.35 * 100 prints 434.99999999999994
#     round(1.15, 1): 1.1
#     after random.seed(1): 0.13436424411240122
#   NumPy, np.random.seed(1): 0.417022004702574
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund skulpt@1.2.0
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > program.py <<'PYTHON'
import random

total = 0.1 + 0.2
print("0.1 + 0.2 prints", total, "and equals 0.3:", total == 0.3)
print("float(str(x)) == x:", float(str(total)) == total, "4.35 * 100 prints", 4.35 * 100)
print("round(1.15, 1):", round(1.15, 1))
random.seed(1)
print("after random.seed(1):", random.random())
PYTHON
cat > run.js <<'JS'
const Sk = require('skulpt');
let text = '';
Sk.configure({
  output: (piece) => { text += piece; },
  __future__: Sk.python3,
  read: (path) => { if (Sk.builtinFiles.files[path] === undefined) throw new Error(path); return Sk.builtinFiles.files[path]; },
});
Sk.importMainWithBody('<stdin>', false, require('fs').readFileSync('program.py', 'utf8'), false);
process.stdout.write(text);
JS
{
    echo "Skulpt"
    node run.js | sed 's/^/  /'
    echo "Python"
    environment/bin/python program.py | sed 's/^/  /'
    environment/bin/python -c 'import numpy as np; np.random.seed(1); print("NumPy, np.random.seed(1):", float(np.random.rand()))'
} | tee said.txt
diff said.txt - <<'EXPECTED'
Skulpt
  0.1 + 0.2 prints 0.3 and equals 0.3: False
  float(str(x)) == x: False 4.35 * 100 prints 434.9999999999999
  round(1.15, 1): 1.2
  after random.seed(1): 0.417022004702574
Python
  0.1 + 0.2 prints 0.30000000000000004 and equals 0.3: False
  float(str(x)) == x: True 4.35 * 100 prints 434.99999999999994
  round(1.15, 1): 1.1
  after random.seed(1): 0.13436424411240122
NumPy, np.random.seed(1): 0.417022004702574
EXPECTED
