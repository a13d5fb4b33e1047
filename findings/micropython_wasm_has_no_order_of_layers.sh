#!/usr/bin/env bash
# In MicroPython's WebAssembly, PyScript's small Python, a dict written as W1, W2, W3, b1 has the order W2, W3, b1, W1.
#
# versions: @micropython/micropython-webassembly-pyscript 1.27.0, pyodide 314.0.7 (Python 3.14.2 in WebAssembly), Node 20
# behaviour: a dict, the keywords of a call and the object of json.loads have the order of a hash table, which Python has kept as
#   written since 3.7. zip(weights.values(), layers) pairs a matrix with another layer, or names with
#   other marks. Nothing raises. math.exp(1000) raises ValueError, which Python calls OverflowError, and isinstance(True, int)
#   is False. Bitten is whose page, written for Pyodide, runs on MicroPython by one
#   word of its tag, as a course's page does to start faster.
# output:
#   MicroPython
#     dict: W2 W3 b1 W1
#     keywords: W2 W3 b1 W1
#     json: W2 W3 b1 W1
#     exp(1000): ValueError
#     isinstance(True, int): False
#   Pyodide
#     dict: W1 W2 W3 b1
#     keywords: W1 W2 W3 b1
#     json: W1 W2 W3 b1
#     exp(1000): OverflowError
#     isinstance(True, int): True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @micropython/micropython-webassembly-pyscript@1.27.0 pyodide@314.0.7
cat > orders.mjs <<'JS'
import { loadMicroPython } from '@micropython/micropython-webassembly-pyscript/micropython.mjs';
import { loadPyodide } from 'pyodide';
const program = `
import json
import math


def keywords(**layers):
    return " ".join(layers)


print("dict:", " ".join({"W1": 1, "W2": 2, "W3": 3, "b1": 4}))
print("keywords:", keywords(W1=1, W2=2, W3=3, b1=4))
print("json:", " ".join(json.loads('{"W1": 1, "W2": 2, "W3": 3, "b1": 4}')))
try:
    math.exp(1000)
except Exception as error:
    print("exp(1000):", type(error).__name__)
print("isinstance(True, int):", isinstance(True, int))
`;
let lines = [];
const micro = await loadMicroPython({ stdout: (line) => lines.push(line), linebuffer: true });
micro.runPython(program);
console.log(['MicroPython', ...lines].join('\n  '));
lines = [];
const python = await loadPyodide({ stdout: (line) => lines.push(line) });
python.runPython(program);
console.log(['Pyodide', ...lines].join('\n  '));
JS
node orders.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
MicroPython
  dict: W2 W3 b1 W1
  keywords: W2 W3 b1 W1
  json: W2 W3 b1 W1
  exp(1000): ValueError
  isinstance(True, int): False
Pyodide
  dict: W1 W2 W3 b1
  keywords: W1 W2 W3 b1
  json: W1 W2 W3 b1
  exp(1000): OverflowError
  isinstance(True, int): True
EXPECTED
