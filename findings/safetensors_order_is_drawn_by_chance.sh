#!/usr/bin/env bash
# safetensors.numpy.load of the same bytes gives the layers in another order each time, while the bytes are always the same.
#
# versions: safetensors 0.8.0, numpy 2.4.6, Python 3.11
# behaviour: the reader goes through a hash table whose seed differs from call to call, and the dict keeps the order in
#   which that gives the names. np.savez keeps the order of insertion, and safe_open lists the names in a fixed order.
#   list(load(data).values())[0] is another layer each time; zip with a second dict of the same names pairs a matrix
#   with the gradient of another, without an exception where the shapes agree.
# output:
#   saved bytes differ in 50 calls: False
#   order differs in 50 calls of load: True
#   of safe_open: False of npz: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
cat > order.py <<'PYTHON'
import io

import numpy as np
import safetensors
from safetensors.numpy import load, save

layers = {f"W{n}": np.zeros(2, np.float32) for n in (2, 10, 1, 3, 4, 5, 6, 7)}
data = save(layers)
with open("x.safetensors", "wb") as file:
    file.write(data)


def opened():
    with safetensors.safe_open("x.safetensors", "numpy") as file:
        return tuple(file.keys())


def archived():
    file = io.BytesIO()
    np.savez(file, **layers)
    file.seek(0)
    return tuple(np.load(file))


print("saved bytes differ in 50 calls:", len({save(layers) for _ in range(50)}) > 1)
print("order differs in 50 calls of load:", len({tuple(load(data)) for _ in range(50)}) > 1)
print("of safe_open:", len({opened() for _ in range(50)}) > 1, "of npz:", len({archived() for _ in range(50)}) > 1)
PYTHON
environment/bin/python -W error order.py | tee said.txt
diff said.txt - <<'EXPECTED'
saved bytes differ in 50 calls: False
order differs in 50 calls of load: True
of safe_open: False of npz: False
EXPECTED
