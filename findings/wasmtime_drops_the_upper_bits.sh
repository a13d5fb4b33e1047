#!/usr/bin/env bash
# wasmtime's Python passes 5 for 2**32 + 5 and inf for 1e300, and refuses the int 3 for a float and np.int64(3) for an int.
#
# versions: wasmtime 50.0.1, numpy 2.4.6, Python 3.11
# behaviour: a WebAssembly function has typed parameters. An int of Python that does not fit an i32 or i64, and a global
#   that is set to it, loses its upper bits; a float that does not fit an f32 becomes inf: no exception, where struct.pack and
#   array.array raise. Yet the int 3 is refused where an f32 or f64 is asked for, as are all of NumPy's numbers but
#   np.float64. So a length or a seed that is computed in Python is wrong in silence if it is too large, and a learning rate
#   of 1 raises where 1.0 does not. A pointer above 2**31 comes back negative. Bitten is who calls a compiled network or a
#   worker in WebAssembly from Python.
# output:
#   i32: 4294967301 as 5, 4294967295 as -1, np.int64(3) refused
#   f32: 1e+300 as inf, 0.5 as 0.5, 3 refused
#   f64: 3 refused, np.float64(0.5) as 0.5
#   struct.pack: error
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check wasmtime==50.0.1 numpy==2.4.6
cat > call.py <<'PYTHON'
import struct

import numpy as np
from wasmtime import Instance, Module, Store

store = Store()
text = "".join(
    f'(func (export "{kind}") (param {kind}) (result {kind}) local.get 0)' for kind in ("i32", "f32", "f64")
)
functions = Instance(store, Module(store.engine, f"(module {text})"), []).exports(store)


def call(kind: str, *values: object) -> str:
    said = []
    for value in values:
        try:
            said.append(f"{value!r} as {functions[kind](store, value)}")
        except TypeError:
            said.append(f"{value!r} refused")
    return f"{kind}: {', '.join(said)}"


print(call("i32", 2**32 + 5, 2**32 - 1, np.int64(3)))
print(call("f32", 1e300, 0.5, 3))
print(call("f64", 3, np.float64(0.5)))
try:
    struct.pack("i", 2**32 + 5)
except struct.error as error:
    print(f"struct.pack: {type(error).__name__}")
PYTHON
environment/bin/python call.py | tee said.txt
diff said.txt - <<'EXPECTED'
i32: 4294967301 as 5, 4294967295 as -1, np.int64(3) refused
f32: 1e+300 as inf, 0.5 as 0.5, 3 refused
f64: 3 refused, np.float64(0.5) as 0.5
struct.pack: error
EXPECTED
