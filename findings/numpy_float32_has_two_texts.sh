#!/usr/bin/env bash
# print(x) writes 0.1 and print(f"{x}") writes 0.10000000149011612, for the same np.float32.
#
# versions: numpy 2.4.6, Python 3.11
# behaviour: str() of a np.float32 is the shortest text for its own precision. format() without a format first converts
#   it to Python's float, and writes the digits of that; for every type of Python, an f-string without a format equals
#   str(). A float16 has three texts, as its repr is a call. A key or a file name made in both ways differs, and a log
#   has digits that nobody computed.
# output:
#   str: 0.1, f-string: 0.10000000149011612, f-string with !s: 0.1, with :.7g: 0.1
#   float16, str: 0.1, f-string: 0.0999755859375
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > texts.py <<'PYTHON'
import numpy as np

x, half = np.float32(0.1), np.float16(0.1)
print(f"str: {str(x)}, f-string: {x}, f-string with !s: {x!s}, with :.7g: {x:.7g}")
print("float16, str: " + str(half) + f", f-string: {half}")
PYTHON
environment/bin/python texts.py | tee said.txt
diff said.txt - <<'EXPECTED'
str: 0.1, f-string: 0.10000000149011612, f-string with !s: 0.1, with :.7g: 0.1
float16, str: 0.1, f-string: 0.0999755859375
EXPECTED
