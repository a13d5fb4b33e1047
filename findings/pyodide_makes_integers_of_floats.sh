#!/usr/bin/env bash
# In Pyodide the list [1.0, 2.5] comes back from JavaScript as [1, 2.5], and -0.0 as the integer 0.
#
# versions: pyodide 314.0.7 (Python 3.14.2 in WebAssembly), Node 20
# behaviour: JavaScript has one type of number. A whole one becomes an int in Python, any other a float, so that the type
#   depends on the value: a list of rates, a result of Math or JSON from a page changes from run to run, and np.array or a
#   check by isinstance with it. 1e16, beyond 2**53, is a float again. Python's ints from 2**53 on arrive as BigInt, and
#   null is not None, while undefined is.
# output:
#   there and back: [1, 2.5], -0.0: 0, 1e15: 1000000000000000, 1e16: 1e+16
#   JSON.parse: [1, 2.5], Math.sqrt(4.0): 2
#   2**52: number, 2**53: bigint
#   null is None: False, undefined is None: True
#   sys.maxsize: 2147483647
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pyodide@314.0.7
cat > run.mjs <<'JS'
import { loadPyodide } from 'pyodide';
const python = await loadPyodide();
for (const [name, value] of Object.entries({ zero: -0.0, large: 1e15, larger: 1e16 })) python.globals.set(name, value);
python.runPython(`
import sys
import js
from pyodide.ffi import to_js
print(f"there and back: {to_js([1.0, 2.5]).to_py()}, -0.0: {zero!r}, 1e15: {large!r}, 1e16: {larger!r}")
print(f"JSON.parse: {js.JSON.parse('[1.0, 2.5]').to_py()}, Math.sqrt(4.0): {js.Math.sqrt(4.0)!r}")
`);
console.log(`2**52: ${typeof python.runPython('2**52')}, 2**53: ${typeof python.runPython('2**53')}`);
python.runPython(`
print(f"null is None: {js.eval('null') is None}, undefined is None: {js.eval('undefined') is None}")
print("sys.maxsize:", sys.maxsize)
`);
JS
node run.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
there and back: [1, 2.5], -0.0: 0, 1e15: 1000000000000000, 1e16: 1e+16
JSON.parse: [1, 2.5], Math.sqrt(4.0): 2
2**52: number, 2**53: bigint
null is None: False, undefined is None: True
sys.maxsize: 2147483647
EXPECTED
